"""What a person does to a song: where its path is moved, and what is filtered.

Letters: L latent size.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Source = Literal["song", "noise", "tones"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class SpanEdit:
    """A stretch of the song that lies elsewhere than the rest.

    Its offset counts instead of the whole song's: in full from `start + fade` to
    `stop - fade`, and fading to and from what is around over the first and last `fade`
    samples. Where spans overlap, a later one lies on top of those before it, and fades
    to them.
    """

    start: int  # samples at 44.1 kHz
    stop: int
    fade: int = 0  # samples; at most half the span counts
    offset: Floats  # (L,) in σ, added to the song's own path


@dataclass(frozen=True, kw_only=True)
class Voicing:
    """What the decoder filters, and what becomes of all that it does not.

    Attributes
    ----------
    source : "song", "noise", "tones", or the path of another sound file
    detail : float
        From 1, the source alone, to 0, noise alone; between them the two are mixed at
        constant power.
    highs_follow : bool
        What lies above the kept band follows the mean gain of its top octave; else it
        passes untouched. Both times the source's share.
    """

    source: Source | Path = "song"
    detail: float = 1.0
    highs_follow: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class Edit:
    """All that is done to a song; `offset` is (L,) in σ, added to its whole path."""

    offset: Floats
    spans: tuple[SpanEdit, ...] = ()
    voicing: Voicing = field(default_factory=Voicing)

    @property
    def moved(self) -> bool:
        """True where any part of the song is elsewhere than at its own path."""
        return bool(np.any(self.offset)) or bool(self.spans)

    def fits(self, latent_size: int) -> bool:
        """True where every offset is of this size."""
        offsets = (self.offset, *(span.offset for span in self.spans))
        return all(offset.shape == (latent_size,) for offset in offsets)


def no_edit(latent_size: int) -> Edit:
    """The edit that leaves a song as it is."""
    return Edit(offset=np.zeros(latent_size, np.float32))
