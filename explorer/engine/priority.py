"""The right of way for threads that must not be late."""

import os
import sys
import threading
from contextlib import suppress

NICE = -11  # as sound servers take for themselves


def raise_priority() -> None:
    """Have the calling thread run before others, where the system lets us."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
