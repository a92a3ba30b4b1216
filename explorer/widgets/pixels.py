"""The picture as it fits the screen: several levels in one pixel show the loudest.

Letters: F frames, K kept coefficients; f and k, what is left of them.
"""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


class FittedPixels:
    """A picture, made smaller by whole factors and turned: frequency up, time right.

    A partial is often narrower than a pixel; picking every nth coefficient would lose
    it, and a mean would hide it.

    Attributes
    ----------
    image : (k, f) uint8, C-contiguous
    """

    def __init__(self, frames: int, kept: int, *, width: int, height: int) -> None:
        self.frames_each = max(1, frames // max(width, 1))
        self.kept_each = max(1, kept // max(height, 1))
        shape = (-(-kept // self.kept_each), -(-frames // self.frames_each))
        self.image: Pixels = np.zeros(shape, np.uint8)

    def draw(self, levels: Pixels, start: int, stop: int) -> None:
        """Take over the frames start to stop of the levels (F, K)."""
        each = self.frames_each
        first, last = start // each, -(-stop // each)
        rows = levels[first * each : last * each]
        self.image[:, first:last] = _loudest(_loudest(rows, each).T, self.kept_each)


def _loudest(levels: Pixels, each: int) -> Pixels:
    """The largest of every `each` rows: (n, m) → (⌈n / each⌉, m)."""
    loudest = levels[::each].copy()
    for following in range(1, each):
        rows = levels[following::each]
        np.maximum(loudest[: len(rows)], rows, out=loudest[: len(rows)])
    return loudest
