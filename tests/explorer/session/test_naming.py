from pathlib import Path

import numpy as np
import pytest

from explorer.session.messages import Message
from explorer.session.naming import FindNames, Request, StopFinding
from explorer.session.session import Session
from tests.explorer.fake_engine import LATENT_SIZE, FakeEngine, fake_basis
from tests.explorer.session.training.desk import a_run
from vae.errors import CheckpointError
from vae.latents.directions import Direction
from vae.latents.names_file import Names
from vae.latents.traits import AxisTraits

SONG = Path("/music/walk.flac")
OWN = Path("/runs/mine/model.safetensors")
LOUDER = AxisTraits(name="louder", opposite="softer")
FOUND = Names(
    traits=(LOUDER, AxisTraits(), *[AxisTraits(name="wider")] * (LATENT_SIZE - 2)),
    directions=(
        Direction(vector=np.eye(LATENT_SIZE, dtype=np.float32)[5], does=LOUDER),
    ),
)


class Files:
    """What model files say, without a disk."""

    def __init__(self) -> None:
        self.names = FOUND
        self.size = LATENT_SIZE

    def read(self, path: Path) -> Names:
        if path.name == "gone.safetensors":
            raise CheckpointError("it is gone")
        return self.names


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def session(files: Files) -> Session:
    return Session(
        song_path=SONG,
        read_basis=lambda _: fake_basis(files.size),
        read_names=files.read,
    )


@pytest.fixture
def heard(session: Session) -> list[Request]:
    """What is asked of the process that listens."""
    asked: list[Request] = []
    session.naming.requested.connect(asked.append)
    return asked


@pytest.fixture
def engine(session: Session) -> FakeEngine:
    """With a model of one's own open, which nobody has listened to."""
    engine = FakeEngine(session, kept=64)
    engine.start()
    engine.nameless = True
    session.open_model(OWN)
    engine.run()
    return engine


def newest(session: Session) -> Message:
    message = session.messages.newest
    assert message is not None
    return message


@pytest.mark.usefixtures("engine")
def test_a_model_without_names_is_offered_some_once(session: Session) -> None:
    message = newest(session)
    assert message.offer is not None
    assert message.offer.text == "Find names"
    session.messages.dismiss(message)
    session.model_changed.emit()
    assert session.messages.newest is None


def test_what_has_names_is_not_offered_any(session: Session) -> None:
    FakeEngine(session, kept=64).start()
    assert session.messages.newest is None


@pytest.mark.usefixtures("engine")
def test_names_arrive_and_nothing_else_changes(
    session: Session, heard: list[Request]
) -> None:
    session.names.rename(3, "Hall")
    session.locks.toggle(7)
    session.move_axis(2, 1.5)
    point, steps = session.point, session.history.steps
    opened: list[bool] = []
    session.model_changed.connect(lambda: opened.append(True))
    (offer,) = [one for one in session.messages.standing if one.offer is not None]
    session.messages.accept(offer)
    assert heard == [FindNames(model=OWN, songs=(SONG,))]
    assert offer not in session.messages.standing
    assert not session.naming.wanting  # it is under way
    session.naming.advance(0.25, "Listening…")
    task = session.tasks.newest
    assert task is not None
    assert (task.label, task.fraction) == ("Listening…", 0.25)
    session.naming.finish("")
    assert session.tasks.newest is None
    assert session.names.of(0) == "louder"
    assert session.names.of(3) == "Hall"
    assert session.coordinates.audible
    assert session.coordinates.kind == "axes"
    assert (session.point, session.history.steps) == (point, steps)
    assert session.locks.is_locked(7)
    assert not opened
    assert newest(session).text == (
        "63 of 64 sliders have a name now. By ear there are: louder."
    )
    assert not session.naming.wanting


def test_sliders_by_ear_that_were_wanted_are_there_with_the_names(
    session: Session, engine: FakeEngine
) -> None:
    session.coordinates.choose("ear")
    assert session.coordinates.noun == "Axis"
    session.naming.find()
    session.naming.finish("")
    assert session.coordinates.noun == "Direction"
    assert session.coordinates.name(0) == "louder"
    del engine


def test_no_slider_changes_under_the_hand(session: Session, engine: FakeEngine) -> None:
    session.coordinates.choose("ear")
    session.naming.find()
    session.begin_gesture()
    session.move_axis(0, 1.0)
    session.naming.finish("")
    assert session.coordinates.noun == "Axis"
    session.end_gesture()
    session.coordinates.choose("ear")
    assert session.coordinates.noun == "Direction"
    del engine


@pytest.mark.usefixtures("engine")
def test_given_up_it_asks_the_process_to_end(
    session: Session, heard: list[Request]
) -> None:
    session.naming.find()
    task = session.tasks.newest
    assert task is not None
    session.tasks.cancel(task.request)
    assert heard[-1] == StopFinding()
    assert session.naming.wanting
    session.naming.finish("")  # it had just ended
    assert session.names.of(0) == ""


@pytest.mark.usefixtures("engine")
def test_a_lost_engine_does_not_end_it(session: Session) -> None:
    session.naming.find()
    session.reception.lose_engine("has crashed", restarting=True)
    assert session.naming.under_way
    session.naming.finish("")
    assert session.names.of(0) == "louder"


@pytest.mark.usefixtures("engine")
def test_a_failure_is_told_and_it_can_be_tried_again(session: Session) -> None:
    session.naming.find()
    session.naming.finish("The disk is full.")
    message = newest(session)
    assert message.severity == "error"
    assert message.text == "No names were found for the sliders. The disk is full."
    assert session.naming.wanting


def test_names_of_a_model_that_is_no_longer_open_stay_in_its_file(
    session: Session, engine: FakeEngine
) -> None:
    session.naming.find()
    session.open_model(Path("/other/model.safetensors"))
    engine.run()
    session.naming.finish("")
    assert session.names.of(0) == ""
    assert "mine/model.safetensors have names now" in newest(session).text


def test_names_of_another_model_in_the_file_are_not_taken(
    session: Session, engine: FakeEngine, files: Files
) -> None:
    session.naming.find()
    files.size = LATENT_SIZE // 2
    session.naming.finish("")
    assert session.names.of(0) == ""
    del engine


def test_a_model_of_a_run_is_heard_on_the_songs_of_the_run(
    session: Session, heard: list[Request], tmp_path: Path, engine: FakeEngine
) -> None:
    model = tmp_path / "model.safetensors"
    (tmp_path / "options.json").touch()
    session.open_model(model)
    engine.run()
    session.naming.find()
    assert heard[-1] == FindNames(model=model, songs=())
    session.naming.finish("Nobody listened.")
    gone = a_run(phase="finished", folder=tmp_path, checkpoint=model, song=None)
    session.training.show_runs((gone,))
    session.naming.find()
    assert heard[-1] == FindNames(model=model, songs=(SONG,))


@pytest.mark.usefixtures("engine")
def test_the_model_of_a_run_gets_names_without_being_opened(
    session: Session, heard: list[Request]
) -> None:
    model = Path("/runs/old/model.safetensors")
    session.training.show_runs((a_run("old", checkpoint=model),))
    assert not session.naming.wanting_run  # it is named when it is done
    ended = a_run("old", checkpoint=model, phase="stopped")
    session.training.show_runs((ended,))
    session.naming.find_of_run()
    assert isinstance(heard[-1], FindNames)
    assert heard[-1].model == model
    session.naming.finish("")
    assert "old/model.safetensors have names now" in newest(session).text
    named = a_run("old", checkpoint=model, phase="stopped", named=True)
    session.training.show_runs((named,))
    assert not session.naming.wanting_run


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize(
    ("phase", "named", "offered"),
    [
        ("stopped", False, True),
        ("finished", False, True),
        ("finished", True, False),
        ("failed", False, False),
    ],
)
def test_a_run_that_ends_without_names_is_offered_some(
    session: Session, heard: list[Request], phase: str, named: bool, offered: bool
) -> None:
    session.messages.clear("names")
    model = Path("/runs/now/best.safetensors")
    session.training.show_runs((a_run("now", checkpoint=model),))
    ended = a_run("now", checkpoint=model, phase=phase, named=named)
    session.training.show_runs((ended,))
    offers = [one for one in session.messages.standing if one.offer is not None]
    assert [one.text.split(".")[0] for one in offers] == (
        ["The sliders of now have no names yet"] * offered
    )
    for one in offers:
        session.messages.accept(one)
        assert heard == [FindNames(model=model, songs=(SONG,))]


@pytest.mark.usefixtures("engine")
def test_while_its_run_is_under_way_nothing_is_offered_and_then_its_names_are_taken(
    session: Session,
) -> None:
    live = a_run("mine", checkpoint=OWN)
    session.training.show_runs((live,))
    assert not session.naming.wanting
    done = a_run("mine", checkpoint=OWN, phase="finished", named=True)
    session.training.show_runs((done,))
    assert session.names.of(0) == "louder"
