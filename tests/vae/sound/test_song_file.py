"""Files as people really have them; the odd ones are made here, as small as can be."""

import os
import struct
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from tests.sounds import song, write_song
from vae.errors import AudioError
from vae.sound import sounds
from vae.sound.song_file import open_song
from vae.sound.sounds import StoredSound


def flac(path: Path, *, seconds: float = 1.0) -> Path:
    soundfile.write(path, song(seconds=seconds).T, 44_100)
    return path


def claim(path: Path, samples: int) -> None:
    """Have a FLAC say that it holds so many samples."""
    content = bytearray(path.read_bytes())
    low = struct.unpack(">Q", content[18:26])[0] & ~((1 << 36) - 1)
    content[18:26] = struct.pack(">Q", low | samples)
    path.write_bytes(content)


def test_a_song_is_within_reach_from_any_place(tmp_path: Path) -> None:
    opened = open_song(write_song(tmp_path / "song.wav", seconds=2))
    recorded = soundfile.read(tmp_path / "song.wav", dtype="float32")[0].T
    assert opened.sound.samples == 88_200
    assert np.array_equal(
        opened.sound.window(30_000, 30_010), recorded[:, 30_000:30_010]
    )
    past = opened.sound.window(88_190, 88_210)
    assert np.array_equal(past[:, :10], recorded[:, -10:])
    assert not past[:, 10:].any()
    assert opened.remark == ""


def test_the_overview_shows_the_whole_song(tmp_path: Path) -> None:
    sound = np.tile(song(seconds=1), (1, 30))
    sound[:, 441_000:882_000] = 0
    soundfile.write(tmp_path / "song.wav", sound.T, 44_100, subtype="FLOAT")
    peak, rms = open_song(tmp_path / "song.wav").overview
    assert 1_000 < len(peak) == len(rms) <= 2_000
    third = len(peak) // 3
    assert not peak[third + 5 : 2 * third - 5].any()
    assert peak.max() == pytest.approx(np.abs(sound).max(), rel=1e-6)
    assert np.sqrt(np.square(rms).mean()) == pytest.approx(sound.std(), rel=0.02)


@pytest.mark.parametrize("samples", [0, (1 << 36) - 1])
def test_what_a_header_claims_is_neither_believed_nor_allocated(
    tmp_path: Path, samples: int
) -> None:
    path = flac(tmp_path / "song.flac")
    claim(path, samples)
    opened = open_song(path)
    assert opened.sound.samples == 44_100
    assert opened.remark == ""


@pytest.mark.parametrize("name", ["song.flac", "song.wav"])
def test_a_file_that_breaks_off_is_opened_with_a_remark(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    soundfile.write(path, song(seconds=4).T, 44_100)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    opened = open_song(path)
    assert 1 < opened.sound.samples / 44_100 < 3
    assert opened.remark.startswith(f"{name} breaks off")
    if name.endswith(".wav"):
        assert opened.remark.endswith("it holds 2.0 of its 4.0 s.")


@pytest.mark.parametrize(("kind", "torn"), [("flac", 20_000), ("mp3", 2_000)])
def test_a_file_that_is_damaged_in_the_middle_says_so(
    tmp_path: Path, kind: str, torn: int
) -> None:
    path = tmp_path / "song.flac"
    soundfile.write(path, song(seconds=4).T, 44_100)
    content = bytearray(path.read_bytes() if kind == "flac" else mp3(path))
    middle = len(content) // 2
    content[middle : middle + torn] = bytes(torn)
    path = path.with_suffix(f".{kind}")
    path.write_bytes(content)
    opened = open_song(path)
    assert 3 < opened.sound.samples / 44_100 < 4
    assert opened.remark.startswith(f"song.{kind} is damaged: ")
    assert opened.remark.endswith("could not be read and are left out.")


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF])
def test_a_wav_that_was_still_being_written_is_whole(
    tmp_path: Path, length: int
) -> None:
    path = write_song(tmp_path / "take.wav", seconds=2)
    content = bytearray(path.read_bytes())
    place = content.index(b"data") + 4
    content[place : place + 4] = length.to_bytes(4, "little")
    path.write_bytes(content)
    opened = open_song(path)
    assert opened.sound.samples == 2 * 44_100
    assert opened.remark == ""


@pytest.mark.parametrize(
    ("subtype", "rate", "channels"),
    [
        ("PCM_U8", 8_000, 1),
        ("PCM_24", 192_000, 2),
        ("PCM_32", 35_467, 3),
        ("DOUBLE", 96_000, 8),
        ("IMA_ADPCM", 22_050, 1),
    ],
)
def test_any_kind_of_wav_sounds_right(
    tmp_path: Path, subtype: str, rate: int, channels: int
) -> None:
    sound = song(seconds=0.5, sample_rate=rate, channels=channels)
    soundfile.write(tmp_path / "in.wav", sound.T, rate, subtype=subtype)
    opened = open_song(tmp_path / "in.wav")
    assert (opened.sample_rate, opened.channels) == (rate, channels)
    assert opened.samples == pytest.approx(rate / 2, abs=2_000)
    heard = opened.sound.window(0, opened.sound.samples)
    assert heard.shape[1] == pytest.approx(22_050, abs=2_000)
    assert 0.3 < heard.std() / sound[:2].std() < 4


def test_a_file_whose_rate_changes_midway_plays_on(tmp_path: Path) -> None:
    first, second = (
        flac(tmp_path / "a.flac"),
        tmp_path / "b.flac",
    )
    soundfile.write(second, song(seconds=1, sample_rate=48_000).T, 48_000)
    joined = tmp_path / "joined.mp3"
    joined.write_bytes(mp3(first) + mp3(second))
    opened = open_song(joined)
    assert opened.sound.samples / 44_100 == pytest.approx(2.054, abs=0.01)
    assert opened.sample_rate == 44_100


def mp3(path: Path) -> bytes:
    """The same sound as MP3, without a header."""
    target = path.with_suffix(".mp3")
    with av.open(str(path)) as source, av.open(str(target), "w") as out:
        stream = out.add_stream("mp3", source.streams.audio[0].rate)
        for frame in source.decode(audio=0):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return target.read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.wav", b"", "empty"),
        ("three.mp3", b"\xff\xfb\x90", "cannot be read as sound"),
        ("text.mp3", b"once upon a time " * 50, "cannot be read as sound"),
        (
            "nothing.wav",
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0"
            b"\x44\xac\0\0\x88\x58\1\0\2\0\x10\0"
            b"data\0\0\0\0",
            "sound",
        ),
    ],
)
def test_what_holds_no_sound_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=words) as refusal:
        open_song(tmp_path / name)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_full_disk_is_told_and_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full:
        f_bavail, f_frsize = 10, 4096

    stored = StoredSound()
    stored.append(np.zeros((2, 1_000), np.float32))
    monkeypatch.setattr(sounds, "LOOK_BYTES", 0)
    monkeypatch.setattr(os, "statvfs", lambda _: Full)
    with pytest.raises(AudioError, match="too full"):
        stored.append(np.zeros((2, 1_000), np.float32))
