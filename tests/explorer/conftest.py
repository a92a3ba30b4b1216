"""A session with an engine that lives in the test, and the real window on it."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from explorer.services import vae_child
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.theme import DARK, apply_theme
from tests.explorer.fake_engine import LATENT_SIZE, FakeEngine, fake_basis

SONG = Path("/music/walk.flac")


@pytest.fixture(autouse=True)
def _hardly_stepping_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine would leave nothing to children that have only what is left."""
    monkeypatch.setattr(vae_child, "NICE", 1)


@pytest.fixture
def session() -> Session:
    seconds = itertools.count()  # so that the engine always has caught up with a seek
    return Session(
        song_path=SONG,
        rng=np.random.default_rng(5),
        clock_ns=lambda: next(seconds) * 10**9,
        read_basis=lambda _: fake_basis(LATENT_SIZE),
    )


@pytest.fixture
def engine(session: Session) -> FakeEngine:
    """Hears all of the session's commands, and answers when it is run."""
    return FakeEngine(session, kept=64)


@pytest.fixture
def window(session: Session, engine: FakeEngine, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window, with a song open, as a person finds it."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, DARK)
    shown = MainWindow(session, version="1.2.3")
    qtbot.addWidget(shown)
    engine.start()  # before it is shown, so that it is painted once
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    application.clipboard().clear()  # what outlives Python crashes where no screen is
    shown.hide()
