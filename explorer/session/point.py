"""The latent point: where the sliders stand. It never changes; moving makes a new one.

Letters: L latent size.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.protocol import Source

Floats = NDArray[np.float32]

RANGE_SIGMA = 5.0  # sliders go from -RANGE_SIGMA to +RANGE_SIGMA
RANDOM_LIMIT_SIGMA = 3.0  # random points stay within


@dataclass(frozen=True, kw_only=True, eq=False)
class LatentPoint:
    """An edit of the song: how far its whole path is moved, and what is filtered.

    Attributes
    ----------
    offset : (L,) float32, read-only
        Added to the song's path along each principal axis, in σ.
    source : "song" or "noise"
        What the decoder filters.
    """

    offset: Floats
    source: Source = "song"

    def __post_init__(self) -> None:
        offset = np.array(self.offset, dtype=np.float32)
        offset.setflags(write=False)
        object.__setattr__(self, "offset", offset)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LatentPoint):
            return NotImplemented
        return self.source == other.source and np.array_equal(self.offset, other.offset)

    def __hash__(self) -> int:
        return hash((self.source, self.offset.tobytes()))

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.offset)

    @property
    def moved(self) -> bool:
        """True where any axis is away from the song's own path."""
        return bool(np.any(self.offset))

    @property
    def untouched(self) -> bool:
        """True where the song is heard as it is."""
        return not self.moved and self.source == "song"

    def with_axis(self, axis: int, offset: float) -> "LatentPoint":
        """This point with one axis elsewhere, in σ."""
        offsets = self.offset.copy()
        offsets[axis] = offset
        return replace(self, offset=offsets)

    def with_offset(self, offset: ArrayLike) -> "LatentPoint":
        """This point with every axis elsewhere: (L,) in σ."""
        return replace(self, offset=np.asarray(offset, dtype=np.float32))

    def with_source(self, source: Source) -> "LatentPoint":
        """This point, filtering something else."""
        return replace(self, source=source)


def origin(latent_size: int, source: Source = "song") -> LatentPoint:
    """The point at which the song is left as it is."""
    return LatentPoint(offset=np.zeros(latent_size, np.float32), source=source)
