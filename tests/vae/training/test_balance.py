from pathlib import Path

import numpy as np
import pytest

from vae.dataset import SongImage
from vae.training.balance import shares


def song_in(folder: Path, frames: int) -> SongImage:
    return SongImage(
        title="",
        path=folder / f"{frames}.wav",
        coefficients=np.zeros((2, frames, 4), np.float16),
    )


def test_a_minute_of_song_is_drawn_as_often_as_any_other(tmp_path: Path) -> None:
    songs = [song_in(tmp_path / "few", 10), song_in(tmp_path / "many", 30)]
    found = shares(songs, [tmp_path / "few", tmp_path / "many"], "songs")
    assert found.tolist() == pytest.approx([0.25, 0.75])


def test_folders_are_drawn_alike_whatever_they_hold(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    songs = [song_in(few, 10), *(song_in(many / "deep", n) for n in (20, 60, 80))]
    found = shares(songs, [few, many], "folders")
    assert found.sum() == pytest.approx(1)
    assert found.tolist() == pytest.approx([0.5, 0.0625, 0.1875, 0.25])
