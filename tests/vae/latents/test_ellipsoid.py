import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.ellipsoid import Ellipsoid

SIZE = 8


def ellipsoid(points: NDArray[np.float64]) -> Ellipsoid:
    """On points, as songs give it: their own mean and spread."""
    floats = points.astype(np.float32)
    return Ellipsoid(floats, floats.mean(axis=0), floats.std(axis=0))


def correlation(one: Ellipsoid) -> NDArray[np.float64]:
    covariance = one.root @ one.root.T
    width = np.sqrt(covariance.diagonal())
    return np.asarray(covariance / np.outer(width, width))


def test_how_few_songs_lean_is_taken_for_chance() -> None:
    rng = np.random.default_rng(0)
    aside = ~np.eye(SIZE, dtype=bool)
    points = rng.standard_normal((5, SIZE))
    plain: NDArray[np.float64] = np.asarray(np.corrcoef(points.T))
    assert np.abs(plain[aside]).max() > 0.8
    assert np.abs(correlation(ellipsoid(points))[aside]).max() < 0.5


def test_how_many_songs_lean_is_kept_and_so_is_their_width() -> None:
    rng = np.random.default_rng(1)
    points = rng.standard_normal((500, 1)) + 0.5 * rng.standard_normal((500, SIZE))
    one = ellipsoid(3 * points)
    assert np.allclose(correlation(one), np.corrcoef(points.T), atol=0.02)
    covariance = one.root @ one.root.T
    assert np.allclose(np.sqrt(covariance.diagonal()), 3 * points.std(axis=0))


def test_the_distance_is_1_where_every_axis_is_a_spread_away() -> None:
    known = np.zeros((1, SIZE), np.float32)  # too few songs to know how they lean
    one = Ellipsoid(known, np.ones(SIZE, np.float32), np.full(SIZE, 2, np.float32))
    every = np.full(SIZE, 3, np.float32)
    single = np.ones(SIZE, np.float32)
    single[2] += 2 * 4
    assert one.distance(every) == pytest.approx(1)
    assert one.distance(single) == pytest.approx(4 / np.sqrt(SIZE))
