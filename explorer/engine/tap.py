"""What is handed to the device, kept for a moment so that it can be written down.

Only the audio callback fills it and only one other thread empties it; neither waits.
"""

import numpy as np
from numpy.typing import NDArray

from vae.sound.layout import CHANNELS, SAMPLE_RATE

CAPACITY = 10 * SAMPLE_RATE  # samples: ten seconds for a busy disk

Floats = NDArray[np.float32]


class Tap:
    """A ring of samples.

    Attributes
    ----------
    lost : int
        Samples that found no room.
    """

    def __init__(self) -> None:
        self.lost = 0
        self._ring = np.zeros((CAPACITY, CHANNELS), np.float32)
        self._filled = 0  # samples so far
        self._emptied = 0

    def fill(self, sound: Floats) -> None:
        """Take in (n, 2); called by the audio callback."""
        count = len(sound)
        if self._filled - self._emptied + count > CAPACITY:
            self.lost += count
            return
        at = self._filled % CAPACITY
        first = min(count, CAPACITY - at)
        self._ring[at : at + first] = sound[:first]
        self._ring[: count - first] = sound[first:]
        self._filled += count

    def empty(self) -> Floats:
        """(2, n), what has come since the last time."""
        end = self._filled
        at = np.arange(self._emptied, end) % CAPACITY
        sound = self._ring[at].T
        self._emptied = end
        return sound
