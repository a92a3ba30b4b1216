"""The training songs as points, and how near to them another point lies.

Letters: L latent size, N songs.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SMALLEST_SPREAD = 1e-3  # σ; an axis on which the songs agree would weigh endlessly
SAME_SONG = 0.02  # σ on each axis: as far as a song may lie from itself
FEWEST_SONGS = 3  # of which one can be left out and the others still have a spread

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


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

    def distance(self, position: Floats) -> float:
        """How far (L,) in σ is from the middle: Mahalanobis' distance over √L."""
        return self._shape.distance(position)

    def percentile(self, position: Floats) -> float:
        """Percentage of the songs that lie nearer to the cloud than (L,), in σ.

        Each song is measured against the cloud of all others, for it would lie too near
        to one that it has itself drawn out; so is a position that is a song's own.
        """
        if not len(self):
            return 0.0
        (nearest,) = self.nearest(position, 1)
        apart = self.points[nearest] - position
        if float(np.sqrt(np.mean(apart**2))) < SAME_SONG:
            distance = float(self._distances[nearest])
        else:
            distance = self.distance(position)
        return 100.0 * float(np.mean(self._distances < distance))

    def nearest(self, position: Floats, count: int) -> tuple[int, ...]:
        """The numbers of the songs nearest to (L,) in σ, the nearest first."""
        apart = np.linalg.norm(self.points - position, axis=1)
        return tuple(int(one) for one in np.argsort(apart, kind="stable")[:count])

    def draw(self, rng: np.random.Generator) -> Floats:
        """(L,) float32 in σ: a step from the middle, as far and as likely as songs."""
        noise = rng.standard_normal(len(self.mean))
        return (self._shape.root @ noise).astype(np.float32)

    @cached_property
    def _shape(self) -> "_Shape":
        return _Shape(self.points, self.mean, self.spread)

    @cached_property
    def _distances(self) -> Doubles:
        """(N,) float64, of each song from the cloud of the others."""
        if len(self) < FEWEST_SONGS:
            return np.array([self.distance(point) for point in self.points])
        rest = [np.delete(self.points, number, axis=0) for number in range(len(self))]
        shapes = [
            _Shape(points, points.mean(axis=0), points.std(axis=0)) for points in rest
        ]
        distances = [
            shape.distance(point)
            for shape, point in zip(shapes, self.points, strict=True)
        ]
        return np.array(distances)


class _Shape:
    """An ellipsoid on some points: how they are spread, and lean, together.

    There are often fewer songs than axes, so that their covariance alone has directions
    without any width. It is drawn towards that of axes which know nothing of each other
    as far as chance makes it differ (Schäfer and Strimmer 2005, section 2.3): the
    correlations r are multiplied by 1 - λ, where λ = Σ var(r) / Σ r², at most 1.

    Attributes
    ----------
    root : (L, L) float64, lower triangular
        Times its own transpose it is the covariance, in σ².
    """

    def __init__(self, points: Floats, mean: Floats, spread: Floats) -> None:
        self._mean = mean.astype(np.float64)
        width = np.maximum(spread, SMALLEST_SPREAD).astype(np.float64)
        scaled = (points.astype(np.float64) - self._mean) / width
        self.root = width[:, None] * np.linalg.cholesky(_correlation(scaled))

    def distance(self, position: Floats) -> float:
        """Mahalanobis' distance of (L,), in σ, over √L."""
        apart = np.linalg.solve(self.root, position - self._mean)
        return float(np.sqrt(np.mean(apart**2)))


def _correlation(scaled: Doubles) -> Doubles:
    """(L, L), the shrunk correlation of (N, L) points of mean 0 and variance 1."""
    count, size = scaled.shape
    if count < FEWEST_SONGS:
        return np.eye(size)
    plain = scaled.T @ scaled / count
    squares = scaled.T**2 @ scaled**2 / count
    variance = (squares - plain**2) / (count - 1)
    aside = ~np.eye(size, dtype=bool)
    power = float(np.sum(plain[aside] ** 2))
    shrinkage = min(float(np.sum(variance[aside])) / power, 1.0) if power else 1.0
    shrunk: Doubles = (1.0 - shrinkage) * plain
    np.fill_diagonal(shrunk, 1.0)
    return shrunk


def song_cloud(
    titles: tuple[str, ...], points: Floats, mean: Floats, spread: Floats
) -> SongCloud:
    """The cloud of a model's songs; empty where titles and points do not agree."""
    if points.shape != (len(titles), len(mean)):
        titles, points = (), np.zeros((0, len(mean)), np.float32)
    return SongCloud(titles=titles, points=points, mean=mean, spread=spread)
