from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.services.namer import Namer
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine, fake_basis
from tests.models import TINY, saved
from tests.sounds import write_song
from vae.checkpoint import load_checkpoint

PATIENCE_MS = 60_000  # for a process to load torch on a busy machine


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "mine.safetensors"
    saved(replace(TINY, latent_size=2), path)
    return path


@pytest.fixture
def session(tmp_path: Path, model: Path) -> Session:
    """One with a model open that nobody has listened to, and a song of two seconds."""
    song = write_song(tmp_path / "song.wav", seconds=2)
    session = Session(
        song_path=song, model_path=model, read_basis=lambda _: fake_basis(2)
    )
    engine = FakeEngine(session, kept=64, latent_size=2)
    engine.nameless = True
    engine.start()
    return session


@pytest.fixture(autouse=True)
def namer(session: Session, qtbot: QtBot) -> Iterator[Namer]:
    del qtbot  # its event loop is used
    namer = Namer(session)
    yield namer
    namer.close()


def test_a_process_listens_and_the_sliders_take_the_names(
    session: Session, qtbot: QtBot, model: Path
) -> None:
    labels: set[str] = set()

    def look() -> None:
        if session.tasks.newest is not None:
            labels.add(session.tasks.newest.label)

    session.tasks.changed.connect(look)
    session.naming.find()
    wait(qtbot, lambda: not session.naming.under_way)
    message = session.messages.newest
    assert message is not None
    assert message.severity == "notice", message.text
    assert "Finding names: listening…" in labels
    traits = load_checkpoint(model).traits
    assert len(traits) == 2
    assert [session.names.of(axis) for axis in range(2)] == [one.name for one in traits]


def test_given_up_it_leaves_the_model_alone(
    session: Session, qtbot: QtBot, model: Path
) -> None:
    before = model.read_bytes()
    session.naming.find()
    wait(qtbot, lambda: session.tasks.newest is not None)
    task = session.tasks.newest
    assert task is not None
    session.tasks.cancel(task.request)
    assert not session.naming.under_way
    assert model.read_bytes() == before


def test_what_keeps_it_from_listening_is_told(
    session: Session, qtbot: QtBot, model: Path
) -> None:
    model.write_bytes(b"no model any more")
    session.naming.find()
    wait(qtbot, lambda: not session.naming.under_way)
    message = session.messages.newest
    assert message is not None
    assert message.severity == "error"
    assert message.text.endswith("mine.safetensors is not a model file.")


def wait(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    qtbot.waitUntil(holds, timeout=PATIENCE_MS)
