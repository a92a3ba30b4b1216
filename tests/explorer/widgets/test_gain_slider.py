import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from explorer.session.playback import GAIN_FLOOR_DB, GAIN_TOP_DB
from explorer.session.session import Session
from explorer.widgets.gain_slider import GainLabel, GainSlider, gain_of_text, gain_text
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import LEFT, PLAIN, SHIFT, move


@pytest.fixture
def gain(window: MainWindow) -> GainSlider:
    (slider,) = window.explore.transport_bar.findChildren(GainSlider)
    return slider


def test_escape_brings_the_loudness_back_and_a_double_click_0_db(
    gain: GainSlider, session: Session, window: MainWindow
) -> None:
    session.transport.set_gain_db(-12.0)
    middle = gain.height() // 2
    QTest.mousePress(gain, LEFT, PLAIN, QPoint(gain.width() // 2, middle))
    move(gain, QPoint(20, middle))
    assert session.playback.gain_db < -30
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert session.playback.gain_db == -12.0
    move(gain, QPoint(80, middle))
    assert session.playback.gain_db == -12.0
    QTest.mouseRelease(gain, LEFT, PLAIN, QPoint(80, middle))
    QTest.mouseDClick(gain, LEFT, PLAIN, QPoint(80, middle))
    assert session.playback.gain_db == 0.0


def test_shift_drags_it_finely(gain: GainSlider, session: Session) -> None:
    middle = gain.height() // 2
    QTest.mousePress(gain, LEFT, SHIFT, QPoint(20, middle))
    move(gain, QPoint(60, middle), keys=SHIFT)
    QTest.mouseRelease(gain, LEFT, SHIFT, QPoint(60, middle))
    assert 0.5 <= session.playback.gain_db <= 5.0


def test_the_number_is_typed_after_a_double_click(
    window: MainWindow, session: Session
) -> None:
    (label,) = window.explore.transport_bar.findChildren(GainLabel)
    assert label.text() == "0.0 dB"
    line = label.edit()
    assert line.selectedText() == line.text() == "0.0"
    QTest.keyClicks(line, "-7.3")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert session.playback.gain_db == pytest.approx(-7.3)
    assert label.text() == "−7.3 dB"
    line = label.edit()
    QTest.keyClicks(line, "loud")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.isVisible()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert session.playback.gain_db == pytest.approx(-7.3)


@pytest.mark.parametrize(
    ("typed", "gain_db"),
    [
        ("−6 dB", -6.0),
        ("+3,5", 3.5),
        ("99", GAIN_TOP_DB),
        ("-inf", GAIN_FLOOR_DB),
        ("silent", GAIN_FLOOR_DB),
        ("nan", None),
        ("", None),
    ],
)
def test_what_is_typed_is_held_within_the_range(
    typed: str, gain_db: float | None
) -> None:
    assert gain_of_text(typed) == gain_db


def test_what_is_shown_can_be_typed_again() -> None:
    for gain_db in (GAIN_FLOOR_DB, -0.5, 0.0, GAIN_TOP_DB):
        assert gain_of_text(gain_text(gain_db)) == gain_db
