"""The training songs as points, and how near to them another point lies.

Letters: L latent size, N songs.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SMALLEST_SPREAD = 1e-3  # σ; an axis on which the songs agree would weigh endlessly

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class SongCloud:
    """Where the songs lie that a model was trained on.

    Attributes
    ----------
    titles : tuple of str
        Of the N songs.
    points : (N, L) float32
        The mean of each song's path, in σ.
    mean, spread : (L,) float32
        Of all songs, in σ.
    """

    titles: tuple[str, ...]
    points: Floats
    mean: Floats
    spread: Floats

    def __len__(self) -> int:
        return len(self.titles)

    def distance(self, position: Floats) -> NDArray[np.float64]:
        """How far from the middle: root mean square over the axes, in spreads.

        It is Mahalanobis' distance for a diagonal covariance, over the root of L.

        Parameters
        ----------
        position : (..., L) float32, σ

        Returns
        -------
        (...) float64
        """
        scaled = (position - self.mean) / np.maximum(self.spread, SMALLEST_SPREAD)
        squares = np.square(scaled, dtype=np.float64)
        return np.asarray(np.sqrt(squares.mean(axis=-1)), dtype=np.float64)

    def percentile(self, position: Floats) -> float:
        """Percentage of the songs that lie nearer to the middle than (L,), in σ."""
        if not len(self):
            return 0.0
        return 100.0 * float(np.mean(self._distances < self.distance(position)))

    def nearest(self, position: Floats, count: int) -> tuple[int, ...]:
        """The numbers of the songs nearest to (L,) in σ, the nearest first."""
        apart = np.linalg.norm(self.points - position, axis=1)
        return tuple(int(one) for one in np.argsort(apart, kind="stable")[:count])

    @cached_property
    def _distances(self) -> NDArray[np.float64]:
        return self.distance(self.points)


def song_cloud(
    titles: tuple[str, ...], points: Floats, mean: Floats, spread: Floats
) -> SongCloud:
    """The cloud of a model's songs; empty where titles and points do not agree."""
    if points.shape != (len(titles), len(mean)):
        titles, points = (), np.zeros((0, len(mean)), np.float32)
    return SongCloud(titles=titles, points=points, mean=mean, spread=spread)
