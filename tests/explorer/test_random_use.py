"""A thousand things a person might do, in no order: nothing may break or leak."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import CONTROL, PLAIN, SHIFT, drag, turn_wheel

ACTIONS = 1_000
STOPS = (
    "…",
    "&Quit",
    "&About",
    "&Keyboard",
    "&Full screen",
)  # open a dialog, or end it
KEYS = (
    Qt.Key.Key_Space,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
    Qt.Key.Key_D,
    Qt.Key.Key_L,
    Qt.Key.Key_M,
    Qt.Key.Key_Plus,
    Qt.Key.Key_Minus,
    Qt.Key.Key_0,
    Qt.Key.Key_Delete,
)


class Person:
    """Does one thing after another, the same things for the same seed."""

    def __init__(self, window: MainWindow, engine: FakeEngine, seed: int) -> None:
        self._window = window
        self._engine = engine
        self._rng = np.random.default_rng(seed)
        self._closer = QTimer(window, interval=20)  # a dialog is looked at, and closed
        self._closer.timeout.connect(_close_dialogs)
        self._closer.start()
        self._verbs = (
            self._press_key,
            self._drag,
            self._choose_action,
            self._click_slider,
            self._wheel,
            self._click_picture,
            self._resize,
            self._wait,
        )

    def act(self) -> str:
        """Do something, and say what it was."""
        verb = self._verbs[int(self._rng.integers(len(self._verbs)))]
        what = verb()
        if self._rng.random() < 0.7:
            self._engine.run()
        return f"{verb.__name__} {what}"

    def _slider(self) -> int:
        return int(self._rng.integers(64))

    def _press_key(self) -> object:
        key = KEYS[int(self._rng.integers(len(KEYS)))]
        keys = (PLAIN, SHIFT, CONTROL)[int(self._rng.integers(3))]
        target = QApplication.focusWidget() or self._window
        QTest.keyClick(target, key, keys)
        return key

    def _drag(self) -> object:
        axis = self._slider()
        values = self._rng.uniform(-6, 6, size=int(self._rng.integers(1, 4)))
        drag(self._window.explore.slider_bank.sliders[axis], *map(float, values))
        return axis

    def _choose_action(self) -> object:
        actions = [
            action
            for menu in self._window.menuBar().actions()
            for action in menu.menu().actions()  # type: ignore[attr-defined]  # a QMenu
            if action.isEnabled()
            and not action.isSeparator()
            and action.menu() is None
            and not any(stop in action.text() for stop in STOPS)
        ]
        action = actions[int(self._rng.integers(len(actions)))]
        action.trigger()
        return action.text()

    def _click_slider(self) -> object:
        slider = self._window.explore.slider_bank.sliders[self._slider()]
        keys = CONTROL if self._rng.random() < 0.3 else PLAIN
        place = QPoint(
            int(self._rng.integers(slider.width())), slider.rect().center().y()
        )
        QTest.mouseClick(slider, Qt.MouseButton.LeftButton, keys, place)
        return slider.accessibleName()

    def _wheel(self) -> object:
        targets: tuple[QWidget, ...] = (
            self._window.explore.slider_bank.sliders[self._slider()],
            self._window.explore.image_view.viewport,
        )
        return turn_wheel(
            targets[int(self._rng.integers(2))], int(self._rng.choice([-1, 1]))
        )

    def _click_picture(self) -> object:
        viewport = self._window.explore.image_view.viewport
        place = QPoint(
            int(self._rng.integers(viewport.width())),
            int(self._rng.integers(viewport.height())),
        )
        keys = (PLAIN, SHIFT, CONTROL)[int(self._rng.integers(3))]
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, keys, place)
        return place

    def _resize(self) -> object:
        size = (int(self._rng.integers(900, 2000)), int(self._rng.integers(600, 1300)))
        self._window.resize(*size)
        return size

    def _wait(self) -> object:
        QApplication.processEvents()
        return ""


def _close_dialogs() -> None:
    for open_widget in (
        QApplication.activePopupWidget(),
        QApplication.activeModalWidget(),
    ):
        if open_widget is not None:
            open_widget.close()


@pytest.mark.parametrize("seed", [0, 8])
def test_a_thousand_random_actions_leave_everything_in_order(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    qtbot: QtBot,
    seed: int,
) -> None:
    person = Person(window, engine, seed)
    for _ in range(50):  # what is made once is made by now
        person.act()
    gc.collect()
    widgets = len(QApplication.allWidgets())
    with qtbot.captureExceptions() as exceptions:
        for _ in range(ACTIONS // 2):
            done = person.act()
            assert not exceptions, done
    engine.run()
    QApplication.processEvents()
    shown = [slider.state.value for slider in window.explore.slider_bank.sliders]
    wanted = session.coordinates.shown(session.values)  # also beyond the ends
    assert np.allclose(shown, wanted, atol=0.006)
    assert session.history.steps[session.history.index].point == session.point
    start = session.history.steps[0].point
    while session.history.undo_label is not None:
        session.undo()
    assert session.point == start
    gc.collect()
    assert len(QApplication.allWidgets()) <= widgets + 20
