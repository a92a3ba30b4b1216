"""A person who presses everything, in any order."""

import random

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.session.session import Session
from explorer.widgets.action_table import SPECS
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import drag, turn_wheel

DEEDS = 300
ASKING = ("open_song", "open_model", "export", "quit", "keyboard", "about")
KEYS = tuple(
    Qt.Key[f"Key_{name}"]
    for name in (
        *("Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home", "End"),
        *("Tab", "Backtab", "Return", "Escape", "Space", "Delete", "L", "R", "A"),
    )
)
MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def deed(window: MainWindow, choice: random.Random) -> None:
    """Do one thing with mouse or keyboard."""
    slider = choice.choice(window.slider_bank.sliders)
    match choice.randrange(6):
        case 0:
            focused: QWidget = QApplication.focusWidget() or window
            QTest.keyClick(focused, choice.choice(KEYS), choice.choice(MODIFIERS))
        case 1:
            drag(slider, *(choice.uniform(-6, 6) for _ in range(3)))
        case 2:
            names = [spec.name for spec in SPECS if spec.name not in ASKING]
            window.actions_[choice.choice(names)].trigger()
        case 3:
            place = QPoint(choice.randrange(900), choice.randrange(200))
            QTest.mouseClick(
                window.image_view.viewport, Qt.MouseButton.LeftButton, pos=place
            )
        case 4:
            slider.setFocus()
            turn_wheel(slider, choice.choice((-3, 1, 2)))
        case 5:
            window.resize(choice.randrange(400, 1900), choice.randrange(300, 1100))


def test_no_order_of_deeds_does_harm(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    choice = random.Random(11)
    for count in range(DEEDS):
        deed(window, choice)
        engine.run()
        engine.play_to(choice.uniform(0, 130))
        if count % 10 == 0:
            QApplication.processEvents()
    shown = [slider.state.value for slider in window.slider_bank.sliders]
    np.testing.assert_allclose(shown, session.values, atol=1e-5)
    assert session.picture_current
    assert np.abs(session.values).max() <= 5.0 + 1e-5
    assert window.message_bar.text == ""
