from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest

from tests.vae.training.songs import begun, options_of, run_of
from vae.errors import TrainingError
from vae.training import loop
from vae.training.folder import RunFolder
from vae.training.loop import train
from vae.training.saving import Saving


class Disk:
    """Notes what is written; the first thing takes until it is let."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.begun = Event()
        self.let = Event()

    def write(self, what: str) -> None:
        self.begun.set()
        self.let.wait()
        self.written.append(what)

    def full(self) -> None:
        raise TrainingError("the disk is full")


@pytest.fixture(name="disk")
def _disk() -> Iterator[Disk]:
    disk = Disk()
    yield disk
    disk.let.set()


def test_of_states_that_wait_the_newest_alone_is_written(disk: Disk) -> None:
    saving = Saving(beside=True)
    saving.save("last", partial(disk.write, "0"))
    disk.begun.wait()
    for number in "123":
        saving.save("last", partial(disk.write, number))
    disk.let.set()
    saving.wait()
    assert disk.written == ["0", "3"]


def test_a_state_never_overtakes_the_best_model_that_it_tells_of(disk: Disk) -> None:
    saving = Saving(beside=True)
    saving.save("last", partial(disk.write, "last 0"))
    disk.begun.wait()
    saving.save("best", partial(disk.write, "best 1"))
    saving.save("last", partial(disk.write, "last 1"))
    saving.save("best", partial(disk.write, "best 2"))
    saving.save("last", partial(disk.write, "last 2"))
    saving.save("last", partial(disk.write, "last 3"))
    disk.let.set()
    saving.wait()
    assert disk.written == ["last 0", "best 2", "last 3"]


def test_what_fails_beside_is_told_with_the_next_or_while_it_is_waited_for(
    disk: Disk,
) -> None:
    saving = Saving(beside=True)
    saving.save("last", disk.full)
    with pytest.raises(TrainingError, match="full"):
        saving.wait()
    saving.wait()
    saving.save("best", disk.full)
    disk.let.set()

    def go_on() -> None:
        while True:
            saving.save("last", partial(disk.write, "more"))

    with pytest.raises(TrainingError, match="full"):
        go_on()


def test_where_nothing_is_written_beside_whoever_saves_waits(disk: Disk) -> None:
    disk.let.set()
    saving = Saving(beside=False)
    saving.save("last", partial(disk.write, "0"))
    assert disk.written == ["0"]
    with pytest.raises(TrainingError, match="full"):
        saving.save("last", disk.full)


def test_a_run_that_is_written_beside_comes_to_the_same(
    tmp_path: Path, songs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once = run_of(tmp_path / "at once" / "run", songs)

    def beside(**_: object) -> Saving:
        return Saving(beside=True)

    monkeypatch.setattr(loop, "Saving", beside)
    run = begun(tmp_path / "beside", options_of(songs))
    model = train(options_of(songs), run, cache=songs.parent / "cache")
    assert model.model_hash == at_once.checkpoint.model_hash
    state, progress = run.load_last()
    assert progress.epochs_done == len(at_once.epochs)
    other, _ = RunFolder(tmp_path / "at once" / "run").load_last()
    assert state.keys() == other.keys()
    assert all(state[name].equal(other[name]) for name in state)
