"""What every instrument is: something that plays single tones."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class Tone:
    """One note as an instrument gets it."""

    pitch_hz: float  # of a drum kit: the place of the drum in `kits.DRUMS`
    duration_s: float
    velocity: float  # 0 to 1
    bend_cents: float = 0.0  # where it slides in from, if the instrument can


class Voice(Protocol):
    """An instrument."""

    @property
    def versions(self) -> int:
        """How many sounds there are of one and the same note."""
        ...

    def render(
        self, tone: Tone, rate: int, rng: np.random.Generator
    ) -> NDArray[np.float32]:
        """The tone, (n,) float32; at velocity 1 its RMS begins at about 0.2."""
        ...
