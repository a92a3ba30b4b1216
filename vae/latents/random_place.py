"""A random place among the songs that a model knows, as the explorer draws it.

Letters: L latent size, T latent vectors of a path.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vae.latents.basis import LatentBasis
from vae.latents.ellipsoid import Ellipsoid

FARTHEST_SIGMA = 3.0

Floats = NDArray[np.float32]


class RandomPlaces:
    """Draws from the ellipsoid of the songs' means, held to ±3 σ.

    Parameters
    ----------
    basis : LatentBasis
    paths : sequence of (T, L) float32
        Of the songs, raw latents; where there are too few, axes know nothing of each
        other.
    """

    def __init__(self, basis: LatentBasis, paths: Sequence[Floats]) -> None:
        points = np.zeros((len(paths), basis.latent_size), np.float32)
        for point, path in zip(points, paths, strict=True):
            point[:] = basis.to_sigmas(path).mean(axis=0)
        self._middle = basis.song_mean
        self._cloud = Ellipsoid(points, basis.song_mean, basis.song_spread)

    def draw(self, rng: np.random.Generator) -> Floats:
        """(L,) float32 in σ."""
        drawn = self._middle + self._cloud.draw(rng)
        return drawn.clip(-FARTHEST_SIGMA, FARTHEST_SIGMA)
