"""Memory that a training on a CPU goes through at every step.

Maps of megabytes come and go at every layer. Each that is given back to the system has
to be cleared by it before it is had again, which costs a CPU a step in fifteen. To look
up where pages of 4 kB lie costs it some percent more that pages of megabytes do not.
"""

import ctypes
import mmap
import os
import platform

# Of glibc's mallopt: from how much free and from what size on memory is given back, and
# how much more than is asked for is had from the system.
TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD = -1, -2, -3
HELD = 1 << 30  # bytes
LARGEST_HELD = 1 << 25  # bytes of one piece, the most that glibc allows
USUAL_PAD = 1 << 17  # bytes


def hold_memory() -> None:
    """Keep freed memory for the next step, and have it in pages of megabytes.

    As far as the system has both: else nothing happens. Of torch's own tensors those
    made before lie where they were.
    """
    os.environ.setdefault("THP_MEM_ALLOC_ENABLE", "1")  # for what lies elsewhere
    if platform.libc_ver()[0] == "glibc":
        library = ctypes.CDLL(None)
        library.mallopt(TRIM_THRESHOLD, HELD)
        library.mallopt(MMAP_THRESHOLD, LARGEST_HELD)
        _grow(library)


def _grow(library: ctypes.CDLL) -> None:
    """Let the heap have, but not yet touch, what is held, and ask for large pages."""
    library.sbrk.restype = library.malloc.restype = ctypes.c_void_p
    begin = library.sbrk(0)
    library.mallopt(TOP_PAD, HELD - 2 * LARGEST_HELD)
    piece = ctypes.c_void_p(library.malloc(ctypes.c_size_t(LARGEST_HELD // 2)))
    library.free(piece)
    library.mallopt(TOP_PAD, USUAL_PAD)
    size = library.sbrk(0) - begin
    if size > 0 and hasattr(mmap, "MADV_HUGEPAGE"):
        start, length = ctypes.c_void_p(begin), ctypes.c_size_t(size)
        library.madvise(start, length, mmap.MADV_HUGEPAGE)
