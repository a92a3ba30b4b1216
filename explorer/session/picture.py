"""The decoded image: how loud each frequency is in each frame.

Letters: F frames of the song, K kept coefficients.
"""

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.engine.protocol import PictureReady, PictureSlice

Pixels = NDArray[np.uint8]


class Picture:
    """The levels as last drawn by the engine.

    Attributes
    ----------
    pixels : (F, K) uint8, C-contiguous
        0 is PICTURE_FLOOR_DB or less, 255 is PICTURE_TOP_DB or more; time downward,
        frequency rightward; (0, 0) while there is no picture.
    frame_s : float
        Duration of a frame, seconds.
    band_hz : float
        Upper edge of the last coefficient.
    stamp : int
        The newest point any frame shows.
    finished : bool
        True where every frame shows the same point.
    """

    replaced = Signal()
    rows_changed = Signal(int, int)  # frames start to stop

    def __init__(self) -> None:
        self.pixels: Pixels = np.zeros((0, 0), np.uint8)
        self.frame_s = 0.0
        self.band_hz = 0.0
        self.stamp = -1
        self.finished = False

    @property
    def duration_s(self) -> float:
        """Seconds from the left edge to the right edge."""
        return len(self.pixels) * self.frame_s

    def replace(self, event: PictureReady) -> None:
        """Begin a picture of another shape, black until its rows come."""
        self.pixels = np.zeros((event.frames, event.kept), np.uint8)
        self.frame_s, self.band_hz = event.frame_s, event.band_hz
        self.finished = False
        self.replaced.emit()

    def draw(self, event: PictureSlice, rows: Pixels) -> None:
        """Take over the frames of a slice: (stop - start, K) uint8."""
        start, stop = event.start, min(event.stop, len(self.pixels))
        if stop > start:
            self.pixels[start:stop] = rows[: stop - start]
        self.stamp = event.stamp
        self.finished = event.finished
        self.rows_changed.emit(start, stop)
