import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.session.session import Session
from explorer.widgets.image_view import ImageView
from explorer.widgets.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def picture(window: MainWindow, session: Session) -> ImageView:
    """With the focus, and zoomed so that there is something to move about in."""
    session.view.zoom_time(4.0, 0.5)
    session.view.zoom_frequency(2.0, 0.5)
    window.explore.image_view.setFocus()
    return window.explore.image_view


def test_arrows_move_about(picture: ImageView, session: Session) -> None:
    time, frequency = session.view.time, session.view.frequency
    QTest.keyClick(picture, Key.Key_Right)
    QTest.keyClick(picture, Key.Key_Up)
    assert session.view.time.low > time.low
    assert session.view.frequency.low > frequency.low
    QTest.keyClick(picture, Key.Key_Left)
    QTest.keyClick(picture, Key.Key_Down)
    assert session.view.time.low == pytest.approx(time.low)
    assert session.view.frequency.low == pytest.approx(frequency.low)


def test_shift_zooms_in_frequency(picture: ImageView, session: Session) -> None:
    before = session.view.frequency.size
    QTest.keyClick(picture, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert session.view.frequency.size < before
    QTest.keyClick(picture, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert session.view.frequency.size == pytest.approx(before)


def test_enter_finds_the_playhead(picture: ImageView, session: Session) -> None:
    session.view.set_following(False)
    session.transport.seek(5.0)
    session.view.pan(3.0)
    assert not session.view.time.holds(5.0 / session.picture.duration_s)
    QTest.keyClick(picture, Key.Key_Return)
    assert session.view.time.holds(5.0 / session.picture.duration_s)
    assert picture.plot.area.contains(picture.x_of(5.0), picture.plot.area.center().y())


def test_keys_loop_a_stretch(window: MainWindow, session: Session) -> None:
    session.transport.seek(10.0)
    QTest.keyClick(window, Key.Key_BracketLeft)
    session.transport.seek(20.0)
    QTest.keyClick(window, Key.Key_BracketRight)
    rate = 44_100
    assert session.playback.region == (10 * rate, 20 * rate)
    assert session.playback.loop
    session.transport.seek(40.0)
    QTest.keyClick(window, Key.Key_BracketLeft)  # past the old end: to the song's
    assert session.playback.region == (40 * rate, 128 * rate)
    window.actions_["clear_region"].trigger()
    assert session.playback.region is None


def test_keys_share_the_room(window: MainWindow) -> None:
    before = window.explore.image_view.height()
    window.actions_["taller_picture"].trigger()
    window.actions_["taller_sliders"].trigger()
    window.actions_["taller_sliders"].trigger()
    assert window.explore.image_view.height() < before
