from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.disk import room_for
from tests.sounds import song
from tests.vae.test_preparation import CONFIG, songs
from vae import cache as cache_module
from vae import dct
from vae.cache import Cache
from vae.errors import DatasetError
from vae.preparation import prepare
from vae.search import Refusal
from vae.sound.audio import read_sound


def test_what_was_refused_is_not_decoded_again_but_by_another_decoder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, copy = tmp_path / "text.mp3", tmp_path / "copy of it.ogg"
    for path in (text, copy):
        path.write_text("no music")
    cache = Cache(folder=tmp_path / "cache", config=CONFIG)
    (first,) = prepare([text], cache)
    assert isinstance(first, Refusal)
    decoded: list[Path] = []

    def read(path: Path) -> NDArray[np.float32]:
        decoded.append(path)
        return read_sound(path)

    monkeypatch.setattr(cache_module, "read_sound", read)
    again, other = prepare([text, copy], cache)
    assert decoded == []
    assert again == first
    assert isinstance(other, Refusal)
    assert other == Refusal(
        path=copy, reason=first.reason.replace(text.name, copy.name)
    )
    monkeypatch.setattr("vae.cache.av.__version__", "99")
    assert prepare([text], cache) == [first]
    assert decoded == [text]


def test_versions_begin_parts_of_a_frame_later(tmp_path: Path) -> None:
    (path,) = songs(tmp_path, 1)
    cache = Cache(folder=tmp_path / "cache", config=CONFIG, versions=2)
    (key,) = prepare([path], cache)
    assert isinstance(key, str)
    first, later = cache.load(key)
    sound = song(seconds=1, seed=0)
    for image, begin in ((first, 0), (later, 128)):
        expected = dct.forward(sound[:, begin:], CONFIG)
        assert np.abs(image - expected).max() < 2e-2
    assert replace(cache, versions=1).holds(key)
    assert not replace(cache, versions=3).holds(key)


def test_a_full_disk_is_no_fault_of_the_songs(tmp_path: Path) -> None:
    files = songs(tmp_path, 2)
    cache = Cache(folder=tmp_path / "cache", config=CONFIG)
    with (
        room_for(1_000),
        pytest.raises(
            DatasetError, match=r"cache .* cannot be written: File too large"
        ),
    ):
        prepare(files, cache)
    assert list(cache.folder.iterdir()) == []
    assert all(isinstance(one, str) for one in prepare(files, cache))


@pytest.mark.parametrize("left", [0, 50, 1_000])
def test_what_is_damaged_is_prepared_again(tmp_path: Path, left: int) -> None:
    (path,) = songs(tmp_path, 1)
    cache = Cache(folder=tmp_path / "cache", config=CONFIG)
    prepare([path], cache)
    (file,) = cache.folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert prepare([path], cache) == [file.stem]
    assert file.read_bytes() == whole
