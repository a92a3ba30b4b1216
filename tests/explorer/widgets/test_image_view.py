import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.session.session import Session
from explorer.widgets.colours import colour_table
from explorer.widgets.image_view import ImageView
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine


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
    view = window.image_view
    QApplication.processEvents()
    for position_s in (100.0, 10.0):
        QTest.mouseClick(
            view.viewport, Qt.MouseButton.LeftButton, pos=at_time(view, position_s)
        )
        assert session.position_s == pytest.approx(position_s, abs=0.3)


def test_the_other_buttons_do_not_seek(window: MainWindow, session: Session) -> None:
    view = window.image_view
    QTest.mouseClick(
        view.viewport, Qt.MouseButton.RightButton, pos=at_time(view, 100.0)
    )
    assert session.position_s == 0.0


def test_the_playhead_is_where_the_sound_is(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.play()
    engine.play_to(64.0)
    assert window.image_view.playhead_s == pytest.approx(64.0, abs=0.1)


def test_the_picture_follows_the_point(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    before = sums(window.image_view)
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: sums(window.image_view) != before)
    session.undo()
    engine.run()
    qtbot.waitUntil(lambda: sums(window.image_view) == before)


def test_the_picture_fits_after_the_window_has_changed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1920, 1080)
    view = window.image_view
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


def test_the_colours_rise_in_lightness() -> None:
    table = colour_table().astype(float)
    lightness = table @ np.array([0.2126, 0.7152, 0.0722])
    assert table.shape == (256, 3)
    assert np.all(np.diff(lightness) >= -1.0)
    assert lightness[0] < 10
    assert lightness[-1] > 200
