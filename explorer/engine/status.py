"""The shared record that says where the sound is; written at every buffer."""

from multiprocessing.shared_memory import SharedMemory

import numpy as np

from explorer.engine.protocol import STATUS


class StatusBoard:
    """One `STATUS` record in shared memory, which the window may read at any time."""

    def __init__(self) -> None:
        self._memory = SharedMemory(create=True, size=STATUS.itemsize)
        self._record = np.ndarray((), STATUS, buffer=self._memory.buf)
        self._record[...] = 0

    @property
    def name(self) -> str:
        """Of the shared memory."""
        return self._memory.name

    def write(
        self,
        *,
        position: int,
        playing: bool,
        peak_left: float,
        peak_right: float,
        underruns: int,
        reduction_db: float,
        clipped: int,
    ) -> None:
        """Say where the sound is now; see `STATUS`."""
        record = self._record
        record["position"] = position
        record["playing"] = playing
        record["peak_left"] = peak_left
        record["peak_right"] = peak_right
        record["underruns"] = underruns
        record["reduction_db"] = reduction_db
        record["clipped"] = clipped

    def close(self) -> None:
        """Give the memory back; nothing may be written afterwards."""
        del self._record
        self._memory.close()
        self._memory.unlink()
