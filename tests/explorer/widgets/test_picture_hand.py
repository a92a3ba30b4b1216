import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.image_view import ImageView
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import SAMPLE_RATE, FakeEngine
from tests.explorer.hand import CONTROL, LEFT, PLAIN, SHIFT, move, turn_wheel


def at(view: ImageView, position_s: float, share: float = 0.5) -> QPoint:
    """Where in the plot a time and a share of the frequency axis lie."""
    return QPoint(round(view.x_of(position_s)), round(view.plot.y_of(share)))


def pull(view: ImageView, start_s: float, stop_s: float, *, shifted: bool) -> None:
    """Drag on the picture."""
    keys = SHIFT if shifted else Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view.viewport, LEFT, keys, at(view, start_s))
    move(view.viewport, at(view, stop_s), keys=keys)
    QTest.mouseRelease(view.viewport, LEFT, keys, at(view, stop_s))


def region_s(session: Session) -> tuple[float, float]:
    assert session.playback.region is not None
    start, stop = session.playback.region
    return start / SAMPLE_RATE, stop / SAMPLE_RATE


def test_the_wheel_zooms_at_the_pointer_and_pans(
    window: MainWindow, session: Session
) -> None:
    view, seen = window.explore.image_view, session.view
    QApplication.processEvents()
    place = at(view, 32.0)
    assert turn_wheel(view.viewport, 5, keys=CONTROL, at=place)
    assert seen.time.size == pytest.approx(1.25**-5)
    assert view.x_of(32.0) == pytest.approx(place.x(), abs=3)
    assert seen.frequency.whole
    turn_wheel(view.viewport, 3, keys=SHIFT, at=place)
    assert seen.frequency.size == pytest.approx(1.25**-3)
    before = seen.time.low
    turn_wheel(view.viewport, -2, at=place)
    assert seen.time.low == pytest.approx(before + 0.2 * seen.time.size)
    QTest.mouseDClick(view.viewport, LEFT, pos=place)
    assert seen.whole
    assert session.transport.position_s == 0.0


def test_a_pinch_zooms(window: MainWindow, session: Session) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    place = QPointF(at(view, 64.0))
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        place,
        0.5,
        QPointF(),
    )
    QApplication.sendEvent(view.viewport, pinch)
    assert session.view.time.size == pytest.approx(1 / 1.5)


def test_the_middle_button_pulls_the_picture_along(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    session.view.zoom_time(4.0, 0.5)
    under = view.plot.place_at(QPointF(600, 100))[0]
    middle = Qt.MouseButton.MiddleButton
    QTest.mousePress(view.viewport, middle, pos=QPoint(600, 100))
    move(view.viewport, QPoint(700, 100))
    QTest.mouseRelease(view.viewport, middle, pos=QPoint(700, 100))
    assert view.x_of(under) == pytest.approx(700, abs=3)
    assert session.transport.position_s == 0.0


def test_keys_zoom_and_see_all(window: MainWindow, session: Session) -> None:
    QTest.keySequence(window, "Ctrl++")
    assert session.view.time.size == pytest.approx(1 / 1.5)
    QTest.keySequence(window, "-")
    assert session.view.time.whole
    QTest.keySequence(window, "+")
    QTest.keySequence(window, "0")
    assert session.view.whole
    assert not window.actions_["zoom_fit"].isEnabled()


def test_a_click_seeks_where_it_is_seen_when_zoomed(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    session.view.zoom_time(8.0, 0.5)
    QTest.mouseClick(view.viewport, LEFT, pos=at(view, 66.0))
    assert session.transport.position_s == pytest.approx(66.0, abs=0.05)
    assert session.view.time.size == pytest.approx(1 / 8)


def test_the_picture_pages_on_while_it_plays(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.view.zoom_time(8.0, 0.0)
    session.transport.play()
    engine.play_to(15.9)
    assert session.view.time.low == 0.0
    engine.play_to(16.2)
    assert 0 < window.explore.image_view.x_of(16.2) < 200
    QTest.keySequence(window, "F")
    assert not session.view.following


def test_a_stretch_is_dragged_with_shift_and_its_edge_without(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    pull(view, 60.0, 30.0, shifted=True)
    assert region_s(session) == pytest.approx((30.0, 60.0), abs=0.2)
    assert session.playback.loop
    assert view.plot.region_s == pytest.approx((30.0, 60.0), abs=0.2)
    pull(view, 60.0, 90.0, shifted=False)
    assert region_s(session) == pytest.approx((30.0, 90.0), abs=0.2)
    assert session.transport.position_s == 0.0
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.playback.region is None
    assert view.plot.region_s is None


def test_a_stretch_is_dragged_on_the_strip_and_cleared_there(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    strip = view.loop_strip
    QApplication.processEvents()
    start, stop = (QPoint(at(view, end_s).x(), 6) for end_s in (20.0, 40.0))
    QTest.mousePress(strip, LEFT, pos=start)
    move(strip, stop)
    QTest.mouseRelease(strip, LEFT, pos=stop)
    assert region_s(session) == pytest.approx((20.0, 40.0), abs=0.2)
    QTest.mouseDClick(strip, LEFT, pos=QPoint(at(view, 80.0).x(), 6))
    assert session.playback.region is not None
    QTest.mouseDClick(strip, LEFT, pos=QPoint(at(view, 30.0).x(), 6))
    assert session.playback.region is None


def test_what_is_under_the_pointer_is_told(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    session.picture.pixels[:] = 0
    session.picture.pixels[200, 10] = 255
    share = session.picture.band_hz * 10.5 / 64 / session.picture.band_hz
    place = QPoint(
        round(view.x_of(200.5 * session.picture.frame_s)), round(view.plot.y_of(share))
    )
    move(view.viewport, place)
    assert view.readout.isVisible()
    time, hz, note, level = view.readout.text().split("   ")
    assert (time[:4], hz, note, level) == ("0:50", "452 Hz", "A4", "0.0 dB")
    QApplication.sendEvent(view.viewport, QEvent(QEvent.Type.Leave))
    assert not view.readout.isVisible()


def test_escape_during_a_drag_brings_the_former_loop_back(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    session.transport.set_loop_region(20.0, 60.0)
    session.transport.set_loop(False)
    for widget, keys in ((view.viewport, SHIFT), (view.loop_strip, PLAIN)):
        QTest.mousePress(widget, LEFT, keys, at(view, 80.0))
        move(widget, at(view, 100.0), keys=keys)
        assert region_s(session) == pytest.approx((80.0, 100.0), abs=0.5)
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert region_s(session) == (20.0, 60.0)
        assert not session.playback.loop
        move(widget, at(view, 110.0), keys=keys)
        QTest.mouseRelease(widget, LEFT, keys, at(view, 110.0))
        assert region_s(session) == (20.0, 60.0)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.playback.region is None


def test_a_first_loop_that_is_given_up_leaves_none(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    QTest.mousePress(view.viewport, LEFT, SHIFT, at(view, 80.0))
    move(view.viewport, at(view, 100.0), keys=SHIFT)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport, LEFT, SHIFT, at(view, 100.0))
    assert session.playback.region is None
    assert not session.playback.loop
