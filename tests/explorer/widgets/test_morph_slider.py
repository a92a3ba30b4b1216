import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.morph_slider import STEPS, MorphSlider
from tests.explorer.hand import LEFT, PLAIN, SHIFT, move


@pytest.fixture
def morph(window: MainWindow, session: Session) -> MorphSlider:
    """Between two points that differ on the first axis by 2 σ; at B."""
    session.slots.keep("A")
    session.move_axis(0, float(session.values[0]) + 2.0)
    session.slots.keep("B")
    return window.explore.tools_bar.slot_bar.morph


def place(morph: MorphSlider, x: int) -> QPoint:
    return QPoint(x, morph.height() // 2)


def drag(morph: MorphSlider, start: int, stop: int, keys: Qt.KeyboardModifier) -> None:
    QTest.mousePress(morph, LEFT, keys, place(morph, start))
    move(morph, place(morph, stop), keys=keys)
    QTest.mouseRelease(morph, LEFT, keys, place(morph, stop))


def test_a_click_beside_the_handle_brings_it_there(morph: MorphSlider) -> None:
    middle = place(morph, morph.width() // 2)
    QTest.mouseClick(morph, LEFT, PLAIN, middle)
    assert morph.value() == pytest.approx(STEPS / 2, abs=0.02 * STEPS)


def test_with_shift_it_is_taken_from_afar_and_goes_ten_times_finer(
    morph: MorphSlider,
) -> None:
    morph.setValue(STEPS // 2)
    drag(morph, morph.width() // 2, morph.width() // 2 + 30, PLAIN)
    plainly = morph.value() - STEPS // 2
    morph.setValue(STEPS // 2)
    drag(morph, 10, 40, SHIFT)
    assert plainly > 0.1 * STEPS
    assert morph.value() - STEPS // 2 == pytest.approx(plainly / 10, abs=2)


def test_escape_gives_the_drag_up_as_if_it_had_not_been(
    morph: MorphSlider, session: Session, window: MainWindow
) -> None:
    point, steps = session.point, session.history.steps
    QTest.mousePress(morph, LEFT, PLAIN, place(morph, morph.width() - 6))
    move(morph, place(morph, 30))
    assert session.point != point
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.point == point
    assert morph.value() == STEPS
    move(morph, place(morph, 10))
    QTest.mouseRelease(morph, LEFT, PLAIN, place(morph, 10))
    assert (session.point, session.history.steps) == (point, steps)


def test_a_double_click_goes_half_way_as_one_step(
    morph: MorphSlider, session: Session
) -> None:
    start, steps = float(session.values[0]), len(session.history.steps)
    QTest.mouseClick(morph, LEFT, PLAIN, place(morph, 20))
    QTest.mouseDClick(morph, LEFT, PLAIN, place(morph, 20))
    assert session.values[0] == pytest.approx(start - 1.0, abs=1e-4)
    assert morph.value() == STEPS // 2
    assert len(session.history.steps) == steps + 1


def test_a_drag_ends_where_there_is_nothing_to_go_between_any_more(
    morph: MorphSlider, session: Session
) -> None:
    QTest.mousePress(morph, LEFT, PLAIN, place(morph, morph.width() - 6))
    move(morph, place(morph, 30))
    between = session.point
    session.slots.clear()
    assert not morph.isSliderDown()
    move(morph, place(morph, 60))
    assert session.point == between
    assert not session.history.in_gesture
