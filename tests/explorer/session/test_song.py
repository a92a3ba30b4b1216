from pathlib import Path

import numpy as np
import pytest

from explorer.session.song import Song


def song() -> Song:
    return Song(
        path=Path("/music/walk.flac"),
        title="walk",
        samples=441_000,
        sample_rate=44_100,
        latent_path=np.array([[0, 10], [2, 20], [6, 0]], np.float32),
        latent_times=np.array([1.0, 3.0, 5.0], np.float32),
        path_mean=np.array([8 / 3, 10], np.float32),
    )


@pytest.mark.parametrize(
    ("position_s", "place"),
    [
        (0.0, (0, 10)),
        (1.0, (0, 10)),
        (2.0, (1, 15)),
        (3.0, (2, 20)),
        (4.5, (5, 5)),
        (5.0, (6, 0)),
        (99.0, (6, 0)),
    ],
)
def test_the_path_is_followed_and_held_beyond_its_ends(
    position_s: float, place: tuple[float, float]
) -> None:
    np.testing.assert_allclose(song().path_at(position_s), place, atol=1e-5)


def test_its_length_is_in_seconds() -> None:
    assert song().duration_s == pytest.approx(10.0)
