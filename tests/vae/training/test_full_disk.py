import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vae.training.songs import begun, options_of, resumed, run_of
from vae.errors import DctvaeError
from vae.training.loop import train
from vae.training.reader import read_log
from vae.training.records import End, Record, Step
from vae.training.status import read_status

ROOM = 2_000  # bytes: too few for any file but the status


@pytest.fixture(name="full_disk")
def _full_disk() -> Iterator[None]:
    """Once `fill` is called no file may grow beyond `ROOM`."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fill() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, most))


def empty() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_full_disk_is_told_of_and_costs_nothing_that_was_saved(
    tmp_path: Path, songs: Path, full_disk: None
) -> None:
    whole = run_of(tmp_path / "whole" / "run", songs)
    options = options_of(songs)
    run = begun(tmp_path / "run", options)
    saved: dict[str, bytes] = {}

    def listen(record: Record) -> None:
        if isinstance(record, Step) and record.step == 4:
            for name in ("last.safetensors", "best.safetensors"):
                saved[name] = (run.path / name).read_bytes()
            fill()

    with pytest.raises(DctvaeError, match=r"cannot be (written|saved)"):
        train(options, run, cache=songs.parent / "cache", listen=listen)
    empty()
    for name, content in saved.items():
        assert (run.path / name).read_bytes() == content
    status = read_status(run.path)
    assert status is not None
    assert status.state == "failed"
    assert "resume" in status.advice
    assert not [path for path in run.path.iterdir() if path.name.startswith(".")]
    rest = resumed(run.path, songs)
    assert rest.checkpoint.model_hash == whole.checkpoint.model_hash
    assert len([r for r in read_log(run.path) if isinstance(r, End)]) == 1


def test_a_run_that_is_moved_meanwhile_is_told_of_and_goes_on_where_it_lies(
    tmp_path: Path, songs: Path
) -> None:
    whole = run_of(tmp_path / "whole" / "run", songs)
    run, moved = begun(tmp_path / "run", options_of(songs)), tmp_path / "moved" / "run"
    moved.parent.mkdir()

    def listen(record: Record) -> None:
        if isinstance(record, Step) and record.step == 4:
            run.path.rename(moved)

    with pytest.raises(DctvaeError, match=r"it was moved or taken away; --resume goes"):
        train(run.reopen(), run, cache=songs.parent / "cache", listen=listen)
    assert not run.path.exists()
    rest = resumed(moved, songs)
    assert rest.checkpoint.model_hash == whole.checkpoint.model_hash
