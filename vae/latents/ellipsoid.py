"""How songs are spread around their middle, all axes together.

Letters: L latent size, N songs.
"""

import numpy as np
from numpy.typing import NDArray

SMALLEST_SPREAD = 1e-3  # σ; an axis on which the songs agree would weigh endlessly
FEWEST_SONGS = 3  # of which one can be left out and the others still have a spread

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


class Ellipsoid:
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

    def draw(self, rng: np.random.Generator) -> Floats:
        """(L,) float32 in σ: a step from the middle, as far and as likely as songs."""
        noise = rng.standard_normal(len(self.root))
        return np.asarray(self.root @ noise, dtype=np.float32)

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
