import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.basis import fit_basis
from vae.latents.random_place import RandomPlaces

SIZE = 6
LEAN = np.linspace(-1, 1, SIZE)


def paths(count: int) -> list[NDArray[np.float32]]:
    """Songs apart from one another along one direction, more than within."""
    rng = np.random.default_rng(4)
    middles = rng.standard_normal((count, 1)) * LEAN
    return [
        (middle + 0.2 * rng.standard_normal((9, SIZE))).astype(np.float32)
        for middle in middles
    ]


@pytest.mark.parametrize("count", [1, 2, 30])
def test_random_places_lie_where_the_songs_do(count: int) -> None:
    known = paths(count)
    basis = fit_basis(known)
    places, rng = RandomPlaces(basis, known), np.random.default_rng(0)
    drawn = np.stack([places.draw(rng) for _ in range(4000)])
    assert np.abs(drawn).max() <= 3  # σ
    assert np.allclose(drawn.mean(axis=0), basis.song_mean, atol=0.1)
    assert np.allclose(drawn.std(axis=0), basis.song_spread, rtol=0.15)
