import ctypes

import pytest

from explorer.engine import periods
from explorer.engine.device import Device
from tests.explorer.engine.doubles import SAMPLE_RATE, player, wait_until
from tests.sound_server import SoundServer


@pytest.mark.parametrize("latency_ms", [20.0, 50.0, 100.0])
def test_a_new_point_waits_no_longer_in_a_long_buffer(
    latency_ms: float, sound_server: SoundServer
) -> None:
    with player() as (one, _):
        device = Device(one, None, latency_ms)
        device.begin()
        wait_until(lambda: one.blocks > 3)
        device.close()
        assert 0.002 * SAMPLE_RATE < one.buffer_samples < 0.006 * SAMPLE_RATE


def test_where_there_is_no_such_library_nothing_happens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> ctypes.CDLL:
        raise OSError("no such library")

    monkeypatch.setattr(periods, "_portaudio", missing)
    periods.shorten_periods(50.0)
