"""The latent basis: sliders lie along the principal axes of the encoded songs.

Letters: L latent size, T latent vectors in a path (one each `frames_per_latent`
frames), N songs.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SMALLEST_SIGMA = 1e-3  # of the largest; keeps an axis nothing lies on usable

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class LatentBasis:
    """Where the songs lie in latent space, and the axes along which they differ most.

    Attributes
    ----------
    mean : (L,) float32
        The mean of all latent vectors of all songs.
    axes : (L, L) float32
        Orthonormal rows, the principal axes, most variance first.
    sigma : (L,) float32
        Standard deviation along each axis, more than 0.
    song_mean : (L,) float32
        The mean over songs of each song's own mean, in σ along each axis.
    song_spread : (L,) float32
        Standard deviation of the songs' own means, in σ along each axis.
    """

    mean: Floats
    axes: Floats
    sigma: Floats
    song_mean: Floats
    song_spread: Floats

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.mean)

    @property
    def variance_share(self) -> Floats:
        """(L,) float32, the share of all variance each axis carries; sums to 1."""
        variance = self.sigma.astype(np.float64) ** 2
        return np.asarray(variance / variance.sum(), dtype=np.float32)

    def to_sigmas(self, z: Floats) -> Floats:
        """Latent vectors (..., L) as positions along the axes (..., L), in σ."""
        return (((z - self.mean) @ self.axes.T) / self.sigma).astype(np.float32)

    def to_latents(self, sigmas: Floats) -> Floats:
        """Positions along the axes (..., L), in σ, as latent vectors (..., L)."""
        return ((sigmas * self.sigma) @ self.axes + self.mean).astype(np.float32)

    def offset_path(self, path: Floats, offset: Floats) -> Floats:
        """The path (T, L) of latents, moved as a whole by `offset` (L,), in σ."""
        moved = path + (offset * self.sigma) @ self.axes
        return moved.astype(np.float32)


def fit_basis(paths: list[Floats]) -> LatentBasis:
    """The basis of some songs.

    Parameters
    ----------
    paths : list of (T, L) float32
        One path a song, at least one; songs may differ in length.

    Returns
    -------
    LatentBasis
        All L axes, also where there are fewer vectors than that. Each axis points the
        way its largest component is positive, so that a refit does not turn it round.
    """
    vectors = np.concatenate(paths).astype(np.float64)
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    covariance = centred.T @ centred / max(1, len(vectors) - 1)
    variance, columns = np.linalg.eigh(covariance)
    axes = columns.T[::-1]
    largest = np.argmax(np.abs(axes), axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    sigma = np.sqrt(np.maximum(variance[::-1], 0.0))
    sigma = np.maximum(sigma, max(SMALLEST_SIGMA * sigma[0], np.finfo(np.float32).eps))
    song_means = np.stack([path.mean(axis=0, dtype=np.float64) for path in paths])
    song_sigmas = (song_means - mean) @ axes.T / sigma
    spread = song_sigmas.std(axis=0) if len(paths) > 1 else np.ones(len(mean))
    return LatentBasis(
        mean=mean.astype(np.float32),
        axes=axes.astype(np.float32),
        sigma=sigma.astype(np.float32),
        song_mean=song_sigmas.mean(axis=0).astype(np.float32),
        song_spread=spread.astype(np.float32),
    )
