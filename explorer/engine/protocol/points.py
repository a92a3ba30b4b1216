"""The point: where the song is moved to, and what is filtered there.

Letters: L latent size.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vae.synthesis.edits import Edit, SpanEdit, Voicing

# What is heard: the edit, the recording itself, or the model's own idea of it, which is
# noise filtered at the song's own path.
Listening = Literal["edit", "original", "reconstruction"]


@dataclass(frozen=True, kw_only=True, eq=False)
class SetPoint:
    """Go over to this edit: the newest counts, whole.

    An offset or a span that does not fit the open model is passed over with all else
    that the command says.
    """

    stamp: int
    time_ns: int  # of the person's action, time.monotonic_ns()
    offset: NDArray[np.float32]  # (L,) in σ, added to the whole path
    spans: tuple[SpanEdit, ...] = ()
    voicing: Voicing = field(default_factory=Voicing)

    @property
    def edit(self) -> Edit:
        """What is wanted of the song."""
        return Edit(offset=self.offset, spans=self.spans, voicing=self.voicing)


@dataclass(frozen=True, kw_only=True)
class SetListening:
    """Hear something else at the same position, as loud as the edit; at first the edit.

    The picture goes on showing the edit, and an export writes it. The newest counts;
    it stays whatever song or model is opened.
    """

    listening: Listening


@dataclass(frozen=True, kw_only=True)
class PointSounded:
    """The first buffer that holds a point of this stamp was handed to the device.

    Sent only where it is heard: not while paused, nor for points that a newer one
    overtook.
    """

    stamp: int
    control_to_sound_ms: float  # from SetPoint.time_ns
