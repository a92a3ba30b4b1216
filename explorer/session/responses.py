"""How long it takes from a person's move to its sound and to its picture."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from psygnal import Signal

from explorer.engine.protocol import Command, SetPoint

REMEMBERED = 200  # moves
TAIL_PERCENT = 95.0
NS_PER_MS = 1e6


@dataclass(frozen=True, kw_only=True)
class Times:
    """What is typical of the latest times, and how long the slow ones take."""

    median_ms: float
    tail_ms: float  # 95 of a hundred are no longer


class Responses:
    """Measures each move that was answered; those a newer one overtook do not count.

    A move begins at the time its command carries. Its sound is measured by the engine,
    its picture here: from the move to the slice that finishes the picture.
    """

    changed = Signal()

    def __init__(self, clock_ns: Callable[[], int]) -> None:
        self._clock_ns = clock_ns
        self._sound_ms: deque[float] = deque(maxlen=REMEMBERED)
        self._picture_ms: deque[float] = deque(maxlen=REMEMBERED)
        self._asked_ns: dict[int, int] = {}  # by stamp
        self._newest = self._forgotten = 0  # stamps: of all, and of those forgotten

    @property
    def sound(self) -> Times | None:
        """From a move to the first sound that holds it; None before any."""
        return _times(self._sound_ms)

    @property
    def picture(self) -> Times | None:
        """From a move to the whole picture of it; None before any."""
        return _times(self._picture_ms)

    def hear(self, command: Command) -> None:
        """Take note of a move that was sent to the engine."""
        if isinstance(command, SetPoint):
            self._asked_ns[command.stamp] = command.time_ns
            self._newest = command.stamp

    def add_sound(self, milliseconds: float, *, stamp: int) -> None:
        """Count in a move that is heard, unless it was forgotten."""
        if stamp > self._forgotten:
            self._sound_ms.append(milliseconds)
            self.changed.emit()

    def finish_picture(self, stamp: int) -> None:
        """Count in a move whose picture is whole, and forget those before it."""
        asked_ns = self._asked_ns.get(stamp)
        self._asked_ns = {one: at for one, at in self._asked_ns.items() if one > stamp}
        if asked_ns is not None:
            self._picture_ms.append((self._clock_ns() - asked_ns) / NS_PER_MS)
            self.changed.emit()

    def forget_moves(self) -> None:
        """Nothing that was asked for is to be expected any more."""
        self._asked_ns.clear()
        self._forgotten = self._newest


def _times(milliseconds: deque[float]) -> Times | None:
    if not milliseconds:
        return None
    median_ms, tail_ms = np.percentile(milliseconds, (50.0, TAIL_PERCENT))
    return Times(median_ms=float(median_ms), tail_ms=float(tail_ms))
