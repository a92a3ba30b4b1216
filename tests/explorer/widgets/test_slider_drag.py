import pytest
from PySide6.QtCore import QPoint
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
