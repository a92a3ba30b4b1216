import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.session.session import Session
from explorer.widgets.latent_map import LatentMap
from explorer.widgets.main_window import MainWindow
from explorer.widgets.map_panel import MapPanel
from tests.explorer.hand import LEFT, PLAIN, SHIFT, move

Key = Qt.Key
STEPS, FINER = np.array([0.2, 0.1]), np.array([0.19, 0.1])


@pytest.fixture
def songs_map(window: MainWindow) -> LatentMap:
    window.panels.docks["map"].show()
    return window.panels.of(MapPanel).map


def test_a_drag_moves_both_axes_as_one_step(
    songs_map: LatentMap, session: Session
) -> None:
    start = songs_map.place_of(session.values).toPoint()
    QTest.mousePress(songs_map, LEFT, PLAIN, start)
    move(songs_map, start + QPoint(30, -20))
    move(songs_map, start + QPoint(60, -40))
    QTest.mouseRelease(songs_map, LEFT, PLAIN, start + QPoint(60, -40))
    assert set(np.flatnonzero(session.point.offset)) == {0, 1}
    assert session.point.offset[:2].min() > 0  # to the right and up
    assert session.history.undo_label == "Axis 1 and Axis 2 on the map"
    session.undo()
    assert not session.point.moved


def test_the_cursor_is_where_the_point_is(
    songs_map: LatentMap, session: Session
) -> None:
    session.move_axis(0, 1.5)
    session.move_axis(1, -0.5)
    here = songs_map.place_of(session.values)
    session.move_axis(0, 0.5)
    there = songs_map.place_of(session.values)
    assert there.x() < here.x()
    assert there.y() == pytest.approx(here.y())


def test_keys_move_the_point_and_bring_it_home(
    songs_map: LatentMap, session: Session
) -> None:
    before = session.values[:2].copy()
    songs_map.setFocus()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up):
        QTest.keyClick(songs_map, key)
    np.testing.assert_allclose(session.values[:2], before + STEPS, atol=1e-5)
    QTest.keyClick(songs_map, Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    np.testing.assert_allclose(session.values[:2], before + FINER, atol=1e-5)
    QTest.keyClick(songs_map, Key.Key_Home)
    assert not session.point.moved
    assert session.playback.position == 0


def test_it_is_a_map_of_what_the_sliders_stand_for(
    songs_map: LatentMap, session: Session, window: MainWindow
) -> None:
    panel = window.panels.of(MapPanel)
    panel.upward.setCurrentIndex(7)
    session.coordinates.choose("latents")
    assert panel.across.currentText() == "Latent 1"
    panel.across.setCurrentIndex(3)
    before = session.coordinates.shown(session.values)
    songs_map.setFocus()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Up):
        QTest.keyClick(songs_map, key)
    moved = session.coordinates.shown(session.values) - before
    np.testing.assert_allclose(moved[[3, 1]], STEPS, atol=1e-4)
    others = np.delete(np.arange(64), [3, 1])
    np.testing.assert_allclose(moved[others], 0.0, atol=1e-4)
    assert session.history.undo_label == "Latent 4 and Latent 2 on the map"
    model = session.model
    assert model is not None
    assert songs_map.song_at(songs_map.place_of(model.songs.points[2])) == 2
    QTest.keyClick(songs_map, Key.Key_Home)
    assert not session.point.moved
    session.coordinates.choose("axes")
    assert (panel.across.currentText(), panel.upward.currentText()) == (
        "Axis 1",
        "Axis 8",
    )


def test_enter_goes_to_the_song_nearest_on_the_map(
    songs_map: LatentMap, session: Session
) -> None:
    model = session.model
    assert model is not None
    place = songs_map.place_of(model.songs.points[2])
    across, upward = map(float, model.songs.points[2][:2])
    session.tools.move_pair((0, 1), (across, upward))
    assert songs_map.song_at(place) == 2
    songs_map.setFocus()
    QTest.keyClick(songs_map, Key.Key_Return)
    np.testing.assert_allclose(session.values, model.songs.points[2], atol=1e-4)


def test_all_songs_are_on_it_however_far_they_lie(
    songs_map: LatentMap, session: Session
) -> None:
    model = session.model
    assert model is not None
    for point in model.songs.points:
        place = songs_map.place_of(point)
        assert songs_map.rect().contains(place.toPoint())
    session.move_axis(0, 5.0)
    assert songs_map.rect().contains(songs_map.place_of(session.values).toPoint())


@pytest.mark.parametrize("way", ["hand", "keys"])
def test_the_ground_makes_room_once_the_hand_has_let_go(
    songs_map: LatentMap, session: Session, qtbot: QtBot, way: str
) -> None:
    QApplication.processEvents()
    width = songs_map.width()
    if way == "hand":
        QTest.mousePress(songs_map, LEFT, PLAIN, QPoint(60, 60))
        move(songs_map, QPoint(width - 7, 60))
        QApplication.processEvents()
        QTest.mouseRelease(songs_map, LEFT, PLAIN, QPoint(width - 7, 60))
    else:
        songs_map.setFocus()
        for _ in range(40):
            QTest.keyClick(songs_map, Key.Key_Right)

    def has_room() -> bool:
        """Whether the cursor is drawn, and not at the edge."""
        drawn = songs_map.screen().grabWindow(songs_map.window().winId()).toImage()
        corner = songs_map.mapTo(songs_map.window(), QPoint(0, 0))
        accent = songs_map.palette().color(QPalette.ColorRole.Highlight)
        place = songs_map.place_of(session.values).toPoint()
        inked = [
            drawn.pixelColor(corner + QPoint(x, place.y())) == accent
            for x in (place.x(), width - 10)
        ]
        return inked == [True, False]

    qtbot.waitUntil(has_room)


def test_shift_drags_ten_times_finer_from_afar(
    songs_map: LatentMap, session: Session
) -> None:
    cursor, before = songs_map.place_of(session.values), session.values[:2].copy()
    start = cursor.toPoint() + QPoint(25, 10)
    QTest.mousePress(songs_map, LEFT, SHIFT, start)
    assert not session.point.moved
    move(songs_map, start + QPoint(40, 0), keys=SHIFT)
    finely = songs_map.place_of(session.values) - cursor
    QTest.mouseRelease(songs_map, LEFT, SHIFT, start + QPoint(40, 0))
    assert (finely.x(), finely.y()) == pytest.approx((4.0, 0.0), abs=0.05)
    assert session.values[0] > before[0]


def test_escape_gives_up_a_drag_and_what_follows_moves_nothing(
    songs_map: LatentMap, session: Session, window: MainWindow
) -> None:
    session.move_axis(5, 1.0)
    steps = session.history.steps
    QTest.mousePress(songs_map, LEFT, PLAIN, QPoint(40, 40))
    move(songs_map, QPoint(60, 50))
    QTest.keyClick(window, Key.Key_Escape)
    assert np.flatnonzero(session.point.offset).tolist() == [5]
    move(songs_map, QPoint(90, 90))
    QTest.mouseRelease(songs_map, LEFT, PLAIN, QPoint(90, 90))
    assert np.flatnonzero(session.point.offset).tolist() == [5]
    assert session.history.steps == steps


def test_a_double_click_beside_the_dots_puts_both_axes_back(
    songs_map: LatentMap, session: Session
) -> None:
    session.move_axis(0, 2.0)
    session.move_axis(7, 2.0)
    beside = QPoint(8, 8)
    assert songs_map.song_at(QPointF(beside)) is None
    QTest.mousePress(songs_map, LEFT, PLAIN, beside)
    QTest.mouseRelease(songs_map, LEFT, PLAIN, beside)
    QTest.mouseDClick(songs_map, LEFT, PLAIN, beside)
    assert np.flatnonzero(session.point.offset).tolist() == [7]
    session.undo()
    assert np.flatnonzero(session.point.offset).tolist() == [0, 7]
