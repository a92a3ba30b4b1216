import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.session.point import RANGE_SIGMA
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import (
    LEFT,
    PLAIN,
    SHIFT,
    drag,
    move,
    place,
)


def test_a_drag_moves_the_axis_and_is_one_step(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    start = session.point
    drag(slider, 0.5, 1.0, 2.0)
    assert session.values[0] == pytest.approx(2.0, abs=0.1)
    session.undo()
    assert session.point == start


def test_escape_gives_a_drag_up_as_if_it_had_not_been(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[3]
    session.move_axis(5, 1.0)
    session.undo()
    before = session.history.steps, session.history.index
    QTest.mousePress(slider, LEFT, PLAIN, place(slider, slider.state.value))
    move(slider, place(slider, 2.0))
    assert session.values[3] == pytest.approx(2.0, abs=0.1)
    QTest.keyClick(slider, Qt.Key.Key_Escape)
    assert (session.history.steps, session.history.index) == before
    move(slider, place(slider, 3.0))  # the button is down still
    QTest.mouseRelease(slider, LEFT, PLAIN, place(slider, 3.0))
    assert (session.history.steps, session.history.index) == before
    assert slider.state.value == pytest.approx(float(session.path_mean[3]))
    session.redo()
    assert session.values[5] == pytest.approx(1.0)


def test_two_drags_are_two_steps(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[0]
    drag(slider, 1.0, 2.0)
    drag(slider, -1.0, -2.0)
    session.undo()
    assert session.values[0] == pytest.approx(2.0, abs=0.1)


def test_a_drag_goes_no_further_than_the_range(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    QTest.mousePress(slider, LEFT, PLAIN, place(slider, slider.state.value))
    move(slider, QPoint(5000, 5))
    QTest.mouseRelease(slider, LEFT, PLAIN, QPoint(5000, 5))
    assert session.values[0] == pytest.approx(RANGE_SIGMA)


def test_a_click_on_the_track_goes_there(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[9]
    QTest.mouseClick(slider, LEFT, PLAIN, place(slider, 4.0))
    assert session.values[9] == pytest.approx(4.0, abs=0.1)


def test_shift_drags_ten_times_finer(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[0]
    session.move_axis(0, 0.0)
    drag(slider, 1.0, 2.0, keys=SHIFT)
    assert session.values[0] == pytest.approx(0.2, abs=0.03)
