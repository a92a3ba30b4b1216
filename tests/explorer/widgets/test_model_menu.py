from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.model_menu import ModelMenu
from tests.explorer.fake_engine import SHIPPED, FakeEngine
from vae.resources import ShippedModel

OTHER = SHIPPED.with_name("model-128s.safetensors")
OWN = Path("/home/me/mine.safetensors")


@pytest.fixture
def session() -> Session:
    two = [
        ShippedModel(path=SHIPPED, title="Every 2 s", details="64 latents for 2 s"),
        ShippedModel(path=OTHER, title="128 s & more", details="64 latents for 128 s"),
    ]
    return Session(song_path=Path("/music/walk.flac"), shipped=two)


@pytest.fixture(name="menu")
def _menu(window: MainWindow, qtbot: QtBot) -> Iterator[ModelMenu]:
    found = window.menuBar().findChild(ModelMenu) or window.findChild(ModelMenu)
    assert isinstance(found, ModelMenu)
    yield found
    del qtbot


def choices(menu: ModelMenu) -> dict[str, bool]:
    """The models of the menu, and which has the mark."""
    return {
        action.text(): action.isChecked()
        for action in menu.actions()
        if action.isCheckable()
    }


def choice(menu: ModelMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def test_what_comes_with_the_program_is_listed_and_what_is_open_marked(
    menu: ModelMenu,
) -> None:
    assert choices(menu) == {"Every 2 s": True, "128 s && more": False}
    assert choice(menu, "128 s && more").toolTip() == "64 latents for 128 s"
    assert "Open &model…" in [action.text() for action in menu.actions()]


def test_choosing_another_opens_it_and_the_mark_follows_when_it_is_there(
    menu: ModelMenu, session: Session, engine: FakeEngine
) -> None:
    engine.silent = True
    choice(menu, "128 s && more").trigger()
    assert choices(menu) == {"Every 2 s": True, "128 s && more": False}
    engine.silent = False
    engine.run()
    assert session.model is not None
    assert session.model.path == OTHER
    assert choices(menu) == {"Every 2 s": False, "128 s && more": True}
    assert session.places.models != OTHER.parent, "nobody keeps models there"


def test_choosing_what_is_open_does_nothing(
    menu: ModelMenu, engine: FakeEngine
) -> None:
    asked = len(engine.of_kind(protocol.OpenModel))
    choice(menu, "Every 2 s").trigger()
    engine.run()
    assert len(engine.of_kind(protocol.OpenModel)) == asked
    assert choices(menu)["Every 2 s"]


def test_one_that_cannot_be_opened_leaves_the_mark(
    menu: ModelMenu, engine: FakeEngine
) -> None:
    engine.refused[OTHER] = "it is damaged"
    choice(menu, "128 s && more").trigger()
    engine.run()
    assert choices(menu) == {"Every 2 s": True, "128 s && more": False}


def test_a_model_of_ones_own_is_listed_while_it_is_open(
    menu: ModelMenu, session: Session, engine: FakeEngine
) -> None:
    session.open_model(OWN)
    engine.run()
    assert choices(menu) == {"Every 2 s": False, "128 s && more": False, "mine": True}
    choice(menu, "Every 2 s").trigger()
    engine.run()
    assert "mine" not in choices(menu)


def test_names_are_found_for_a_model_of_ones_own_that_has_none(
    menu: ModelMenu, session: Session, engine: FakeEngine
) -> None:
    asked: list[object] = []
    session.naming.requested.connect(asked.append)
    action = choice(menu, "Find &names for the sliders")
    engine.nameless = True
    session.open_model(OTHER)
    engine.run()
    assert not action.isEnabled()  # it comes with the program
    session.open_model(OWN)
    engine.run()
    assert action.isEnabled()
    action.trigger()
    assert len(asked) == 1
    assert not action.isEnabled()  # it is under way
