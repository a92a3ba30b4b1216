"""The latent point: where the sliders stand. It never changes; moving makes a new one.

Letters: L latent size.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from explorer.engine.protocol import Source, SpanEdit, Voicing

Floats = NDArray[np.float32]

RANGE_SIGMA = 5.0  # sliders go from -RANGE_SIGMA to +RANGE_SIGMA
RANDOM_LIMIT_SIGMA = 3.0  # random points stay within


@dataclass(frozen=True, kw_only=True, eq=False)
class LatentPoint:
    """An edit of the song: how far its path is moved, and what is filtered.

    Attributes
    ----------
    whole : (L,) float32, read-only
        Added to the song's path along each principal axis, in σ.
    spans : tuple of SpanEdit
        Stretches that are moved otherwise; later ones lie on top.
    voicing : Voicing
        What the decoder filters.
    focus : int or None
        Which span the sliders move; None: the whole song. Where the focus is does not
        change what is heard, and makes no other point.
    """

    whole: Floats
    spans: tuple[SpanEdit, ...] = ()
    voicing: Voicing = field(default_factory=Voicing)
    focus: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", _frozen(self.whole))
        spans = tuple(replace(one, offset=_frozen(one.offset)) for one in self.spans)
        object.__setattr__(self, "spans", spans)
        if self.focus is not None and self.focus >= len(spans):
            object.__setattr__(self, "focus", None)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LatentPoint):
            return NotImplemented
        return self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def offset(self) -> Floats:
        """(L,) float32 in σ, read-only: how far what is in focus is moved."""
        return self.whole if self.focus is None else self.spans[self.focus].offset

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.whole)

    @property
    def moved(self) -> bool:
        """True where any part of the song is away from its own path."""
        return bool(np.any(self.whole)) or bool(self.spans)

    @property
    def untouched(self) -> bool:
        """True where the song is heard as it is."""
        return not self.moved and self.voicing == Voicing()

    @property
    def source(self) -> Source | Path:
        """What the decoder filters: a kind of source, or the path of another file."""
        return self.voicing.source

    def with_offset(self, offset: ArrayLike) -> "LatentPoint":
        """This point with every axis of what is in focus elsewhere: (L,) in σ."""
        moved = np.asarray(offset, dtype=np.float32)
        if self.focus is None:
            return replace(self, whole=moved)
        spans = list(self.spans)
        spans[self.focus] = replace(spans[self.focus], offset=moved)
        return replace(self, spans=tuple(spans))

    def with_spans(
        self, spans: tuple[SpanEdit, ...], focus: int | None = None
    ) -> "LatentPoint":
        """This point with other stretches, one of them in focus, or none."""
        return replace(self, spans=spans, focus=focus)

    def with_focus(self, focus: int | None) -> "LatentPoint":
        """This point, with the sliders on one of its spans, or on the whole song."""
        return replace(self, focus=focus)

    def with_voicing(self, voicing: Voicing) -> "LatentPoint":
        """This point, filtering something else."""
        return replace(self, voicing=voicing)

    def with_source(self, source: Source | Path) -> "LatentPoint":
        """This point, filtering something else in the same way."""
        return self.with_voicing(replace(self.voicing, source=source))

    @property
    def _key(self) -> tuple[object, ...]:
        spans = (
            (one.start, one.stop, one.fade, one.offset.tobytes()) for one in self.spans
        )
        return (self.whole.tobytes(), self.voicing, *spans)


def origin(latent_size: int, voicing: Voicing | None = None) -> LatentPoint:
    """The point at which the song is left as it is."""
    whole = np.zeros(latent_size, np.float32)
    return LatentPoint(whole=whole, voicing=voicing or Voicing())


def _frozen(offset: ArrayLike) -> Floats:
    kept = np.asarray(offset, dtype=np.float32) + np.float32(0)  # of zeros but one
    kept.setflags(write=False)
    return kept
