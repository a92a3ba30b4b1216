import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.services import vae_child
from explorer.services.train_process import TrainProcess
from explorer.session.session import Session
from explorer.session.training.runs import Run
from tests.explorer.services import fake_training
from tests.explorer.session.training.desk import FOUND, MUSIC
from vae.training.options import Options

PATIENCE_MS = 20_000

Follow = Callable[..., TrainProcess]


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """Songs are found, and runs are kept in a folder of the test's own."""
    session = Session()
    session.training.choose_runs_folder(tmp_path / "runs")
    session.training.songs.add([MUSIC])
    session.training.songs.take(FOUND)
    return session


@pytest.fixture
def follow(session: Session, qtbot: QtBot) -> Iterator[Follow]:
    """Gives what runs trainings that behave in some way; ends them with the test."""
    followed: list[TrainProcess] = []

    def make(behaviour: str = "obeys") -> TrainProcess:
        def command(*arguments: str) -> list[str]:
            return [sys.executable, fake_training.__file__, behaviour, *arguments]

        process = TrainProcess(session, make_command=command)
        followed.append(process)
        session.training.find_runs()
        return process

    yield make
    session.training.stop_all()
    for process in followed:
        qtbot.waitUntil(lambda one=process: not one.process_ids, timeout=PATIENCE_MS)  # type: ignore[misc]  # a default
        process.close()


def shown(session: Session) -> Run:
    run = session.training.runs.shown
    assert run is not None
    return run


def wait_for(qtbot: QtBot, session: Session, phase: str, epochs: int = 0) -> Run:
    """The run, once it is in some phase and has done so many epochs."""

    def there() -> bool:
        run = session.training.runs.shown
        return run is not None and run.phase == phase and run.epochs_done >= epochs

    qtbot.waitUntil(there, timeout=PATIENCE_MS)
    return shown(session)


def test_a_run_is_started_as_planned_and_its_curves_grow(
    session: Session, follow: Follow, qtbot: QtBot
) -> None:
    follow()
    training = session.training
    training.planning.set_value("beta", 0.7)
    training.start()
    run = wait_for(qtbot, session, "running", 3)
    options = Options.read(run.folder)
    assert options.folders == (MUSIC,)
    assert options.train.beta == 0.7
    assert training.runs.chosen == run.folder
    qtbot.waitUntil(
        lambda: len(training.watched.course.validation.values) >= 5, timeout=PATIENCE_MS
    )
    course = training.watched.course
    assert course.validation.values[1] < course.validation.values[0]
    assert [one.name for one in course.baselines] == [
        "mean spectrum",
        "64 principal components",
    ]
    assert shown(session).checkpoint is not None
    assert shown(session).song is not None


def test_a_training_makes_way_for_the_sound(
    session: Session, follow: Follow, qtbot: QtBot
) -> None:
    process = follow()
    session.training.start()
    wait_for(qtbot, session, "running", 1)
    (pid,) = process.process_ids
    assert os.getpriority(os.PRIO_PROCESS, pid) == vae_child.NICE
    assert Path(f"/proc/{pid}/oom_score_adj").read_text().strip() == "500"
    environment = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    threads = max(1, len(os.sched_getaffinity(0)) - 1)
    assert f"OMP_NUM_THREADS={threads}".encode() in environment


def test_a_run_rests_goes_on_and_is_stopped_with_its_best_kept(
    session: Session, follow: Follow, qtbot: QtBot
) -> None:
    follow()
    training = session.training
    training.start()
    wait_for(qtbot, session, "running", 2)
    training.go_on_or_rest()
    rested = wait_for(qtbot, session, "paused")
    training.go_on_or_rest()
    wait_for(qtbot, session, "running", rested.epochs_done + 2)
    training.stop()
    stopped = wait_for(qtbot, session, "stopped")
    assert stopped.checkpoint is not None
    assert stopped.fault == ""
    assert stopped.resumable
    assert training.can_start


def test_a_run_that_is_stopped_while_it_starts_stops(
    session: Session, follow: Follow, qtbot: QtBot
) -> None:
    follow("is slow")
    training = session.training
    training.start()
    assert wait_for(qtbot, session, "preparing").doing == "Starting…"
    training.stop()
    qtbot.waitUntil(lambda: shown(session).wish == "stop", timeout=PATIENCE_MS)
    wait_for(qtbot, session, "stopped")


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        ("is killed", "most likely because memory ran out"),
        ("has no memory", "half the batch"),
        ("refuses", "There is no file at all below /music."),
    ],
)
def test_a_training_that_dies_is_told_in_words(
    session: Session, follow: Follow, qtbot: QtBot, behaviour: str, words: str
) -> None:
    process = follow(behaviour)
    session.training.start()
    failed = wait_for(qtbot, session, "failed")
    assert words in failed.fault
    assert failed.resumable
    assert not process.process_ids


def test_a_run_left_running_is_found_and_followed_the_next_time(
    session: Session, follow: Follow, qtbot: QtBot, tmp_path: Path
) -> None:
    first = follow()
    session.training.start()
    run = wait_for(qtbot, session, "running", 2)
    later = Session()
    later.training.choose_runs_folder(tmp_path / "runs")
    second = TrainProcess(later)
    later.training.find_runs()
    found = wait_for(qtbot, later, "running", run.epochs_done + 2)
    assert found.folder == run.folder
    assert not later.training.can_start
    later.training.stop()
    wait_for(qtbot, later, "stopped")
    second.close()
    qtbot.waitUntil(lambda: not first.process_ids, timeout=PATIENCE_MS)


def test_one_that_died_unseen_is_interrupted_and_goes_on(
    session: Session, follow: Follow, qtbot: QtBot, tmp_path: Path
) -> None:
    process = follow("is killed")
    session.training.start()
    wait_for(qtbot, session, "failed")
    process.close()
    later = Session()
    later.training.choose_runs_folder(tmp_path / "runs")
    second = TrainProcess(
        later,
        make_command=lambda *arguments: [
            sys.executable,
            fake_training.__file__,
            "obeys",
            *arguments,
        ],
    )
    later.training.find_runs()
    found = wait_for(qtbot, later, "interrupted")
    assert "without a word" in found.fault
    later.training.go_on_or_rest()
    wait_for(qtbot, later, "running", 1)
    later.training.stop()
    wait_for(qtbot, later, "stopped")
    qtbot.waitUntil(lambda: not second.process_ids, timeout=PATIENCE_MS)
    second.close()


def test_a_folder_that_cannot_be_written_is_told(
    session: Session, follow: Follow, tmp_path: Path
) -> None:
    follow()
    (tmp_path / "file").touch()
    session.training.choose_runs_folder(tmp_path / "file")
    session.training.start()
    newest = session.messages.newest
    assert newest is not None
    assert "cannot be written" in newest.text
