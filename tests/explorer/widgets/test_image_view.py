import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets.colours import colour_table, difference_table
from explorer.widgets.image_view import ImageView
from explorer.widgets.main_window import MainWindow
from explorer.widgets.pixels import NO_CHANGE
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import LEFT, SHIFT, move

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


def at_time(view: ImageView, position_s: float) -> QPoint:
    """Where in the plot a time lies, half way up."""
    left, right = (view.x_of(end_s) for end_s in (0.0, 128.0))
    x = left + (right - left) * position_s / 128.0
    return QPoint(round(x), view.viewport.height() // 2)


def sums(view: ImageView) -> int:
    """Something that differs where the pictures differ."""
    picture = view.grab().toImage()
    return hash(bytes(picture.constBits()))


def test_a_click_seeks(window: MainWindow, session: Session) -> None:
    view = window.explore.image_view
    QApplication.processEvents()
    for position_s in (100.0, 10.0):
        QTest.mouseClick(
            view.viewport, Qt.MouseButton.LeftButton, pos=at_time(view, position_s)
        )
        assert session.transport.position_s == pytest.approx(position_s, abs=0.3)


def test_the_other_buttons_do_not_seek(window: MainWindow, session: Session) -> None:
    view = window.explore.image_view
    QTest.mouseClick(
        view.viewport, Qt.MouseButton.RightButton, pos=at_time(view, 100.0)
    )
    assert session.transport.position_s == 0.0


def test_the_playhead_is_where_the_sound_is(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.transport.play()
    engine.play_to(64.0)
    assert window.explore.image_view.playhead_s == pytest.approx(64.0, abs=0.1)


def test_the_picture_follows_the_point(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    before = sums(window.explore.image_view)
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: sums(window.explore.image_view) != before)
    session.undo()
    engine.run()
    qtbot.waitUntil(lambda: sums(window.explore.image_view) == before)


def test_the_picture_fits_after_the_window_has_changed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1920, 1080)
    view = window.explore.image_view
    qtbot.waitUntil(lambda: view.x_of(128.0) > 1600)
    assert view.x_of(0.0) < 120


def test_before_there_is_a_picture_it_says_what_is_awaited(qtbot: QtBot) -> None:
    session = Session()
    view = ImageView(session)
    qtbot.addWidget(view)
    view.show()
    (label,) = (one for one in view.findChildren(QLabel) if one.isVisible())
    assert label.text() == "Starting the engine…"
    session.engine.set_phase("running")
    assert label.text() == "No model is open. Open one from the File menu."
    session.loading.open_model(None)
    assert label.text() == "Loading the model…"


def test_the_difference_shows_what_has_changed(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    view = window.explore.image_view
    QTest.keySequence(window, "D")
    assert np.all(view.shown == NO_CHANGE)
    assert view.remark.startswith("No difference")
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: view.shown.max() > NO_CHANGE > view.shown.min())
    assert view.shown[-1].max() > NO_CHANGE > view.shown[0].min()
    assert view.remark == "Difference from the song"
    assert window.actions_["difference_song"].isChecked()
    QTest.keySequence(window, "D")
    assert session.comparison.kind == "none"
    assert view.remark == ""


def test_a_difference_drawn_in_slices_is_the_same(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    view = window.explore.image_view
    session.comparison.compare("song")
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: view.shown.max() > NO_CHANGE)
    sliced = view.shown.copy()
    session.view.set_floor_db(session.view.floor_db - 1)
    session.view.set_floor_db(session.view.floor_db + 1)
    np.testing.assert_array_equal(view.shown, sliced)


def test_where_there_is_nothing_to_compare_with_it_says_so(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(0, 1.0)
    session.move_axis(0, 2.0)
    QTest.keySequence(window, "Shift+D")
    assert window.explore.image_view.remark.endswith("the step came too soon.")


def test_the_log_axis_gives_low_notes_more_room(
    window: MainWindow, session: Session
) -> None:
    QTest.keySequence(window, "G")
    assert session.view.frequency_axis == "log"
    assert window.actions_["log_frequency"].isChecked()
    view = window.explore.image_view
    assert view.shown.shape[0] == round(view.plot.area.height())
    session.view.set_frequency_axis("linear")
    assert view.shown.shape[0] == 64
    assert not window.actions_["log_frequency"].isChecked()


def test_channels_are_asked_of_the_engine_and_checked(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    window.actions_["channels_side"].trigger()
    (asked,) = engine.of_kind(protocol.SetChannels)
    assert isinstance(asked, protocol.SetChannels)
    assert asked.channels == "side"
    session.view.set_channels("left")
    assert window.actions_["channels_left"].isChecked()
    assert not window.actions_["channels_side"].isChecked()


def test_the_ends_of_the_colours_are_dragged_and_put_back(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    scale, view = window.explore.image_view.scale, session.view
    QApplication.processEvents()
    before = sums(window.explore.image_view)
    QTest.mousePress(scale, LEFT, pos=scale.place_of(view.floor_db))
    move(scale, scale.place_of(-60.0))
    QTest.mouseRelease(scale, LEFT, pos=scale.place_of(-60.0))
    assert view.floor_db == pytest.approx(-60.0, abs=1.0)
    assert view.top_db == -10.0
    qtbot.waitUntil(lambda: sums(window.explore.image_view) != before)
    QTest.keyClick(scale, Qt.Key.Key_Down)
    assert view.top_db == -15.0
    QTest.keyClick(scale, Qt.Key.Key_Up, SHIFT)
    assert view.floor_db == pytest.approx(-55.0, abs=1.0)
    QTest.mouseDClick(scale, LEFT, pos=scale.place_of(-60.0))
    assert (view.floor_db, view.top_db) == (-100.0, -10.0)


def test_the_difference_has_a_range_of_its_own(
    window: MainWindow, session: Session
) -> None:
    scale = window.explore.image_view.scale
    session.comparison.compare("song")
    assert scale.marks_db == (-15.0, 15.0)
    QTest.mousePress(scale, LEFT, pos=scale.place_of(15.0))
    move(scale, scale.place_of(30.0))
    QTest.mouseRelease(scale, LEFT, pos=scale.place_of(30.0))
    assert session.view.difference_db == pytest.approx(30.0, abs=1.0)
    assert session.view.top_db == -10.0


@pytest.mark.parametrize("dark", [True, False])
def test_the_colours_go_evenly_from_silence_to_loudness(dark: bool) -> None:
    lightness = colour_table(dark=dark).astype(float) @ LUMINANCE
    steps = np.diff(lightness) * (1 if dark else -1)
    assert np.all(steps >= -1.5)
    assert abs(lightness[-1] - lightness[0]) > 150
    assert (lightness[0] < 10) == dark


@pytest.mark.parametrize("dark", [True, False])
def test_no_change_is_of_the_window_s_own_lightness(dark: bool) -> None:
    table = difference_table(24.0, dark=dark).astype(float)
    lightness = table @ LUMINANCE
    furthest = lightness.argmin() if dark else lightness.argmax()
    assert abs(int(furthest) - NO_CHANGE) <= 4
    assert table[0, 2] > table[0, 0]
    assert table[-1, 0] > table[-1, 2]
