"""The last stage before the device: measures, limits and clips.

All of it runs in the audio callback, on arrays made beforehand.
"""

import numpy as np
from numpy.typing import NDArray

from vae.sound.layout import CHANNELS
from vae.sound.limiter import BLOCK, Limiter

Floats = NDArray[np.float32]


class Master:
    """Sees to it that nothing leaves full scale, and says what would have.

    Attributes
    ----------
    peaks : (2,) float32
        The largest magnitudes of this buffer, before the limiter.
    clipped : int
        Buffers so far that exceeded full scale before the limiter.
    limiter : Limiter
    """

    def __init__(self) -> None:
        self.peaks = np.zeros(CHANNELS, np.float32)
        self.clipped = 0
        self.limiter = Limiter()
        self._magnitude = np.zeros((BLOCK, CHANNELS), np.float32)

    def begin(self) -> None:
        """Begin a buffer."""
        self.peaks.fill(0.0)
        self.limiter.reduction_db = 0.0

    def finish(self, out: Floats) -> None:
        """Measure (n, 2), n ≤ BLOCK, of the buffer and bring it to full scale."""
        magnitude = self._magnitude[: len(out)]
        np.abs(out, out=magnitude)
        for side in range(CHANNELS):  # far quicker than both at once
            self.peaks[side] = max(self.peaks[side], magnitude[:, side].max())
        self.limiter.limit(out, magnitude)
        np.clip(out, -1.0, 1.0, out=out)

    def end(self) -> None:
        """Count the buffer."""
        self.clipped += bool(self.peaks.max() > 1.0)
