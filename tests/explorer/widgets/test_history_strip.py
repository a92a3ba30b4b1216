from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import LEFT, PLAIN, move


def steps(session: Session, count: int) -> list[object]:
    points: list[object] = [session.point]
    for number in range(count):
        session.move_axis(number % 64, 1.0 + number // 64)
        points.append(session.point)
    return points


def test_a_click_goes_to_a_step_and_a_drag_through_them(
    window: MainWindow, session: Session
) -> None:
    strip = window.explore.point_bar.history_strip
    points = steps(session, 6)
    QTest.mouseClick(strip, LEFT, PLAIN, strip.place_of(2))
    assert session.point == points[2]
    QTest.mousePress(strip, LEFT, PLAIN, strip.place_of(5))
    assert session.point == points[5]
    move(strip, strip.place_of(1))
    QTest.mouseRelease(strip, LEFT, PLAIN, strip.place_of(1))
    assert session.point == points[1]
    assert len(session.history.steps) == 7  # going there is no step of its own


def test_what_lies_beside_the_bars_is_no_step(
    window: MainWindow, session: Session
) -> None:
    strip = window.explore.point_bar.history_strip
    points = steps(session, 2)
    QTest.mouseClick(strip, LEFT, PLAIN, strip.place_of(0) - QPoint(10, 0))
    assert session.point == points[2]


def test_keys_go_from_step_to_step(window: MainWindow, session: Session) -> None:
    strip = window.explore.point_bar.history_strip
    points = steps(session, 3)
    strip.setFocus()
    for key, at in (
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_End, 3),
    ):
        QTest.keyClick(QApplication.focusWidget() or strip, key)
        assert session.point == points[at]
    assert session.playback.position == 0  # Home was the strip's own


def test_keys_with_control_stay_the_window_s(
    window: MainWindow, session: Session
) -> None:
    strip = window.explore.point_bar.history_strip
    points = steps(session, 3)
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert session.transport.position_s == 5.0
    assert session.point == points[3]
    QTest.keyClick(strip, Qt.Key.Key_Home)
    assert session.transport.position_s == 5.0
    assert session.point == points[0]


def test_it_says_where_one_is_and_always_shows_it(
    window: MainWindow, session: Session
) -> None:
    strip = window.explore.point_bar.history_strip
    steps(session, 100)
    words = strip.accessibleDescription()
    assert words == "Step 101 of 101: Axis 36 to +2.00 σ"
    for index in (100, 50, 0):
        session.go_to_step(index)
        assert strip.step_at(strip.place_of(index)) == index
        assert strip.rect().contains(strip.place_of(index))
