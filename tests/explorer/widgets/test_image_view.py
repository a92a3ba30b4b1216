import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets.image_view import ImageView
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import LEFT, SHIFT, move


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


def test_where_there_is_nothing_to_compare_with_it_says_so(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(0, 1.0)
    session.move_axis(0, 2.0)
    QTest.keySequence(window, "Shift+D")
    assert window.explore.image_view.remark.endswith("the step came too soon.")


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


def test_all_that_lies_on_the_picture_goes_with_it_when_its_axes_grow(
    window: MainWindow, session: Session
) -> None:
    view = window.explore.image_view
    session.guide.restore([])
    session.transport.set_loop_region(10.0, 20.0)
    QApplication.processEvents()
    drawn = view.overview.grab().toImage()
    view.plot.getAxis("left").setWidth(200)
    view.plot.getAxis("bottom").setHeight(60)
    QApplication.processEvents()
    area = view.plot.area.toRect()
    assert area.left() >= 200
    assert view.guide.geometry().center().x() == area.center().x()
    assert area.contains(view.guide.geometry())
    assert view.overview.grab().toImage() != drawn


def test_the_guide_stands_on_the_picture_until_it_has_been_followed(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.run()
    QApplication.processEvents()
    view = window.explore.image_view
    assert view.guide.isVisible()
    assert view.plot.area.toRect().contains(view.guide.geometry())
    session.comparison.compare("song")
    assert not view.guide.isVisible()
    session.comparison.compare("none")
    session.guide.restore(["play", "move"])
    assert "Ctrl+Z" in view.guide.text()
    session.guide.restore(["compare"])
    assert not view.guide.isVisible()
