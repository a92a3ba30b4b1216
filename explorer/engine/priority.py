"""The right of way: threads that must not be late, and those that may."""

import os
import sys
import threading
from contextlib import suppress

FIRST = -11  # as sound servers take for themselves
LAST = 5  # after the window, before a training


def raise_priority() -> None:
    """Have the calling thread run before others, where the system lets us."""
    _set_nice(FIRST)


def lower_priority() -> None:
    """Have the calling thread run when others do not need the processor."""
    _set_nice(LAST)


def _set_nice(nice: int) -> None:
    if sys.platform == "linux":  # elsewhere it would hold for the whole process
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), nice)
