from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.session.point import RANGE_SIGMA
from explorer.session.session import Session
from explorer.widgets.axis_slider import AxisSlider
from explorer.widgets.main_window import MainWindow
from explorer.widgets.slider_words import slider_words
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import (
    CONTROL,
    LEFT,
    PLAIN,
    SHIFT,
    drag,
    move,
    place,
    turn_wheel,
)
from vae.traits import AxisTraits, Change


def mark_is_at(slider: AxisSlider, sigma: float) -> bool:
    return slider.state.mark_shown and abs(slider.state.mark - sigma) < 0.05


def test_all_64_sliders_are_in_sight_on_a_small_screen(window: MainWindow) -> None:
    window.resize(1366, 700)
    QApplication.processEvents()
    assert window.size().height() == 700
    sliders = window.explore.slider_bank.sliders
    assert len(sliders) == 64
    for slider in sliders:
        assert slider.visibleRegion().boundingRect() == slider.rect()
        assert slider.height() >= slider.look.smallest_height


def test_a_slider_stands_where_the_session_is(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(3, -1.25)
    slider = window.explore.slider_bank.sliders[3]
    assert slider.state.value == pytest.approx(-1.25)
    assert slider.state.home == pytest.approx(float(session.path_mean[3]))
    assert slider.state.moved
    session.undo()
    assert not slider.state.moved


def test_showing_a_value_says_nothing_back(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.run()
    engine.heard.clear()
    before = session.history.steps
    session.song_changed.emit()
    session.point_changed.emit()
    assert engine.heard == []
    assert session.history.steps == before


def test_a_drag_moves_the_axis_and_is_one_step(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    start = session.point
    drag(slider, 0.5, 1.0, 2.0)
    assert session.values[0] == pytest.approx(2.0, abs=0.1)
    session.undo()
    assert session.point == start


def test_two_drags_are_two_steps(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[0]
    drag(slider, 1.0, 2.0)
    drag(slider, -1.0, -2.0)
    session.undo()
    assert session.values[0] == pytest.approx(2.0, abs=0.1)


def test_a_drag_goes_no_further_than_the_range(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    QTest.mousePress(slider, LEFT, PLAIN, place(slider, slider.state.value))
    move(slider, QPoint(5000, 5))
    QTest.mouseRelease(slider, LEFT, PLAIN, QPoint(5000, 5))
    assert session.values[0] == pytest.approx(RANGE_SIGMA)


def test_a_click_on_the_track_goes_there(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[9]
    QTest.mouseClick(slider, LEFT, PLAIN, place(slider, 4.0))
    assert session.values[9] == pytest.approx(4.0, abs=0.1)


def test_shift_drags_ten_times_finer(window: MainWindow, session: Session) -> None:
    slider = window.explore.slider_bank.sliders[0]
    session.move_axis(0, 0.0)
    drag(slider, 1.0, 2.0, keys=SHIFT)
    assert session.values[0] == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize("way", ["double-click", "control-click", "home"])
def test_a_slider_goes_back_to_the_song(
    window: MainWindow, session: Session, way: str
) -> None:
    slider = window.explore.slider_bank.sliders[5]
    session.move_axis(5, 3.0)
    middle = place(slider, 3.0)
    if way == "double-click":
        QTest.mouseClick(slider, LEFT, PLAIN, middle)
        QTest.mouseDClick(slider, LEFT, PLAIN, middle)
    elif way == "control-click":
        QTest.mouseClick(slider, LEFT, CONTROL, middle)
    else:
        slider.setFocus()
        QTest.keyClick(slider, Qt.Key.Key_Home)
    assert not session.point.moved
    session.undo()
    assert session.values[5] == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    ("key", "modifier", "step"),
    [
        (Qt.Key.Key_Right, PLAIN, 0.1),
        (Qt.Key.Key_Up, PLAIN, 0.1),
        (Qt.Key.Key_Left, PLAIN, -0.1),
        (Qt.Key.Key_Down, SHIFT, -0.01),
        (Qt.Key.Key_Right, SHIFT, 0.01),
        (Qt.Key.Key_PageUp, PLAIN, 1.0),
        (Qt.Key.Key_PageDown, PLAIN, -1.0),
    ],
)
def test_keys_move_the_slider_with_the_focus(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, step: float
) -> None:
    slider = window.explore.slider_bank.sliders[7]
    before = slider.state.value
    slider.setFocus()
    QTest.keyClick(slider, key, modifier)
    assert slider.state.value == pytest.approx(before + step, abs=0.006)


def test_keys_that_follow_each_other_are_one_step(
    window: MainWindow, session: Session
) -> None:
    start = session.point
    slider = window.explore.slider_bank.sliders[7]
    slider.setFocus()
    for _ in range(5):
        QTest.keyClick(slider, Qt.Key.Key_Right)
    session.undo()
    assert session.point == start


def test_the_wheel_moves_only_the_slider_with_the_focus(
    window: MainWindow, session: Session
) -> None:
    window.activateWindow()
    first, second = window.explore.slider_bank.sliders[:2]
    first.setFocus()
    start = session.values
    assert not turn_wheel(second, 1)
    np.testing.assert_array_equal(session.values, start)
    assert turn_wheel(first, 2)
    assert session.values[0] == pytest.approx(start[0] + 0.2, abs=0.006)


def test_a_mark_follows_the_path_while_the_song_plays(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    slider = window.explore.slider_bank.sliders[2]
    assert not slider.state.mark_shown
    session.transport.play()
    for position_s in (20.0, 60.0):
        engine.play_to(position_s)
        qtbot.waitUntil(lambda: mark_is_at(slider, float(session.marks[2])))


def test_a_screen_reader_finds_the_value_and_can_set_it(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[11]
    session.move_axis(11, 1.5)
    accessible = QAccessible.queryAccessibleInterface(slider)
    assert accessible.text(QAccessible.Text.Name) == "Axis 12"
    assert accessible.role() == QAccessible.Role.Slider
    value = accessible.valueInterface()
    assert value.currentValue() == 150
    value.setCurrentValue(-50)
    assert session.values[11] == pytest.approx(-0.5)


def test_the_sliders_sleep_until_there_is_a_song(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    assert slider.isEnabled()
    session.engine_lost("crashed", restarting=True)
    assert not slider.isEnabled()


def test_another_number_of_axes_gives_other_sliders(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.latent_size = 10
    session.open_model(Path("/models/small.safetensors"))
    engine.run()
    assert len(window.explore.slider_bank.sliders) == 10
    session.move_axis(9, 1.0)
    assert window.explore.slider_bank.sliders[9].state.value == pytest.approx(1.0)


def test_sliders_say_what_the_model_was_measured_to_do(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    change = Change(trait="width", per_sigma=0.4, correlation=0.9, weight=0.3)
    wide = AxisTraits(name="wider", opposite="narrower", changes=(change,))
    engine.traits = (AxisTraits(), wide, *[AxisTraits()] * 62)
    session.open_model(Path("/models/named.safetensors"))
    engine.run()
    first, second = window.explore.slider_bank.sliders[:2]
    assert first.accessibleName() == "Axis 1"
    assert second.accessibleName() == "Axis 2, wider"
    words = slider_words(1, second.state, second.notes)
    assert "narrower ↔ wider" in words
    assert "+1 σ: width +0.4 dB" in words
    session.names.rename(1, "hall")
    assert second.accessibleName() == "Axis 2, hall"
    assert "narrower ↔ wider" in slider_words(1, second.state, second.notes)
    session.coordinates.choose("latents")
    assert second.accessibleName() == "Latent 2"
    assert "wider" not in slider_words(1, second.state, second.notes)


@pytest.mark.parametrize("width", [900, 1366, 2560])
def test_names_never_leave_a_slider_without_its_track(
    window: MainWindow, session: Session, width: int
) -> None:
    for axis in range(64):
        session.names.rename(axis, f"A long name of axis {axis}")
    window.resize(width, 768)
    QApplication.processEvents()
    slider = window.explore.slider_bank.sliders[17]
    assert slider.look.track(slider.rect()).width() >= 70
    named = slider.look.name_area(slider.rect()).width()
    assert (named > 40) == (width > 1000)
