import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from explorer.session.session import Session
from explorer.widgets.history_panel import HistoryPanel
from explorer.widgets.main_window import MainWindow
from explorer.widgets.map_panel import MapPanel
from tests.explorer.fake_engine import SONG_TITLES
from tests.explorer.hand import LEFT, move, turn_wheel


def click(button: QToolButton) -> None:
    QTest.mouseClick(button, LEFT)


def press(window: MainWindow, key: str) -> None:
    window.setFocus()
    QTest.keySequence(window, key)


def test_an_amount_that_is_typed_is_how_far_the_tool_goes(
    window: MainWindow, session: Session
) -> None:
    box = window.explore.tools_bar.amounts["mean"]
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, "100")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert session.tools.amounts.mean == 1.0
    assert not box.hasFocus()
    press(window, "T")
    assert session.model is not None
    np.testing.assert_allclose(session.values, session.model.song_mean, atol=1e-5)


def test_amounts_and_first_are_shown_wherever_they_were_set(
    window: MainWindow, session: Session
) -> None:
    session.tools.set_amount("mutate", 0.35)
    assert window.explore.tools_bar.amounts["mutate"].text() == "35 %"
    assert window.explore.tools_bar.first.value() == 64
    session.locks.set_first(8)
    assert window.explore.tools_bar.first.value() == 8
    window.explore.tools_bar.first.setValue(64)
    assert session.locks.first is None


def test_the_wheel_changes_no_amount_without_the_focus(
    window: MainWindow, session: Session
) -> None:
    before = session.tools.amounts
    window.setFocus()
    assert not turn_wheel(window.explore.tools_bar.amounts["random"], 3)
    assert session.tools.amounts == before


def test_random_leaves_locked_and_later_axes(
    window: MainWindow, session: Session
) -> None:
    session.locks.toggle(2)
    window.explore.tools_bar.first.setValue(10)
    press(window, "R")
    moved = np.flatnonzero(session.point.offset)
    assert set(moved) == set(range(10)) - {2}
    press(window, "Shift+R")
    assert session.history.undo_label == "Mutate by 20 %"
    assert set(np.flatnonzero(session.point.offset)) == set(moved)


def test_slots_are_kept_compared_and_swapped(
    window: MainWindow, session: Session
) -> None:
    bar = window.explore.tools_bar.slot_bar
    assert not bar.morph.isEnabled()
    press(window, "A")
    first = session.point
    press(window, "R")
    click(bar.buttons["B"])
    second = session.point
    assert bar.morph.isEnabled()
    assert bar.buttons["B"].isChecked()
    assert not bar.buttons["A"].isChecked()
    click(bar.buttons["A"])
    assert session.point == first
    window.actions_["swap"].trigger()
    press(window, "A")
    assert session.point == second


def test_dragging_from_a_to_b_is_one_step(window: MainWindow, session: Session) -> None:
    bar = window.explore.tools_bar.slot_bar
    session.slots.keep("A")
    first = session.point
    session.tools.randomize()
    session.slots.keep("B")
    second = session.point
    assert bar.morph.value() == bar.morph.maximum()
    steps = len(session.history.steps)
    handle = QPoint(bar.morph.width() - 6, bar.morph.height() // 2)
    QTest.mousePress(bar.morph, LEFT, pos=handle)
    for x in (60, 40, 30, -20):
        move(bar.morph, QPoint(x, handle.y()))
    QTest.mouseRelease(bar.morph, LEFT, pos=QPoint(-20, handle.y()))
    assert session.point == first
    assert len(session.history.steps) == steps + 1
    session.undo()
    assert session.point == second
    assert bar.morph.value() == bar.morph.maximum()


def test_a_point_is_copied_and_pasted_as_text(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(3, 2.5)
    press(window, "Ctrl+C")
    assert QGuiApplication.clipboard().text().startswith("dctvae-point:1:")
    session.tools.reset()
    press(window, "Ctrl+V")
    assert session.values[3] == pytest.approx(2.5, abs=3e-3)
    QGuiApplication.clipboard().setText("hello")
    press(window, "Ctrl+V")
    told = "The clipboard holds neither a point nor the path of a file."
    assert window.message_bar.text == told


def test_the_nearest_songs_are_named_and_a_click_goes_there(
    window: MainWindow, session: Session
) -> None:
    label = window.explore.point_bar.typicality
    session.tools.go_to_song(4)
    label.refresh()
    assert label.songs[0].text() == SONG_TITLES[4]
    assert "the model knows" in label.words.text()
    title = label.songs[1].text()
    click(label.songs[1])
    assert session.history.undo_label == f"Song {title}"
    for axis in range(64):
        session.move_axis(axis, 5.0)
    label.refresh()
    assert label.words.text().startswith("Further out than every song")
    assert session.model is not None
    session.tools.go_to("the middle", session.model.song_mean)
    label.refresh()
    assert label.words.text().startswith("No song the model knows is more usual")


@pytest.mark.parametrize("width", [900, 1024, 1100, 1366])
def test_a_near_song_is_never_named_without_saying_that_it_is_one(
    window: MainWindow, session: Session, width: int
) -> None:
    window.resize(width, 700)
    session.tools.go_to_song(4)
    QApplication.processEvents()
    label = window.explore.point_bar.typicality
    label.refresh()
    named = label.songs[0].isVisible()
    assert label.words.text().lower().endswith("nearest:") == named
    assert named == (width > 900)


def test_a_click_on_a_step_goes_there(window: MainWindow, session: Session) -> None:
    for sigma in (1.0, 2.0, 3.0):
        session.move_axis(0, sigma)
    press(window, "Ctrl+H")
    assert window.panels.of(HistoryPanel).isVisible()
    steps = window.panels.of(HistoryPanel).steps
    area = steps.visualRect(steps.model().index(2, 0))
    QTest.mouseClick(steps.viewport(), LEFT, pos=area.center())
    assert session.values[0] == pytest.approx(2.0)
    assert steps.currentIndex().row() == 2
    press(window, "Ctrl+H")
    assert not window.panels.of(HistoryPanel).isVisible()
    assert not window.actions_["history"].isChecked()


def test_bookmarks_are_listed_renamed_and_removed(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(0, 2.0)
    session.bookmarks.add("Bright")
    press(window, "Ctrl+H")
    shown = window.panels.of(HistoryPanel).bookmarks
    assert shown.item(0).text() == "Bright"
    shown.item(0).setText("  Dark ")
    assert session.bookmarks.all[0].name == shown.item(0).text() == "Dark"
    session.tools.reset()
    QTest.mouseClick(
        shown.viewport(), LEFT, pos=shown.visualItemRect(shown.item(0)).center()
    )
    assert session.values[0] == pytest.approx(2.0)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert shown.count() == 0
    assert session.bookmarks.all == ()


def test_long_words_of_steps_and_bookmarks_end_in_dots_and_stand_in_the_bubble(
    window: MainWindow, session: Session
) -> None:
    long = "a chorus that is remembered for a very long name indeed"
    press(window, "Ctrl+H")
    panel = window.panels.of(HistoryPanel)
    session.names.rename(0, "the loudness of everything all of it")
    session.move_axis(0, 2.0)
    session.bookmarks.add(long)
    QApplication.processEvents()
    for shown in (panel.steps, panel.bookmarks):
        assert not shown.horizontalScrollBar().isVisible()
    step = panel.steps.currentIndex()
    assert "all of it to +2.00" in step.data(Qt.ItemDataRole.ToolTipRole)
    assert long in panel.bookmarks.item(0).toolTip()


def test_dragging_on_the_map_moves_two_axes_as_one_step(
    window: MainWindow, session: Session
) -> None:
    press(window, "Ctrl+M")
    panel = window.panels.of(MapPanel)
    session.names.rename(5, "Warmth")
    panel.upward.setCurrentIndex(panel.upward.findText("Warmth"))
    assert panel.map.axes == (0, 5)
    steps = len(session.history.steps)
    goal = session.values.copy()
    goal[[0, 5]] = (2.0, -1.0)
    QTest.mousePress(panel.map, LEFT, pos=QPoint(30, 40))
    move(panel.map, QPoint(60, 60))
    move(panel.map, panel.map.place_of(goal).toPoint())
    QTest.mouseRelease(panel.map, LEFT)
    assert session.values[[0, 5]] == pytest.approx([2.0, -1.0], abs=0.05)
    assert np.flatnonzero(session.point.offset).tolist() == [0, 5]
    assert len(session.history.steps) == steps + 1


def test_a_double_click_on_a_dot_goes_to_that_song(
    window: MainWindow, session: Session
) -> None:
    press(window, "Ctrl+M")
    shown = window.panels.of(MapPanel).map
    assert session.model is not None
    place = shown.place_of(session.model.songs.points[6])
    number = shown.song_at(place)
    assert shown.song_at(QPointF(-99, -99)) is None
    assert number is not None
    QTest.mouseDClick(shown, LEFT, pos=place.toPoint())
    assert session.history.undo_label == f"Song {SONG_TITLES[number]}"


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_amount_can_be_read_and_stands_in_a_frame(
    window: MainWindow, qapp: QApplication, theme: str
) -> None:
    window.set_theme(theme)
    qapp.processEvents()
    bar = window.explore.tools_bar
    for box in (*bar.amounts.values(), bar.first):
        drawn = box.grab().toImage()
        ratio, middle = drawn.devicePixelRatio(), drawn.height() // 2
        palette = box.palette()
        text = palette.color(QPalette.ColorRole.Text).lightness()
        row = [
            drawn.pixelColor(x, y).lightness()
            for x in range(drawn.width())
            for y in range(middle - round(5 * ratio), middle + round(5 * ratio))
        ]
        assert min(abs(text - one) for one in row) < 40, "no digits"
        edge = drawn.pixelColor(0, middle)
        assert edge == palette.color(QPalette.ColorRole.Mid)
