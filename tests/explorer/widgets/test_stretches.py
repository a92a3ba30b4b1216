import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.overview_strip import OverviewStrip
from explorer.widgets.span_strip import SpanStrip
from tests.explorer.fake_engine import SAMPLE_RATE
from tests.explorer.hand import LEFT, PLAIN, SHIFT, move, turn_wheel
from tests.explorer.widgets.test_main_window import press


@pytest.fixture
def overview(window: MainWindow) -> OverviewStrip:
    QApplication.processEvents()
    return window.explore.image_view.overview


@pytest.fixture
def strip(window: MainWindow, session: Session) -> SpanStrip:
    """The strip, with a stretch from 32 to 64 of 128 seconds."""
    session.span_edits.add(32 * SAMPLE_RATE, 64 * SAMPLE_RATE)
    QApplication.processEvents()
    return window.explore.image_view.span_strip


def drag_over(
    widget: OverviewStrip | SpanStrip,
    start: float,
    stop: float,
    *,
    keys: Qt.KeyboardModifier = PLAIN,
) -> None:
    """Drag from one pixel to another."""
    y = widget.height() // 2
    QTest.mousePress(widget, LEFT, keys, QPoint(round(start), y))
    move(widget, QPoint(round((start + stop) / 2), y), keys=keys)
    move(widget, QPoint(round(stop), y), keys=keys)
    QTest.mouseRelease(widget, LEFT, keys, QPoint(round(stop), y))


def seen(session: Session) -> tuple[float, float]:
    return session.view.time.low, session.view.time.high


def ends(session: Session) -> list[float]:
    span = session.span_edits.all[0]
    return [span.start / SAMPLE_RATE, span.stop / SAMPLE_RATE]


# ---------------------------------------------------------------- the overview


def test_a_drag_over_the_overview_shows_that_part(
    overview: OverviewStrip, session: Session
) -> None:
    drag_over(overview, overview.x_of(0.25), overview.x_of(0.5))
    assert seen(session) == pytest.approx((0.25, 0.5), abs=0.01)


def test_what_is_framed_is_dragged_along_and_its_end_zooms(
    overview: OverviewStrip, session: Session
) -> None:
    drag_over(overview, overview.x_of(0.25), overview.x_of(0.5))
    drag_over(overview, overview.x_of(0.3), overview.x_of(0.5))
    assert seen(session) == pytest.approx((0.45, 0.7), abs=0.01)
    drag_over(overview, overview.x_of(0.7), overview.x_of(0.9))
    assert seen(session) == pytest.approx((0.45, 0.9), abs=0.01)
    QTest.mouseDClick(overview, LEFT, PLAIN, QPoint(round(overview.x_of(0.5)), 9))
    assert session.view.time.whole


def test_a_click_on_the_overview_goes_there(
    overview: OverviewStrip, session: Session
) -> None:
    QTest.mouseClick(overview, LEFT, PLAIN, QPoint(round(overview.x_of(0.75)), 9))
    assert session.transport.position_s == pytest.approx(96.0, abs=0.5)
    assert session.view.time.whole


def test_wheel_and_keys_zoom_and_move(
    overview: OverviewStrip, session: Session
) -> None:
    turn_wheel(overview, 3, at=QPoint(round(overview.x_of(0.5)), 9))
    size = session.view.time.size
    assert size == pytest.approx(1.25**-3)
    overview.setFocus()
    before = session.view.time.low
    QTest.keyClick(overview, Qt.Key.Key_Right)
    assert session.view.time.low == pytest.approx(before + size / 10)
    QTest.keyClick(overview, Qt.Key.Key_Up)
    assert session.view.time.size < size


def test_the_overview_draws_what_is_loud_higher(overview: OverviewStrip) -> None:
    image = overview.grab().toImage()
    ground = image.pixelColor(round(overview.x_of(0.5)), 0)

    def lit(share: float) -> int:
        x = round(overview.x_of(share))
        rows = range(1, image.height() - 1)
        return sum(image.pixelColor(x, y) != ground for y in rows)

    assert lit(0.1) < lit(0.4) < lit(0.9), "the song has four parts, each louder"


# ---------------------------------------------------------------- stretches


def test_e_edits_the_loop_alone_and_w_the_whole_song_again(
    window: MainWindow, session: Session
) -> None:
    assert not window.explore.image_view.span_strip.isVisible()
    session.transport.set_loop_region(32.0, 64.0)
    press(window, "E")
    assert window.explore.image_view.span_strip.isVisible()
    bar = window.explore.focus_bar
    assert bar.isVisible()
    assert "stretch 1 of 1 alone, from 0:32.0 to 1:04.0" in bar.text
    window.explore.slider_bank.sliders[0].setFocus()
    session.move_axis(0, 3.0)
    assert not session.point.whole.any()
    press(window, "W")
    assert not bar.isVisible()
    slider = window.explore.slider_bank.sliders[0]
    assert slider.state.value == pytest.approx(float(session.path_mean[0]), abs=0.006)
    press(window, "Shift+E")
    assert slider.state.value == pytest.approx(3.0)
    press(window, "Ctrl+Del")
    assert session.point.spans == ()


def test_ends_are_dragged_as_one_step(strip: SpanStrip, session: Session) -> None:
    steps = len(session.history.steps)
    drag_over(strip, strip.x_of(64 * SAMPLE_RATE), strip.x_of(96 * SAMPLE_RATE))
    assert ends(session) == pytest.approx([32.0, 96.0], abs=0.3)
    drag_over(strip, strip.x_of(32 * SAMPLE_RATE), strip.x_of(16 * SAMPLE_RATE))
    assert ends(session) == pytest.approx([16.0, 96.0], abs=0.3)
    assert len(session.history.steps) == steps + 2
    session.undo()
    assert ends(session) == pytest.approx([32.0, 96.0], abs=0.3)


def test_the_middle_moves_it_and_keeps_its_length(
    strip: SpanStrip, session: Session
) -> None:
    drag_over(strip, strip.x_of(48 * SAMPLE_RATE), strip.x_of(128 * SAMPLE_RATE))
    assert ends(session) == pytest.approx([96.0, 128.0], abs=0.3)


def test_shift_drags_the_fade(strip: SpanStrip, session: Session) -> None:
    at, to = strip.x_of(36 * SAMPLE_RATE), strip.x_of(40 * SAMPLE_RATE)
    drag_over(strip, at, to, keys=SHIFT)
    fade_s = session.span_edits.all[0].fade / SAMPLE_RATE
    assert fade_s == pytest.approx(4.25, abs=0.3)
    assert ends(session) == [32.0, 64.0]


def test_a_click_takes_a_stretch_and_a_double_click_beside_it_the_song(
    strip: SpanStrip, session: Session
) -> None:
    session.span_edits.focus_on(None)
    inside = QPoint(round(strip.x_of(48 * SAMPLE_RATE)), 8)
    QTest.mouseClick(strip, LEFT, PLAIN, inside)
    assert session.span_edits.focus == 0
    outside = QPoint(round(strip.x_of(100 * SAMPLE_RATE)), 8)
    QTest.mouseDClick(strip, LEFT, PLAIN, outside)
    assert session.span_edits.focus is None


def test_keys_move_a_stretch_and_take_it_away(
    strip: SpanStrip, session: Session
) -> None:
    strip.setFocus()
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert ends(session) == pytest.approx([32.1, 64.1])
    QTest.keyClick(strip, Qt.Key.Key_Right, SHIFT)
    assert ends(session) == pytest.approx([32.1, 64.2])
    QTest.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert ends(session) == pytest.approx([32.0, 64.2])
    fade = session.span_edits.all[0].fade
    QTest.keyClick(strip, Qt.Key.Key_Up)
    assert session.span_edits.all[0].fade > fade
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert session.point.spans == ()
    assert not strip.isVisible()


def test_the_menu_sets_fades_loops_and_removes(
    strip: SpanStrip, session: Session
) -> None:
    menu = strip.menu_of(0)
    actions = {one.text(): one for one in menu.actions()}
    assert actions["Fade over 0.25 s"].isChecked()
    actions["Fade over 1 s"].trigger()
    assert session.span_edits.all[0].fade == SAMPLE_RATE
    actions["&Loop it"].trigger()
    assert session.playback.region == (32 * SAMPLE_RATE, 64 * SAMPLE_RATE)
    actions["&Remove it"].trigger()
    assert session.point.spans == ()


def test_the_strip_shows_what_the_session_has(
    strip: SpanStrip, session: Session
) -> None:
    before = strip.grab().toImage()
    session.span_edits.move(0, 0, 16 * SAMPLE_RATE)
    QApplication.processEvents()
    after = strip.grab().toImage()
    x = round(strip.x_of(8 * SAMPLE_RATE))
    assert before.pixelColor(x, 8) != after.pixelColor(x, 8)
    assert np.isclose(strip.x_of(0), strip._plot.x_of(0.0))


def test_escape_gives_up_the_drag_of_a_stretch(
    strip: SpanStrip, session: Session, window: MainWindow
) -> None:
    steps, y = session.history.steps, strip.height() // 2
    start, stop = round(strip.x_of(64 * SAMPLE_RATE)), round(strip.x_of(0))
    QTest.mousePress(strip, LEFT, PLAIN, QPoint(start, y))
    move(strip, QPoint((start + stop) // 2 + 100, y))
    assert ends(session)[1] != 64.0
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert ends(session) == [32.0, 64.0]
    move(strip, QPoint(start + 50, y))
    QTest.mouseRelease(strip, LEFT, PLAIN, QPoint(start + 50, y))
    assert ends(session) == [32.0, 64.0]
    assert session.history.steps == steps
