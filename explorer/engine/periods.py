"""How often a device asks for sound.

A buffer is filled period by period, and a new point waits for the next one to be asked
for. PortAudio divides an ALSA buffer in four, so that at 50 ms a point would wait up to
12.5 ms; in shorter periods it waits less, and the buffer is as long and as safe.
"""

import ctypes
import ctypes.util
from contextlib import suppress
from functools import cache

PERIOD_MS = 5.0  # wanted
FEWEST, MOST = 4, 40


def shorten_periods(latency_ms: float) -> None:
    """Have ALSA devices opened from now on ask every few milliseconds.

    Other systems choose their own periods, and nothing happens there.
    """
    count = min(max(round(latency_ms / PERIOD_MS), FEWEST), MOST)
    with suppress(OSError, AttributeError):
        _portaudio().PaAlsa_SetNumPeriods(count)


@cache
def _portaudio() -> ctypes.CDLL:
    """The library that sounddevice has loaded, for what it does not pass on."""
    return ctypes.CDLL(ctypes.util.find_library("portaudio") or "portaudio")
