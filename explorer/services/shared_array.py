"""Arrays in memory that the engine shares with the window."""

import sys
from contextlib import suppress
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray


class SharedArray:
    """The engine's memory, seen from the window, which only reads it.

    Raises
    ------
    FileNotFoundError
        The engine has given it back already.
    """

    def __init__(self, name: str, shape: tuple[int, ...], dtype: DTypeLike) -> None:
        self._memory = _attached(name)
        self._array: NDArray[Any] | None = np.ndarray(
            shape, dtype, buffer=self._memory.buf
        )

    @property
    def name(self) -> str:
        """By which both sides know it."""
        return self._memory.name

    def read(self, start: int = 0, stop: int | None = None) -> NDArray[Any]:
        """A copy of rows start to stop; of a record, the whole."""
        if self._array is None:
            raise ValueError(f"the shared memory {self.name} is closed")
        whole = self._array.ndim == 0
        return self._array.copy() if whole else self._array[start:stop].copy()

    def close(self) -> None:
        """Let go of it."""
        self._array = None
        self._memory.close()

    def discard(self) -> None:
        """Let go of it, and give it back in place of an engine that is dead."""
        self._array = None
        self._memory.close()
        with suppress(FileNotFoundError):  # the engine was quicker
            self._memory.unlink()


def _attached(name: str) -> SharedMemory:
    # The engine is a child of this process, so both have one resource tracker, and an
    # older Python's second note of the name there is no second entry.
    if sys.version_info >= (3, 13):
        return SharedMemory(name, track=False)
    return SharedMemory(name)
