import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.disk import room_for
from tests.sounds import song, write_song
from vae.errors import AudioError
from vae.sound.audio import read_sound
from vae.sound.formats import SoundFormat
from vae.sound.writer import sound_writer, write_sound


@pytest.mark.parametrize(
    ("name", "form", "error"),
    [
        ("a.wav", None, 1e-4),
        ("a.wav", "wav24", 1e-6),
        ("a.wav", "wav_float", 0),
        ("a.flac", "flac24", 1e-6),
    ],
)
def test_what_is_written_reads_back(
    tmp_path: Path, name: str, form: SoundFormat | None, error: float
) -> None:
    sound = song(seconds=1)
    write_sound(tmp_path / name, [sound[:, :1000], sound[:, 1000:]], form=form)
    assert np.abs(read_sound(tmp_path / name) - sound).max() <= error
    assert list(tmp_path.iterdir()) == [tmp_path / name]


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
@pytest.mark.parametrize(
    "name", [b"na\xefve.wav", "\u97f3\u697d\U0001f3b5".encode() * 20 + b".flac"]
)
def test_names_of_any_bytes_can_be_written(tmp_path: Path, name: bytes) -> None:
    path = tmp_path / os.fsdecode(name)
    write_sound(path, [song(seconds=0.5)])
    assert read_sound(path).shape == (2, 22_050)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = write_song(tmp_path / "kept.wav", seconds=1)
    before = path.read_bytes()

    def breaking() -> object:
        yield song(seconds=1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_sound(path, breaking())  # type: ignore[arg-type]  # it never ends well
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_unknown_formats_and_folders_are_refused_in_words(tmp_path: Path) -> None:
    sound = song(seconds=0.5)
    with pytest.raises(AudioError, match=r"\.wav or \.flac"):
        write_sound(tmp_path / "a.mp3", [sound])
    with pytest.raises(AudioError, match=r"must end in \.wav"):
        write_sound(tmp_path / "a.flac", [sound], form="wav_float")
    with pytest.raises(AudioError, match="cannot be written"):
        write_sound(tmp_path / "nowhere" / "a.wav", [sound])


@pytest.mark.parametrize("form", ["wav24", "flac16"])
def test_why_a_disk_takes_no_more_is_told_and_nothing_is_left(
    tmp_path: Path, form: SoundFormat
) -> None:
    path = tmp_path / f"take.{form[:-2]}"
    sound = np.random.default_rng(0).uniform(-1, 1, (2, 100_000)).astype(np.float32)
    with (
        room_for(100_000),
        pytest.raises(AudioError, match=r"take.* cannot be written: File too large"),
        sound_writer(path, form, sample_rate=44_100, channels=2) as write,
    ):
        write(sound)
    assert not list(tmp_path.iterdir())
