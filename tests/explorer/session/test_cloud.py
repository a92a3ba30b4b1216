import numpy as np
import pytest

from explorer.session.cloud import SongCloud, song_cloud

MEAN, SPREAD = np.zeros(2, np.float32), np.array([1.0, 0.5], np.float32)
POINTS = np.array([[1, 0], [0, 1], [-3, 0], [0, -0.25]], np.float32)
CLOUD = song_cloud(("a", "b", "c", "d"), POINTS, MEAN, SPREAD)


def leaning(count: int, size: int = 4) -> SongCloud:
    """Songs whose first two axes go together, and whose others do not."""
    rng = np.random.default_rng(4)
    points = rng.standard_normal((count, size))
    points[:, 1] = points[:, 0] + 0.2 * rng.standard_normal(count)
    return song_cloud(
        tuple(map(str, range(count))),
        points.astype(np.float32),
        points.mean(axis=0).astype(np.float32),
        points.std(axis=0).astype(np.float32),
    )


def test_further_out_is_less_usual() -> None:
    cloud = leaning(60)
    places = [np.array([x, x, x, x], np.float32) for x in (0, 1, 2, 9)]
    along = [cloud.percentile(place) for place in places]
    assert along == sorted(along)
    assert along[0] < 10.0
    assert along[-1] == 100.0


def test_where_two_axes_go_together_going_apart_is_unusual() -> None:
    cloud = leaning(200)
    together = np.array([1, 1, 0, 0], np.float32)
    apart = np.array([1, -1, 0, 0], np.float32)
    assert cloud.percentile(together) < 60.0
    assert cloud.percentile(apart) == 100.0


def test_a_song_is_as_usual_as_it_is_to_the_others() -> None:
    """Half of many songs lie nearer than the middle one, in fewer axes or in more."""
    cloud = leaning(60, size=40)
    drawn = [
        cloud.percentile(cloud.mean + cloud.draw(np.random.default_rng(seed)))
        for seed in range(30)
    ]
    assert 10.0 < float(np.median(drawn)) < 75.0


def test_what_is_drawn_is_spread_as_the_songs_are() -> None:
    cloud, rng = leaning(200), np.random.default_rng(0)
    drawn = np.stack([cloud.draw(rng) for _ in range(2_000)])
    np.testing.assert_allclose(drawn.std(axis=0), cloud.spread, rtol=0.1)
    together = np.cov(drawn.T) / np.outer(cloud.spread, cloud.spread)
    assert float(together[0, 1]) == pytest.approx(0.98, abs=0.05)
    assert abs(float(together[0, 2])) < 0.2


def test_the_nearest_song_comes_first() -> None:
    assert CLOUD.nearest(np.array([0.1, 0.9], np.float32), 2) == (1, 3)


def test_without_points_there_is_nothing_to_compare_with() -> None:
    empty = song_cloud(("a",), np.zeros((0, 0), np.float32), MEAN, SPREAD)
    assert len(empty) == 0
    assert empty.percentile(POINTS[0]) == 0.0
    assert empty.nearest(POINTS[0], 3) == ()
    assert empty.draw(np.random.default_rng(0)).shape == (2,)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_songs_are_a_cloud_too(count: int) -> None:
    cloud = leaning(max(count, 1))
    assert 0.0 <= cloud.percentile(np.ones(4, np.float32)) <= 100.0
