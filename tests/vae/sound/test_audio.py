from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.sounds import song, write_song
from vae.errors import AudioError
from vae.sound.audio import read_sound


@pytest.mark.parametrize("sample_rate", [22_050, 44_100, 48_000, 96_000])
def test_any_rate_comes_in_at_44100_hz(tmp_path: Path, sample_rate: int) -> None:
    time = np.arange(2 * sample_rate) / sample_rate
    tone = 0.5 * np.sin(2 * np.pi * 1000 * time)
    soundfile.write(tmp_path / "tone.wav", np.stack([tone, tone], axis=1), sample_rate)
    sound = read_sound(tmp_path / "tone.wav")
    assert sound.shape == (2, 88_200)
    assert sound.dtype == np.float32
    expected = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(88_200) / 44_100)
    assert np.abs(sound - expected)[:, 2000:-2000].max() < 1e-3


def test_mono_is_doubled_at_full_level(tmp_path: Path) -> None:
    write_song(tmp_path / "mono.wav", seconds=1, channels=1)
    sound = read_sound(tmp_path / "mono.wav")
    assert np.array_equal(sound[0], sound[1])
    assert np.abs(sound).max() == pytest.approx(0.7, abs=1e-3)


@pytest.mark.parametrize("channels", [3, 6, 8])
def test_more_channels_are_mixed_down(tmp_path: Path, channels: int) -> None:
    write_song(tmp_path / "many.wav", seconds=1, channels=channels)
    sound = read_sound(tmp_path / "many.wav")
    assert sound.shape == (2, 44_100)
    front = song(seconds=1, channels=channels)[:2]
    assert np.corrcoef(sound[0], front[0])[0, 1] > 0.5
    assert 0.5 < sound.std() / front.std() < 3


def test_what_is_no_number_is_silence(tmp_path: Path) -> None:
    broken = song(seconds=1).T.copy()
    broken[100:200] = np.nan
    broken[300] = np.inf
    soundfile.write(tmp_path / "nan.wav", broken, 44_100, subtype="FLOAT")
    sound = read_sound(tmp_path / "nan.wav")
    assert np.isfinite(sound).all()
    assert not sound[:, 100:200].any()


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    path = write_song(tmp_path / "whole.wav", seconds=2)
    soundfile.write(tmp_path / "whole.flac", soundfile.read(path)[0], 44_100)
    content = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "half.flac").write_bytes(content[: len(content) // 2])
    assert 0.5 < read_sound(tmp_path / "half.flac").shape[1] / 44_100 < 1.5


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.mp3", b"", "empty"),
        ("text.mp3", b"once upon a time " * 50, "cannot be read as sound"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "text|sound"),
    ],
)
def test_what_holds_no_sound_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AudioError, match=words) as refusal:
        read_sound(tmp_path / name)
    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_a_folder_and_a_click_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="does not exist"):
        read_sound(tmp_path / "nowhere.wav")
    with pytest.raises(AudioError, match="folder"):
        read_sound(tmp_path)
    with pytest.raises(AudioError, match=r"0\.10 s"):
        read_sound(write_song(tmp_path / "click.wav", seconds=0.1))


def test_progress_rises_and_can_give_up(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.wav", seconds=20)
    shares: list[float] = []
    read_sound(path, shares.append)
    assert shares == sorted(shares)
    assert 0.8 < shares[-1] <= 1

    def give_up(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_sound(path, give_up)
