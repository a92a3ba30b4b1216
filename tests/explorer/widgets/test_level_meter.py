import pytest
from PySide6.QtCore import QTimer

from explorer.session.session import Session
from explorer.widgets.level_meter import FALL_DB, FLOOR_DB, HOLD_TICKS, LevelMeter
from explorer.widgets.main_window import MainWindow
from tests.explorer.widgets.test_transport_bar import hear

PEAK_DB = -6.0206


def tick(meter: LevelMeter, times: int = 1) -> QTimer:
    """What the meter's own clock does."""
    (timer,) = meter.findChildren(QTimer)
    for _ in range(times):
        timer.timeout.emit()
    return timer


def test_a_peak_is_held_then_falls_and_the_meter_comes_to_rest(
    window: MainWindow, session: Session
) -> None:
    meter = window.explore.transport_bar.level_meter
    session.transport.play()
    hear(session, peak=0.5)
    tick(meter)
    assert meter.held_db == pytest.approx([PEAK_DB, PEAK_DB], abs=1e-3)
    hear(session, peak=0.0)
    tick(meter, HOLD_TICKS)
    assert meter.held_db == pytest.approx([PEAK_DB, PEAK_DB], abs=1e-3)
    tick(meter)
    assert meter.held_db[0] == pytest.approx(PEAK_DB - FALL_DB, abs=1e-3)
    session.transport.pause()
    timer = tick(meter, round(-FLOOR_DB / FALL_DB) + 1)
    assert meter.held_db == [FLOOR_DB, FLOOR_DB]
    assert not timer.isActive()
