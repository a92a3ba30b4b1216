"""The part of an axis that is seen, as shares of the whole."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """From `low` to `high`, both within 0 to 1, of the whole axis.

    It never changes; zooming and panning make new ones, held within the axis.
    """

    low: float = 0.0
    high: float = 1.0

    @property
    def size(self) -> float:
        """How much of the axis is seen; 1 is all of it."""
        return self.high - self.low

    @property
    def whole(self) -> bool:
        """True where all of the axis is seen."""
        return self.low <= 0.0 and self.high >= 1.0

    def holds(self, share: float) -> bool:
        """True where a place on the axis is seen."""
        return self.low <= share <= self.high

    def zoomed(self, factor: float, about: float, smallest: float) -> "Span":
        """`factor` times closer; what lies at `about` stays where it is seen."""
        size = min(max(self.size / factor, smallest), 1.0)
        if size == self.size:
            return self
        low = about - (about - self.low) * size / self.size
        return _held(low, size)

    def moved(self, by: float) -> "Span":
        """As large, further on by a share of the whole axis."""
        return _held(self.low + by, self.size)

    def placed(self, low: float) -> "Span":
        """As large, from `low` on."""
        return _held(low, self.size)


WHOLE = Span()


def _held(low: float, size: float) -> Span:
    low = min(max(low, 0.0), 1.0 - size)
    return Span(low, min(low + size, 1.0))
