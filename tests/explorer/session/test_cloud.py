import numpy as np

from explorer.session.cloud import song_cloud

MEAN, SPREAD = np.zeros(2, np.float32), np.array([1.0, 0.5], np.float32)
POINTS = np.array([[1, 0], [0, 1], [-3, 0], [0, -0.25]], np.float32)
CLOUD = song_cloud(("a", "b", "c", "d"), POINTS, MEAN, SPREAD)


def test_the_percentile_counts_the_songs_that_lie_nearer() -> None:
    assert CLOUD.percentile(MEAN) == 0.0
    assert CLOUD.percentile(np.array([0, 0.6], np.float32)) == 50.0
    assert CLOUD.percentile(np.array([9, 0], np.float32)) == 100.0


def test_the_nearest_song_comes_first() -> None:
    assert CLOUD.nearest(np.array([0.1, 0.9], np.float32), 2) == (1, 3)


def test_without_points_there_is_nothing_to_compare_with() -> None:
    empty = song_cloud(("a",), np.zeros((0, 0), np.float32), MEAN, SPREAD)
    assert len(empty) == 0
    assert empty.percentile(POINTS[0]) == 0.0
    assert empty.nearest(POINTS[0], 3) == ()
