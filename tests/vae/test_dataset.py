import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.sounds import song, write_song
from vae import dct
from vae.config import TransformConfig
from vae.dataset import corpus_statistics, load_dataset, stretch
from vae.errors import DatasetError

CONFIG = TransformConfig(frame_samples=256, kept=32, overlap=64)


def folder_of_songs(folder: Path, count: int = 3) -> Path:
    (folder / "deep" / "er").mkdir(parents=True)
    for number in range(count):
        place = folder if number % 2 else folder / "deep" / "er"
        write_song(place / f"song {number}.wav", seconds=1 + number, seed=number)
    return folder


def test_songs_are_found_below_and_the_rest_refused_with_reasons(
    tmp_path: Path,
) -> None:
    folder = folder_of_songs(tmp_path / "songs")
    (folder / "notes.txt").write_text("no music")
    (folder / ".hidden.wav").write_bytes(b"")
    shutil.copy(folder / "song 1.wav", folder / "copy.wav")
    dataset = load_dataset([folder], CONFIG, cache=tmp_path / "cache")
    assert len(dataset.songs) == 3
    assert [refusal.path.name for refusal in dataset.refused] == ["notes.txt"]
    assert "cannot be read as sound" in dataset.refused[0].reason


def test_coefficients_are_those_of_the_song_and_come_from_the_cache(
    tmp_path: Path,
) -> None:
    folder = folder_of_songs(tmp_path / "songs", count=1)
    cache = tmp_path / "cache"
    (first,) = load_dataset([folder], CONFIG, cache=cache).songs
    expected = dct.forward(song(seconds=1, seed=0), CONFIG)
    assert first.coefficients.dtype == np.float16
    assert np.abs(first.coefficients - expected).max() < 2e-2
    (stored,) = cache.iterdir()
    before = stored.stat().st_mtime_ns
    load_dataset([folder], CONFIG, cache=cache)
    assert stored.stat().st_mtime_ns == before
    load_dataset([folder], replace(CONFIG, kept=16), cache=cache)
    assert len(list(cache.iterdir())) == 2


def test_a_folder_with_nothing_usable_says_what_was_found(tmp_path: Path) -> None:
    folder = tmp_path / "songs"
    folder.mkdir()
    with pytest.raises(DatasetError, match="no file at all"):
        load_dataset([folder], CONFIG, cache=tmp_path / "cache")
    (folder / "notes.txt").write_text("no music")
    (folder / "empty.mp3").write_bytes(b"")
    with pytest.raises(DatasetError, match=r"1 \.mp3, 1 \.txt.*empty\.mp3 is empty"):
        load_dataset([folder], CONFIG, cache=tmp_path / "cache")
    with pytest.raises(DatasetError, match="does not exist"):
        load_dataset([tmp_path / "nowhere"], CONFIG, cache=tmp_path / "cache")


def test_silence_is_refused(tmp_path: Path) -> None:
    silence = np.zeros((2, 44_100), np.float32)
    path = tmp_path / "silence.wav"
    from vae.sound.writer import write_sound

    write_sound(path, [silence])
    with pytest.raises(DatasetError, match=r"silence\.wav is silent"):
        load_dataset([path], CONFIG, cache=tmp_path / "cache")


def test_a_song_is_trained_on_or_held_out_never_both(tmp_path: Path) -> None:
    folder = folder_of_songs(tmp_path / "songs", count=4)
    dataset = load_dataset([folder], CONFIG, cache=tmp_path / "cache")
    for seed in range(5):
        split = dataset.split(0.25, seed)
        training = {song.title for song in split.training}
        validation = {song.title for song in split.validation}
        assert len(training) == 3
        assert len(validation) == 1
        assert not training & validation
    assert dataset.split(0.25, 0).validation == dataset.split(0.25, 0).validation


def test_a_short_song_is_repeated(tmp_path: Path) -> None:
    write_song(tmp_path / "short.wav", seconds=0.3)
    (short,) = load_dataset(
        [tmp_path / "short.wav"], CONFIG, cache=tmp_path / "cache"
    ).songs
    image = stretch(short, 0, 200)
    assert image.shape == (2, 200, 32)
    assert np.array_equal(
        image[:, : short.frames], image[:, short.frames : 2 * short.frames]
    )


def test_statistics_are_the_corpus_own(tmp_path: Path) -> None:
    folder = folder_of_songs(tmp_path / "songs")
    songs = load_dataset([folder], CONFIG, cache=tmp_path / "cache").songs
    scale, correlation = corpus_statistics(songs)
    everything = np.concatenate([s.coefficients.astype(np.float32) for s in songs], 1)
    assert np.allclose(
        scale, np.sqrt(np.square(everything).mean(axis=(0, 1))), rtol=1e-2
    )
    assert (np.abs(correlation) <= 1).all()
    left, right = everything
    expected = (left * right).sum(0) / np.sqrt((left**2).sum(0) * (right**2).sum(0))
    assert np.allclose(correlation, expected, atol=1e-2)


def test_songs_held_out_are_not_trained_on(tmp_path: Path) -> None:
    folder = folder_of_songs(tmp_path / "songs")
    cache = tmp_path / "cache"
    songs = load_dataset([folder], CONFIG, cache=cache)
    held_out = load_dataset([folder / "song 1.wav"], CONFIG, cache=cache)
    split = songs.without(held_out)
    assert [song.path.name for song in split.validation] == ["song 1.wav"]
    assert sorted(song.path.name for song in split.training) == [
        "song 0.wav",
        "song 2.wav",
    ]
    with pytest.raises(DatasetError, match="none is left"):
        held_out.without(songs)
