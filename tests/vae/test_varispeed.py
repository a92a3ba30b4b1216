from pathlib import Path

import numpy as np
import pytest

from tests.sounds import write_song
from vae.errors import DatasetError
from vae.sound.audio import read_sound
from vae.sound.layout import SAMPLE_RATE
from vae.varispeed import played_at, vary


def peak_hz(sound: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(sound[0] * np.hanning(sound.shape[1])))
    return float(spectrum.argmax() * SAMPLE_RATE / sound.shape[1])


@pytest.mark.parametrize("semitones", [-12, -5, 7])
def test_faster_is_higher_and_shorter(semitones: int) -> None:
    time_s = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = np.tile(np.sin(2 * np.pi * 440 * time_s), (2, 1)).astype(np.float32)
    varied = played_at(tone, semitones)
    ratio = 2 ** (semitones / 12)
    assert varied.shape[1] == pytest.approx(SAMPLE_RATE / ratio, abs=2)
    assert peak_hz(varied) == pytest.approx(440 * ratio, abs=2)


def test_songs_are_written_at_every_speed_once(tmp_path: Path) -> None:
    songs, out = tmp_path / "songs", tmp_path / "out"
    songs.mkdir()
    write_song(songs / "song.wav", seconds=1, seed=0)
    (songs / "notes.txt").write_text("no music")
    written, refused = vary([songs], out, [-2, 3], lambda _share: None)
    assert written == 2
    assert [refusal.path.name for refusal in refused] == ["notes.txt"]
    assert {path.name for path in out.iterdir()} == {"song -2.flac", "song +3.flac"}
    assert read_sound(out / "song +3.flac").shape[1] < SAMPLE_RATE
    (out / "song -2.flac").unlink()
    assert vary([songs], out, [-2, 3], lambda _share: None)[0] == 1


def test_songs_of_one_name_do_not_stand_for_each_other(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for number, folder in enumerate(("a", "b")):
        (tmp_path / folder).mkdir()
        write_song(tmp_path / folder / "song.wav", seconds=1 + number, seed=number)
    folders = [tmp_path / "a", tmp_path / "b"]
    assert vary(folders, out, [0.0], lambda _share: None)[0] == 2
    lengths = {
        path.name: read_sound(path).shape[1] / SAMPLE_RATE for path in out.iterdir()
    }
    assert lengths == {"song +0.flac": 1, "song (2) +0.flac": 2}
    assert vary(folders, out, [0.0], lambda _share: None)[0] == 0


def test_folders_without_a_song_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no file at all"):
        vary([tmp_path], tmp_path / "out", [2], lambda _share: None)
    (tmp_path / "notes.txt").write_text("no music")
    with pytest.raises(DatasetError, match=r"notes\.txt cannot be read"):
        vary([tmp_path], tmp_path / "out", [2], lambda _share: None)
