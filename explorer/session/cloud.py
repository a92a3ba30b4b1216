"""The training songs as points, and how near to them another point lies.

Letters: L latent size, N songs.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vae.latents.ellipsoid import FEWEST_SONGS, Ellipsoid

GROUPS = 32  # at most, in which songs are left out: more take long and tell no more
SAME_SONG = 0.02  # σ on each axis: as far as a song may lie from itself

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
        return self._shape.draw(rng)

    @cached_property
    def _shape(self) -> Ellipsoid:
        return Ellipsoid(self.points, self.mean, self.spread)

    @cached_property
    def _distances(self) -> Doubles:
        """(N,) float64, of each song from the cloud without it and a few others."""
        if len(self) < FEWEST_SONGS:
            return np.array([self.distance(point) for point in self.points])
        distances: list[float] = []
        for left_out in np.array_split(np.arange(len(self)), min(len(self), GROUPS)):
            rest = np.delete(self.points, left_out, axis=0)
            shape = Ellipsoid(rest, rest.mean(axis=0), rest.std(axis=0))
            distances += [shape.distance(self.points[number]) for number in left_out]
        return np.array(distances)


def song_cloud(
    titles: tuple[str, ...], points: Floats, mean: Floats, spread: Floats
) -> SongCloud:
    """The cloud of a model's songs; empty where titles and points do not agree."""
    if points.shape != (len(titles), len(mean)):
        titles, points = (), np.zeros((0, len(mean)), np.float32)
    return SongCloud(titles=titles, points=points, mean=mean, spread=spread)
