"""What one slider can be asked for: by its menu, by typing, by looking for it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.numerals import sigma_text
from explorer.session.session import Session
from explorer.widgets.axis_slider import AxisSlider
from explorer.widgets.main_window import MainWindow
from explorer.widgets.slider_editor import SliderEditor, sigma_of_text
from explorer.widgets.slider_filter import is_found
from explorer.widgets.slider_menu import SliderMenu
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import LEFT, PLAIN, SHIFT, drag, place

Key = Qt.Key


def action(menu: SliderMenu, words: str) -> QAction:
    (found,) = [one for one in menu.actions() if words in one.text().replace("&", "")]
    return found


def editor_of(slider: AxisSlider) -> SliderEditor:
    (editor,) = [one for one in slider.findChildren(SliderEditor) if one.isVisible()]
    return editor


def test_a_right_click_opens_the_menu_of_that_slider(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(3, 2.0)
    slider = window.explore.slider_bank.sliders[3]
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(5, 5), slider.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(slider, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, SliderMenu)
    assert menu.actions()[0].text() == "Axis 4"
    action(menu, "Reset").trigger()
    assert not session.point.moved
    menu.close()


def test_a_locked_slider_says_so_and_still_moves_by_hand(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[2]
    menu = SliderMenu(session, slider)
    action(menu, "Lock").trigger()
    assert session.locks.is_locked(2)
    assert slider.notes.locked
    assert "locked" in slider.accessibleDescription()
    assert action(SliderMenu(session, slider), "Lock").isChecked()
    session.move_axis(2, 1.0)
    assert slider.state.value == pytest.approx(1.0)
    action(SliderMenu(session, slider), "Lock").trigger()
    assert not slider.notes.locked


def test_f2_gives_a_name_that_is_shown_and_makes_room(
    window: MainWindow, session: Session
) -> None:
    sliders = window.explore.slider_bank.sliders
    before = sliders[1].row.track(sliders[1].rect()).width()
    elsewhere = sliders[40].row.track(sliders[40].rect()).width()
    QTest.keyClick(sliders[0], Key.Key_F2)
    editor = editor_of(sliders[0])
    QTest.keyClicks(editor, "bright M")
    QTest.keyClick(editor, Key.Key_Return)
    assert session.names.of(0) == "bright M"
    assert not session.output.muted, "typing is no shortcut"
    assert sliders[0].accessibleName() == "Axis 1, bright M"
    assert sliders[1].row.track(sliders[1].rect()).width() < before
    assert sliders[40].row.track(sliders[40].rect()).width() == elsewhere


def test_a_number_is_typed_and_is_one_step(
    window: MainWindow, session: Session
) -> None:
    slider, start = window.explore.slider_bank.sliders[6], session.point
    slider.setFocus()
    QTest.keyClicks(slider, "-")
    editor = editor_of(slider)
    QTest.keyClicks(editor, "1,25")
    QTest.keyClick(editor, Key.Key_Return)
    assert session.values[6] == pytest.approx(-1.25)
    session.undo()
    assert session.point == start


def test_escape_and_nonsense_change_nothing(
    window: MainWindow, session: Session
) -> None:
    slider, start = window.explore.slider_bank.sliders[6], session.point
    QTest.keyClick(slider, Key.Key_Return)
    editor = editor_of(slider)
    QTest.keyClicks(editor, "loud")
    QTest.keyClick(editor, Key.Key_Return)
    assert editor.isVisible(), "it waits for a number"
    QTest.keyClicks(editor, "3")
    QTest.keyClick(editor, Key.Key_Escape)
    assert not editor.isVisible()
    assert session.point == start


def test_a_double_click_on_the_value_edits_it(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[8]
    session.move_axis(8, 2.0)
    there = slider.row.value_area(slider.rect()).center()
    QTest.mouseClick(slider, LEFT, PLAIN, there)
    QTest.mouseDClick(slider, LEFT, PLAIN, there)
    editor = editor_of(slider)
    assert editor.text() == "+2.00"
    QTest.keyClick(editor, Key.Key_Return)
    assert session.values[8] == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("text", "sigma"),
    [("1.5", 1.5), ("−2,5 σ", -2.5), ("99", 5.0), ("", None), ("nan", None)],
)
def test_typed_values(text: str, sigma: float | None) -> None:
    assert sigma_of_text(text) == sigma


def test_a_slider_shows_what_it_does_and_comes_back(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    slider = window.explore.slider_bank.sliders[4]
    point, steps = session.point, session.history.steps
    value = slider.state.value
    slider.setFocus()
    QTest.keyClick(slider, Key.Key_F1, SHIFT)
    qtbot.waitUntil(lambda: slider.state.value > value + 1.5)
    qtbot.waitUntil(lambda: slider.state.value < value - 1.5)
    qtbot.waitUntil(lambda: session.audition.axis is None)
    assert slider.state.value == pytest.approx(value)
    assert (session.point, session.history.steps) == (point, steps)
    last = engine.of_kind(protocol.SetPoint)[-1]
    assert isinstance(last, protocol.SetPoint)
    np.testing.assert_array_equal(last.offset, point.offset)


def test_a_hand_on_any_slider_ends_the_show(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    sliders = window.explore.slider_bank.sliders
    sliders[4].show_what_it_does()
    qtbot.waitUntil(lambda: session.audition.offset[4] != session.point.offset[4])
    QTest.mouseClick(sliders[9], LEFT, PLAIN, place(sliders[9], 3.0))
    assert session.audition.axis is None
    assert sliders[4].state.value == pytest.approx(float(session.values[4]))


def test_an_axis_that_does_nothing_is_dimmed(
    window: MainWindow, session: Session
) -> None:
    change_db = np.full(64, 2.0, np.float32)
    change_db[5] = 0.2
    session.reception.take(protocol.AxesMeasured(request=1, change_db=change_db))
    idle = [one.axis for one in window.explore.slider_bank.sliders if one.notes.idle]
    assert idle == [5]
    session.song_changed.emit()


def test_the_filter_fades_the_others_and_enter_goes_to_the_first(
    window: MainWindow, session: Session
) -> None:
    session.names.rename(20, "Bass drum")
    window.activateWindow()
    QTest.keySequence(window, "Ctrl+F")
    line = window.explore.slider_filter
    QTest.keyClicks(line, "bass")
    sliders = window.explore.slider_bank.sliders
    assert [one.axis for one in sliders if not one.notes.faded] == [20]
    QTest.keyClick(line, Key.Key_Return)
    assert window.focusWidget() is sliders[20]
    QTest.keyClick(line, Key.Key_Escape)
    assert not any(one.notes.faded for one in sliders)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", True), ("3", True), ("30", False), ("axis 3", True), ("SNARE", True)],
)
def test_what_is_found(text: str, found: bool) -> None:
    assert is_found(text, axis=2, name="snare") is found


def test_the_sliders_can_be_the_raw_latents_instead(
    window: MainWindow, session: Session
) -> None:
    bank, point = window.explore.slider_bank, session.point
    session.names.rename(0, "Warmth")
    session.move_axis(0, 2.0)
    moved = session.point
    QTest.keyClick(window, Key.Key_X)
    assert session.point == moved != point
    assert bank.sliders[0].accessibleName() == "Latent 1"
    assert not window.explore.tools_bar.first.isEnabled(), "none is the first"
    values = session.coordinates.shown(session.values)
    shown = [slider.state.value for slider in bank.sliders]
    np.testing.assert_allclose(shown, values, atol=1e-5)
    drag(bank.sliders[4], 1.5)
    assert bank.sliders[4].state.value == pytest.approx(1.5, abs=0.1)
    assert session.history.undo_label == f"Latent 5 to {value_of(bank.sliders[4])}"
    bank.sliders[4].setFocus()
    QTest.keyClick(bank.sliders[4], Qt.Key.Key_F2)
    assert bank.sliders[4].hasFocus()  # no name is typed: latents have none
    QTest.keyClick(window, Key.Key_X)
    assert bank.sliders[0].accessibleName() == "Axis 1, Warmth"
    session.undo()
    assert session.point == moved


def value_of(slider: AxisSlider) -> str:
    return sigma_text(slider.state.value)
