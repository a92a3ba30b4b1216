from pathlib import Path

import numpy as np
import pytest
import torch

from vae.dataset import SongImage
from vae.training.feed import Draw, HeldFeed, MappedFeed, draw_batches

C, K = 2, 4
SCALE = np.array([1.0, 2.0, 4.0, 8.0], np.float32)


def image(frames: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(C, frames, K)).astype(np.float16)


LONG, LATER, SHORT = image(9, 0), image(9, 1), image(3, 2)
SONGS = (
    SongImage(title="long", path=Path("a"), coefficients=LONG, later=(LATER,)),
    SongImage(title="short", path=Path("b"), coefficients=SHORT),
)
DRAWS = [
    [
        Draw(song=0, offset=0, start=2, gain=0.5, swapped=False),
        Draw(song=0, offset=1, start=4, gain=2.0, swapped=True),
    ],
    [Draw(song=1, offset=0, start=0, gain=1.0, swapped=True)],
]
EXPECTED = [
    [0.5 * LONG[:, 2:7] / SCALE, 2.0 * LATER[::-1, 4:9] / SCALE],
    [np.concatenate([SHORT, SHORT], axis=1)[::-1, :5] / SCALE],
]


@pytest.mark.parametrize("kind", [HeldFeed, MappedFeed])
@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_a_draw_says_which_stretch_how_loud_and_whether_left_is_right(
    kind: type[HeldFeed] | type[MappedFeed], layout: torch.memory_format
) -> None:
    feed = kind(SONGS, torch.from_numpy(SCALE), layout)
    batches = list(feed.batches(DRAWS, 5))
    assert [batch.shape for batch in batches] == [(2, C, 5, K), (1, C, 5, K)]
    for batch, expected in zip(batches, EXPECTED, strict=True):
        np.testing.assert_allclose(batch.numpy(), expected, rtol=1e-3)


def test_draws_are_of_all_songs_versions_places_and_sides_and_as_loud_as_is_said() -> (
    None
):
    batches = draw_batches(
        SONGS,
        frames=5,
        samples=203,
        batch_size=10,
        shares=np.array([0.75, 0.25]),
        rng=np.random.default_rng(0),
    )
    assert [len(batch) for batch in batches] == [10] * 20 + [3]
    draws = [draw for batch in batches for draw in batch]
    long = [draw for draw in draws if draw.song == 0]
    assert len(long) == pytest.approx(0.75 * 203, abs=25)
    assert {draw.offset for draw in long} == {0, 1}
    assert {draw.start for draw in long} == {0, 1, 2, 3, 4}
    assert {draw.start for draw in draws if draw.song == 1} == {0}
    assert sum(draw.swapped for draw in draws) == pytest.approx(203 / 2, abs=30)
    gains_db = [20 * np.log10(draw.gain) for draw in draws]
    assert -6.0 <= min(gains_db) < -5.0
    assert 5.0 < max(gains_db) <= 6.0
