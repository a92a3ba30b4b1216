from pathlib import Path

import pytest

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.session.training.course import Course
from explorer.session.training.requests import (
    ContinueRun,
    PauseRun,
    ResumeRun,
    StartRun,
    StopRun,
    WatchRuns,
)
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.training.desk import MUSIC, Desk, a_run

BEST, BACH = Path("/runs/run/best.safetensors"), Path("/music/jazz/bach.ogg")


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_run_starts_as_planned_in_a_folder_of_its_own(
    desk: Desk, tmp_path: Path
) -> None:
    training = desk.training
    training.choose_runs_folder(tmp_path)
    training.start()
    assert not desk.of_kind(StartRun)  # there are no songs yet
    desk.find_songs()
    training.planning.set_value("epochs", 9)
    training.start()
    (first,) = desk.of_kind(StartRun)
    assert first.folders == (MUSIC,)
    assert first.plan.epochs == 9
    assert first.out.parent == tmp_path
    first.out.mkdir()
    training.start()
    assert desk.of_kind(StartRun)[1].out != first.out


def test_one_run_at_a_time(desk: Desk) -> None:
    desk.find_songs()
    desk.training.show_runs((a_run(),))
    assert not desk.training.can_start
    desk.training.start()
    assert not desk.of_kind(StartRun)


def test_a_run_under_way_is_looked_at_first(desk: Desk) -> None:
    old = a_run("old", phase="finished", changed_s=3_000.0)
    desk.training.show_runs((old, a_run("now", changed_s=2_000.0)))
    assert desk.training.runs.all[0] == old
    assert desk.training.runs.shown is not None
    assert desk.training.runs.shown.name == "now"


@pytest.mark.parametrize(
    ("phase", "resumable", "wanted"),
    [
        ("running", False, PauseRun),
        ("preparing", False, PauseRun),
        ("paused", False, ContinueRun),
        ("interrupted", True, ResumeRun),
        ("failed", True, ResumeRun),
        ("finished", False, None),
    ],
)
def test_a_run_rests_and_goes_on(
    desk: Desk, phase: str, resumable: bool, wanted: type | None
) -> None:
    run = a_run(phase=phase, resumable=resumable)
    desk.training.show_runs((run,))
    desk.training.go_on_or_rest()
    expected = [] if wanted is None else [wanted(folder=run.folder)]
    heard = [one for one in desk.heard if not isinstance(one, WatchRuns)]
    assert heard == expected
    assert desk.training.can_go_on_or_rest == (wanted is not None)


def test_a_pause_that_is_still_to_come_can_be_taken_back(desk: Desk) -> None:
    run = a_run(phase="preparing", wish="pause")
    desk.training.show_runs((run,))
    desk.training.go_on_or_rest()
    assert desk.of_kind(ContinueRun) == [ContinueRun(folder=run.folder)]


def test_no_run_is_resumed_beside_another(desk: Desk) -> None:
    stopped = a_run("stopped", phase="interrupted", resumable=True)
    desk.training.show_runs((stopped, a_run("now")))
    desk.training.runs.choose(stopped.folder)
    assert not desk.training.can_go_on_or_rest
    desk.training.go_on_or_rest()
    assert not desk.of_kind(ResumeRun)


def test_stopping_is_for_what_is_under_way(desk: Desk) -> None:
    run = a_run()
    desk.training.show_runs((run,))
    desk.training.stop()
    assert desk.of_kind(StopRun) == [StopRun(folder=run.folder)]
    desk.training.show_runs((a_run(phase="stopped"),))
    desk.training.stop()
    assert len(desk.of_kind(StopRun)) == 1


def test_exploring_opens_the_best_so_far_and_stops_nothing(
    desk: Desk, session: Session, engine: FakeEngine
) -> None:
    engine.start()
    desk.training.show_runs((a_run(),))
    desk.training.explore()  # there is nothing yet
    desk.training.show_runs((a_run(checkpoint=BEST, best_epoch=2),))
    desk.training.explore()
    engine.run()
    assert session.model is not None
    assert session.model.path == BEST
    assert not desk.of_kind(StopRun)


def test_a_held_out_song_is_heard_through_the_weights(
    desk: Desk, session: Session, engine: FakeEngine
) -> None:
    engine.start()
    desk.training.show_runs((a_run(checkpoint=BEST, best_epoch=2, song=BACH),))
    desk.training.hear()
    engine.run()
    assert session.model is not None
    assert session.song is not None
    assert (session.model.path, session.song.path) == (BEST, BACH)
    assert session.playback.playing


def test_better_weights_are_taken_up_as_they_come(
    desk: Desk, session: Session, engine: FakeEngine
) -> None:
    engine.start()
    training = desk.training

    def opened() -> int:
        engine.run()
        return len(engine.of_kind(protocol.OpenModel))

    before = opened()
    training.show_runs((a_run(checkpoint=BEST, best_epoch=2, song=BACH),))
    training.hear()
    assert opened() == before + 1
    training.show_runs((a_run(checkpoint=BEST, best_epoch=3, song=BACH),))
    assert opened() == before + 1  # nobody asked to
    training.set_following(True)
    assert opened() == before + 2
    training.show_runs(
        (a_run(checkpoint=BEST, best_epoch=3, song=BACH, epochs_done=9),)
    )
    assert opened() == before + 2  # no better
    training.show_runs((a_run(checkpoint=BEST, best_epoch=10, song=BACH),))
    assert opened() == before + 3
    assert session.playback.playing


def test_the_course_of_another_run_is_not_shown(desk: Desk) -> None:
    training = desk.training
    training.show_runs((a_run("one"), a_run("two")))
    training.runs.choose(Path("/runs/one"))
    training.show_course(Course(folder=Path("/runs/two"), live_axes=3.0))
    seen = [training.watched.course.live_axes]
    training.show_course(Course(folder=Path("/runs/one"), live_axes=4.0))
    seen.append(training.watched.course.live_axes)
    training.runs.choose(Path("/runs/two"))
    seen.append(training.watched.course.live_axes)
    assert seen == [None, 4.0, None]


def test_another_folder_has_other_runs(desk: Desk, tmp_path: Path) -> None:
    training = desk.training
    training.open_page()
    training.show_runs((a_run(),))
    training.choose_runs_folder(tmp_path)
    assert training.runs.all == ()
    assert desk.heard[-1] == WatchRuns(folder=tmp_path, chosen=None)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("finished", "run has finished training."),
        ("failed", "run has stopped training. Memory ran out."),
        ("stopped", ""),
    ],
)
def test_the_end_of_a_run_is_told_once_wherever_the_person_is(
    desk: Desk, session: Session, phase: str, words: str
) -> None:
    fault = "Memory ran out." if phase == "failed" else ""
    ended = a_run(phase=phase, fault=fault)
    desk.training.show_runs((ended,))  # it had ended before the program was opened
    assert session.messages.newest is None
    desk.training.show_runs((a_run(),))
    desk.training.show_runs((ended,))
    desk.training.show_runs((ended,))
    told = [one.text for one in session.messages.standing]
    assert told == ([words] if words else [])
