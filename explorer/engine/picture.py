"""The picture of a scene: how loud each coefficient is, in shared memory.

Letters: C channels, F frames, K kept coefficients.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import (
    PICTURE_FLOOR_DB,
    PICTURE_TOP_DB,
    ChannelView,
)

SMALLEST_POWER = 1e-30  # -300 dB, far under the floor

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class View:
    """What is looked at, since a command of this stamp."""

    channels: ChannelView = "both"
    stamp: int = 0


def seen(coefficients: Floats, channels: ChannelView) -> Floats:
    """Those of (C, F, K) that are looked at; one channel is its own middle."""
    left, right, half = coefficients[:1], coefficients[-1:], np.float32(0.5)
    match channels:
        case "left":
            return left
        case "right":
            return right
        case "mid":
            return half * (left + right)
        case "side":
            return half * (left - right)
        case _:
            return coefficients


def levels(coefficients: Floats, frame_samples: int) -> Pixels:
    """How loud each coefficient is, as the protocol's pixels.

    Parameters
    ----------
    coefficients : (C, F, K) float32
        Of an orthonormal transform of frames of `frame_samples`: there a full-scale
        sine that lies exactly on a coefficient makes it √(frame_samples / 2).

    Returns
    -------
    (F, K) uint8
        What is no number is black.
    """
    power = np.einsum("cfk,cfk->fk", coefficients, coefficients)
    power *= 2 / (frame_samples * len(coefficients))
    np.maximum(power, SMALLEST_POWER, out=power)
    level_db = 10 * np.log10(power, out=power)
    steps = (level_db - PICTURE_FLOOR_DB) * (255 / (PICTURE_TOP_DB - PICTURE_FLOOR_DB))
    np.nan_to_num(steps, copy=False, nan=0.0)
    np.clip(np.rint(steps, out=steps), 0, 255, out=steps)
    pixels: Pixels = steps.astype(np.uint8)
    return pixels


def outward(frames: int, start: int, size: int) -> Iterator[tuple[int, int]]:
    """Slices (start, stop) of `size` frames that together cover `frames`.

    The first one holds frame `start`; then they lie after and before it in turn, ever
    further out. They begin at multiples of `size`.
    """
    count = -(-frames // size)
    first = min(max(start, 0), frames - 1) // size
    for distance in range(count):
        for index in {first + distance: None, first - distance: None}:
            if 0 <= index < count:
                yield index * size, min((index + 1) * size, frames)


class Picture:
    """(F, K) pixels in shared memory, black at first."""

    def __init__(self, frames: int, kept: int) -> None:
        self._memory = SharedMemory(create=True, size=frames * kept)
        self._pixels: Pixels = np.ndarray(
            (frames, kept), np.uint8, buffer=self._memory.buf
        )
        self._pixels.fill(0)

    @property
    def name(self) -> str:
        """Of the shared memory."""
        return self._memory.name

    def draw(self, start: int, pixels: Pixels) -> None:
        """Put (n, K) pixels at frame `start`."""
        self._pixels[start : start + len(pixels)] = pixels

    def close(self) -> None:
        """Give the memory back; nothing may be drawn afterwards."""
        del self._pixels
        self._memory.close()
        self._memory.unlink()
