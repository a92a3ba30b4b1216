"""Memory that a training on a CPU goes through at every step."""

import ctypes
import os
import platform

# Of glibc's mallopt: from what size on, and with how much free, memory is given back.
TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
HELD = 1 << 30  # bytes
LARGEST_HELD = 1 << 25  # bytes of one piece, the most that glibc allows


def hold_memory() -> None:
    """Keep freed memory for the next step instead of giving it back to the system.

    Maps of megabytes come and go at every layer; each that is given back has to be
    cleared by the system before it is had again, which costs a CPU a step in fifteen.
    They lie in pages of megabytes too, if torch has made no tensor before: it looks at
    its environment once. A CPU then finds its way in them some percent faster.
    """
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")
    if platform.libc_ver()[0] == "glibc":
        library = ctypes.CDLL(None)
        library.mallopt(TRIM_THRESHOLD, HELD)
        library.mallopt(MMAP_THRESHOLD, LARGEST_HELD)
