import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import (
    CONTROL,
    LEFT,
    PLAIN,
    SHIFT,
    place,
    turn_wheel,
)


@pytest.mark.parametrize(
    "way", ["double-click", "double-click beside", "control-click", "home"]
)
def test_a_slider_goes_back_to_the_song(
    window: MainWindow, session: Session, way: str
) -> None:
    slider = window.explore.slider_bank.sliders[5]
    session.move_axis(5, 3.0)
    middle = place(slider, 3.0)
    if way.startswith("double-click"):
        middle = place(slider, -2.0) if way.endswith("beside") else middle
        QTest.mouseClick(slider, LEFT, PLAIN, middle)
        QTest.mouseDClick(slider, LEFT, PLAIN, middle)
    elif way == "control-click":
        QTest.mouseClick(slider, LEFT, CONTROL, middle)
    else:
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_Home)
    assert not session.point.moved
    session.undo()
    assert session.values[5] == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    ("key", "modifier", "step"),
    [
        (Qt.Key.Key_Right, PLAIN, 0.1),
        (Qt.Key.Key_Up, PLAIN, 0.1),
        (Qt.Key.Key_Left, PLAIN, -0.1),
        (Qt.Key.Key_Down, SHIFT, -0.01),
        (Qt.Key.Key_Right, SHIFT, 0.01),
        (Qt.Key.Key_PageUp, PLAIN, 1.0),
        (Qt.Key.Key_PageDown, PLAIN, -1.0),
    ],
)
def test_keys_move_the_slider_with_the_focus(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, step: float
) -> None:
    slider = window.explore.slider_bank.sliders[7]
    before = slider.state.value
    slider.setFocus()
    QTest.keyClick(slider, key, modifier)
    assert slider.state.value == pytest.approx(before + step, abs=0.006)


def test_keys_that_follow_each_other_are_one_step(
    window: MainWindow, session: Session
) -> None:
    start = session.point
    slider = window.explore.slider_bank.sliders[7]
    slider.setFocus()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    session.undo()
    assert session.point == start


def test_keys_that_follow_an_undo_are_one_step_of_their_own(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[7]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_Right)
    session.undo()
    steps = session.history.index
    for _ in range(3):
        QTest.keyClick(slider, Qt.Key.Key_Left)
    assert session.history.index == steps + 1
    session.undo()
    assert not session.point.moved


def test_the_wheel_moves_only_the_slider_with_the_focus(
    window: MainWindow, session: Session
) -> None:
    window.activateWindow()
    first, second = window.explore.slider_bank.sliders[:2]
    first.setFocus()
    start = session.values
    assert not turn_wheel(second, 1)
    np.testing.assert_array_equal(session.values, start)
    assert turn_wheel(first, 2)
    assert session.values[0] == pytest.approx(start[0] + 0.2, abs=0.006)


def test_a_screen_reader_finds_the_value_and_can_set_it(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[11]
    session.move_axis(11, 1.5)
    accessible = QAccessible.queryAccessibleInterface(slider)
    assert accessible.text(QAccessible.Text.Name) == "Axis 12"
    assert accessible.role() == QAccessible.Role.Slider
    value = accessible.valueInterface()
    assert value.currentValue() == 150
    value.setCurrentValue(-50)
    assert session.values[11] == pytest.approx(-0.5)


def test_a_slider_moved_by_keys_shows_its_value_where_values_have_no_room(
    window: MainWindow, session: Session
) -> None:
    session.names.rename(5, "a name that is long enough")
    window.resize(800, 700)
    QApplication.processEvents()
    slider = window.explore.slider_bank.sliders[5]
    area = slider.row.value_area(slider.rect())
    assert not slider.row.shows_values(slider.rect())

    def written() -> QImage:
        return slider.grab(area).toImage()

    session.move_axis(5, 1.11)
    named = written()
    session.move_axis(5, 1.12)
    assert written() == named
    slider.setFocus()
    valued = written()
    assert valued != named
    session.move_axis(5, 1.19)
    assert written() != valued
    window.setFocus()
    session.move_axis(5, 1.11)
    QTest.mouseClick(slider, LEFT, PLAIN, place(slider, 1.11))
    by_mouse = written()
    session.move_axis(5, 1.12)
    assert written() == by_mouse, "its bubble tells the value"
    QTest.keyClick(slider, Qt.Key.Key_Right)
    assert written() != by_mouse
