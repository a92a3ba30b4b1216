"""A figure over some songs: its median and how far it spreads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The middle and the quartiles of a figure over songs."""

    median: float
    lower: float  # a quarter of the songs lie below
    upper: float  # a quarter of the songs lie above

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Of one value a song, at least one."""
        lower, median, upper = np.percentile(values, (25, 50, 75))
        return cls(median=float(median), lower=float(lower), upper=float(upper))

    def __str__(self) -> str:
        return f"{self.median:.3f} ({self.lower:.3f} to {self.upper:.3f})"
