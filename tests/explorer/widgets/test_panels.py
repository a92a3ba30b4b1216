from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine

Screen = Callable[[int], None]


@pytest.fixture
def screen(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Says how wide the screen is, pixels."""

    class Screen:
        def __init__(self, width: int) -> None:
            self._width = width

        def availableGeometry(self) -> QRect:  # noqa: N802 - as Qt calls it
            return QRect(0, 0, self._width, 640)

    def set_width(width: int) -> None:
        monkeypatch.setattr(window, "screen", lambda: Screen(width))

    return set_width


def shown(window: MainWindow) -> set[str]:
    docks = window.panels.docks
    return {name for name, dock in docks.items() if not dock.isHidden()}


def test_on_a_wide_screen_there_is_room_for_panels_on_both_sides(
    window: MainWindow, screen: Screen
) -> None:
    screen(1920)
    for name in ("songs", "history", "map"):
        window.actions_[name].trigger()
    assert shown(window) == {"songs", "history", "map"}


@pytest.mark.parametrize("order", [("history", "map"), ("map", "history")])
def test_panels_of_a_side_share_its_height(
    window: MainWindow, screen: Screen, order: tuple[str, str]
) -> None:
    screen(1920)
    window.resize(1600, 1000)
    for name in order:
        window.actions_[name].trigger()
        QApplication.processEvents()
    heights = [window.panels.docks[name].height() for name in order]
    assert max(heights) < 1.2 * min(heights)


def test_a_song_that_is_opened_beside_a_training_shows_its_list_afterwards(
    window: MainWindow, screen: Screen, session: Session, engine: FakeEngine
) -> None:
    screen(1920)
    window.actions_["map"].trigger()
    window.actions_["train_page"].trigger()
    session.open_song(Path("/music/run.flac"))
    engine.run()
    assert shown(window) == set(), "the train page keeps its room"
    window.actions_["train_page"].trigger()
    assert shown(window) == {"songs", "map"}


def test_on_a_narrow_screen_a_panel_takes_the_place_of_the_other_sides(
    window: MainWindow, screen: Screen
) -> None:
    screen(1024)
    window.resize(1024, 640)
    window.actions_["songs"].trigger()
    window.actions_["history"].trigger()
    window.actions_["map"].trigger()
    QApplication.processEvents()
    assert shown(window) == {"history", "map"}
    assert not window.actions_["songs"].isChecked()
    window.actions_["songs"].trigger()
    QApplication.processEvents()
    assert shown(window) == {"songs"}
    assert window.width() == 1024
    window.actions_["songs"].trigger()
    assert shown(window) == set()
