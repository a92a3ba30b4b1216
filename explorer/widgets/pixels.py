"""The picture as it fits the screen: several levels in one pixel show the loudest.

Letters: F frames, K kept coefficients; f and k, the columns and rows that are left.
"""

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Indices = NDArray[np.intp]

NO_CHANGE = 128  # of a difference; a step is as many dB as one of the levels
LARGEST_CHANGE = 127


class FittedPixels:
    """A part of a picture, made smaller and turned: frequency up, time right.

    A partial is often narrower than a pixel; picking every nth coefficient would lose
    it, and a mean would hide it.

    Parameters
    ----------
    frames : (int, int)
        The first frame that is seen, and the one after the last.
    edges : (k + 1,) float64, rising
        Coefficients at which the rows begin and end.
    width : int
        Pixels there are for the frames.

    Attributes
    ----------
    frames : (int, int)
        Those the image shows: as many more than asked for as make whole columns.
    image : (k, f) uint8, C-contiguous
    """

    def __init__(
        self, frames: tuple[int, int], edges: NDArray[np.float64], *, width: int
    ) -> None:
        first, last = frames
        self.frames_each = each = max(1, (last - first) // max(width, 1))
        self.frames = (first // each * each, -(-last // each) * each)
        self._first_column = first // each
        self._rows = _Rows(edges)
        columns = -(-last // each) - self._first_column
        self.image: Pixels = np.zeros((len(edges) - 1, max(columns, 0)), np.uint8)

    def draw(self, levels: Pixels, start: int, stop: int) -> tuple[int, int]:
        """Take over the frames start to stop of the levels (F, K).

        Returns
        -------
        (int, int)
            The columns that were drawn, first and last + 1; the same where none was.
        """
        each = self.frames_each
        start, stop = max(start, self.frames[0]), min(stop, self.frames[1])
        if stop <= start:
            return 0, 0
        first, last = start // each, -(-stop // each)
        loudest = _loudest(levels[first * each : min(last * each, len(levels))], each)
        columns = slice(first - self._first_column, last - self._first_column)
        self.image[:, columns] = self._rows.loudest(loudest)
        return columns.start, columns.stop


class _Rows:
    """Which coefficients each row covers, kept as tables of indices."""

    def __init__(self, edges: NDArray[np.float64]) -> None:
        low, high = edges[:-1], edges[1:]
        single = high - low < 1  # a row within a coefficient shows that one
        starts = np.where(single, np.floor((low + high) / 2), np.rint(low))
        stops = np.where(single, starts + 1, np.maximum(np.rint(high), starts + 1))
        first = int(starts[0])
        self._bounds = slice(first, int(stops.max()))
        starts, counts = starts.astype(np.intp) - first, (stops - starts).astype(int)
        self._starts: Indices = starts
        self._further: list[tuple[Indices, Indices]] = []
        for step in range(1, int(counts.max())):
            rows = np.flatnonzero(counts > step)
            self._further.append((rows, starts[rows] + step))

    def loudest(self, levels: Pixels) -> Pixels:
        """The loudest level each row covers: (n, K) → (k, n)."""
        upright = np.ascontiguousarray(levels[:, self._bounds].T)
        image: Pixels = upright[np.minimum(self._starts, len(upright) - 1)]
        for rows, sources in self._further:
            image[rows] = np.maximum(image[rows], upright[sources])
        return image


def difference(levels: Pixels, reference: Pixels, floor: int) -> Pixels:
    """How much louder levels are than those they are compared with.

    What is below `floor` in both is silence, and has not changed.

    Parameters
    ----------
    levels, reference : uint8, of the same shape
        Levels as the engine draws them.
    floor : int

    Returns
    -------
    uint8, of that shape
        NO_CHANGE where nothing has changed; C-contiguous.
    """
    now = np.maximum(levels, np.uint8(floor)).astype(np.int16)
    now -= np.maximum(reference, np.uint8(floor))
    np.clip(now, -LARGEST_CHANGE, LARGEST_CHANGE, out=now)
    now += NO_CHANGE
    return now.astype(np.uint8)


def _loudest(levels: Pixels, each: int) -> Pixels:
    """The largest of every `each` rows: (n, m) → (⌈n / each⌉, m)."""
    if each == 1:
        return levels
    loudest = levels[::each].copy()
    for following in range(1, each):
        rows = levels[following::each]
        np.maximum(loudest[: len(rows)], rows, out=loudest[: len(rows)])
    return loudest
