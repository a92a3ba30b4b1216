import json
from pathlib import Path

import numpy as np
import pytest

from tests.sounds import write_song
from vae import preparation
from vae.__main__ import main
from vae.cache import Cache
from vae.config import TransformConfig
from vae.preparation import prepare, shard
from vae.search import Refusal

CONFIG = TransformConfig(frame_samples=256, kept=32, overlap=64)


def songs(folder: Path, count: int) -> list[Path]:
    return [
        write_song(folder / f"song {n}.wav", seconds=1, seed=n) for n in range(count)
    ]


def test_processes_prepare_what_threads_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [*songs(tmp_path, 3), tmp_path / "text.mp3"]
    files[-1].write_text("no music")
    threads = Cache(folder=tmp_path / "threads", config=CONFIG)
    processes = Cache(folder=tmp_path / "processes", config=CONFIG)
    found = prepare(files, threads)
    monkeypatch.setattr(preparation, "WORTH_PROCESSES", 1)
    shares: list[float] = []
    again = prepare(files, processes, shares.append)
    assert again == found
    assert shares == [0.25, 0.5, 0.75, 1.0]
    assert isinstance(found[-1], Refusal)
    for key in found[:-1]:
        assert isinstance(key, str)
        assert np.array_equal(threads.load(key)[0], processes.load(key)[0])


def test_what_was_broken_off_is_taken_up_where_it_stood(tmp_path: Path) -> None:
    files = songs(tmp_path, 3)
    cache = Cache(folder=tmp_path / "cache", config=CONFIG)

    class Enough(Exception):  # noqa: N818 - a wish, not an error
        pass

    def give_up(share: float) -> None:
        if share > 0.5:
            raise Enough

    with pytest.raises(Enough):
        prepare(files, cache, give_up)
    ready = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()}
    assert len(ready) >= 2
    prepare(files, cache)
    assert len(list((tmp_path / "cache").iterdir())) == 3
    assert all(path.stat().st_mtime_ns == when for path, when in ready.items())


def test_shards_are_all_songs_and_each_but_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "songs").mkdir()
    files = songs(tmp_path / "songs", 3)
    parts = [shard(files, part, 2) for part in (1, 2)]
    assert sorted(parts[0] + parts[1]) == files
    arguments = ["prepare", str(tmp_path / "songs"), "--cache", str(tmp_path / "c")]
    assert main([*arguments, "--shard", "1/2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["songs"] == 2
    assert main([*arguments, "--shard", "3/2"]) == 1
    assert "1 to 2" in capsys.readouterr().err


def test_nothing_to_prepare_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    text = tmp_path / "notes.txt"
    text.write_text("no music")
    cache = ["--cache", str(tmp_path / "cache")]
    assert main(["prepare", str(tmp_path / "empty"), *cache]) == 1
    assert "no file at all" in capsys.readouterr().err
    assert main(["prepare", str(text), *cache]) == 1
    assert "notes.txt cannot be read" in capsys.readouterr().err
    assert main(["prepare", str(text), *cache, "--time-offsets", "0"]) == 1
    assert "time_offsets is 0" in capsys.readouterr().err
