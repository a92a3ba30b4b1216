import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.sounds import write_song
from vae.__main__ import main
from vae.config import TransformConfig
from vae.dataset import load_dataset
from vae.errors import DatasetError
from vae.training.survey import survey

KEPT = TransformConfig(frame_samples=1_024, kept=64, overlap=128)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two songs, a copy, and files that are none."""
    folder = tmp_path / "songs"
    (folder / "below").mkdir(parents=True)
    first = write_song(folder / "first.wav", seconds=2.5)
    write_song(folder / "below" / "second.wav", seconds=1.5, seed=1, sample_rate=22_050)
    (folder / "copy.wav").write_bytes(first.read_bytes())
    (folder / "notes.txt").write_text("no sound")
    (folder / "empty.mp3").touch()
    soundfile.write(folder / "silent.wav", np.zeros((44_100, 2)), 44_100)
    soundfile.write(folder / "short.wav", np.full((2_000, 2), 0.1), 44_100)
    (folder / ".hidden.wav").write_bytes(first.read_bytes())
    return folder


def test_songs_are_counted_once_and_measured(folder: Path) -> None:
    found = survey([folder])
    assert (found.songs, found.copies) == (2, 1)
    assert found.seconds == pytest.approx(4.0, abs=0.05)


def test_what_is_refused_here_is_refused_when_it_is_trained_on(folder: Path) -> None:
    found = survey([folder])
    dataset = load_dataset([folder], KEPT, cache=folder.parent / "cache")
    assert len(dataset.songs) == found.songs
    assert {one.path for one in dataset.refused} == {one.path for one in found.refused}
    reasons = {one.path.name: one.reason for one in found.refused}
    assert reasons["silent.wav"] == "silent.wav is silent"
    assert "at least 0.25 s" in reasons["short.wav"]
    assert set(reasons) == {"notes.txt", "empty.mp3", "silent.wav", "short.wav"}


def test_a_file_that_breaks_off_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    whole = write_song(tmp_path / "whole.wav", seconds=4).read_bytes()
    (tmp_path / "whole.wav").write_bytes(whole[: len(whole) // 2])
    assert survey([tmp_path]).seconds == pytest.approx(2.0, abs=0.1)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="does not exist"):
        survey([tmp_path / "none"])


def test_the_command_prints_a_line_a_step_and_the_sum_last(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["survey", str(folder), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    steps = [line for line in lines if line["kind"] == "preparation"]
    assert [line["done"] for line in steps] == list(range(1, 8))
    assert sum(line["kind"] == "refused" for line in lines) == 4
    assert lines[-1]["kind"] == "survey"
    assert lines[-1]["songs"] == 2


def test_the_command_says_the_same_in_words(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["survey", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "songs: 2" in told
    assert "silent.wav is silent" in told
