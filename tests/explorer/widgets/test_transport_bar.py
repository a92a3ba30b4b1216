import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.playback import Reading
from explorer.session.session import Session
from explorer.widgets.level_meter import FLOOR_DB, LevelMeter
from explorer.widgets.limiter_button import LimiterButton
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine

LEFT = Qt.MouseButton.LeftButton


def press(window: MainWindow, keys: str) -> None:
    QTest.keySequence(window, keys)
    QApplication.processEvents()


def hear(
    session: Session,
    *,
    peak: float = 0.0,
    reduction_db: float = 0.0,
    clipped: int = 0,
) -> None:
    session.reception.take_reading(
        Reading(
            position=0,
            peak_left=peak,
            peak_right=peak,
            underruns=0,
            reduction_db=reduction_db,
            clipped=clipped,
        )
    )


def limiter_button(window: MainWindow) -> LimiterButton:
    (button,) = window.explore.transport_bar.findChildren(LimiterButton)
    return button


def test_stop_goes_back_to_the_start_and_end_goes_to_the_end(
    window: MainWindow, session: Session
) -> None:
    assert session.song is not None
    press(window, "End")
    assert session.transport.position_s == pytest.approx(session.song.duration_s)
    session.transport.play()
    press(window, "Shift+Space")
    assert not session.playback.playing
    assert session.transport.position_s == 0.0


def test_m_mutes_and_lets_be_heard_again(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    press(window, "M")
    assert engine.heard[-1] == protocol.SetMute(muted=True)
    assert window.actions_["mute"].isChecked()
    labels = window.explore.transport_bar.findChildren(QLabel)
    assert "muted" in [one.text() for one in labels]
    press(window, "M")
    assert engine.heard[-1] == protocol.SetMute(muted=False)
    assert not session.output.muted


def test_the_limiter_is_on_at_first_and_lights_up_while_it_works(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    button = limiter_button(window)
    assert button.isChecked()
    hear(session, reduction_db=-4.0)
    assert button.shown_db == pytest.approx(4.0)
    hear(session)
    qtbot.waitUntil(lambda: button.shown_db == 0.0)
    button.click()
    assert engine.heard[-1] == protocol.SetLimiter(enabled=False)
    assert not button.isChecked()


def lit(meter: LevelMeter) -> bool:
    return meter.lit


def test_the_clip_light_stays_on_until_it_is_clicked(
    window: MainWindow, session: Session
) -> None:
    meter = window.explore.transport_bar.level_meter
    assert not lit(meter)
    hear(session, clipped=1)
    hear(session, clipped=1)
    assert lit(meter)
    assert "full scale" in meter.accessibleDescription()
    QTest.mouseClick(meter, LEFT)
    assert not lit(meter)
    hear(session, clipped=2)
    assert lit(meter)


def test_a_peak_is_held_for_a_while(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    meter = window.explore.transport_bar.level_meter
    session.transport.play()
    hear(session, peak=1.0)
    qtbot.waitUntil(lambda: meter.held_db == [0.0, 0.0])
    hear(session, peak=0.01)
    qtbot.waitUntil(lambda: max(meter.held_db) < -1.0, timeout=5000)
    QTest.mouseClick(meter, LEFT)
    assert meter.held_db == [FLOOR_DB, FLOOR_DB]
