"""The picture of a scene, drawn slice by slice into shared memory.

Letters: C channels, F frames, K kept coefficients.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.shared_memory import SharedMemory

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import (
    PICTURE_FLOOR_DB,
    PICTURE_TOP_DB,
    ChannelView,
    Event,
    PictureReady,
    PictureSlice,
)
from explorer.engine.scene import Piece, Scene

SLICE_FRAMES = 32
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


class Easel:
    """Draws the newest scene, slice by slice, each piece on a picture of its own.

    A new scene is begun at the playhead; then come the slices that have waited longest.
    So while a slider is dragged the whole picture goes on following, some slices a
    little behind, instead of beginning anew with every move.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._picture: Picture | None = None
        self._scene: Scene | None = None
        self._view = View()
        self._slices: list[tuple[int, int]] = []  # still to be drawn, the next one last
        self._stamps: dict[tuple[int, int], int] = {}  # what each slice shows
        self._count = 0  # slices of the picture
        self._advanced = True  # beyond the playhead's slice since the last beginning

    def draw_slice(self, scene: Scene, view: View, frame: int) -> bool:
        """Draw the next slice of a scene; False where all of it is drawn.

        A scene or a view not seen before is begun at `frame`.
        """
        if scene is not self._scene or view is not self._view:
            self._begin(scene, view, frame)
        picture = self._picture
        if picture is None or not self._slices:
            return False
        self._advanced |= len(self._slices) < self._count
        start, stop = self._slices.pop()
        coefficients = seen(scene.coefficients(start, stop), view.channels)
        frame_samples = scene.piece.transform.frame_samples
        picture.draw(start, levels(coefficients, frame_samples))
        finished = not self._slices
        stamp = max(scene.stamp, view.stamp)
        self._stamps[start, stop] = stamp
        whole = len(self._stamps) == self._count
        self._send(
            PictureSlice(
                stamp=stamp,
                start=start,
                stop=stop,
                finished=finished,
                oldest=min(self._stamps.values()) if whole else 0,
            )
        )
        return True

    def close(self) -> None:
        """Give the picture's memory back."""
        if self._picture is not None:
            self._picture.close()
            self._picture = None

    def _begin(self, scene: Scene, view: View, frame: int) -> None:
        if self._scene is None or self._scene.piece is not scene.piece:
            self.close()
            self._picture = self._announced(scene.piece)
            self._stamps = {}
        self._scene, self._view = scene, view
        frames = scene.piece.synthesis.frames
        first, *rest = outward(frames, frame, SLICE_FRAMES)
        self._count = 1 + len(rest)
        if self._advanced:  # else moves come so fast that nothing else would be drawn
            rest.sort(key=self._shown)
            slices = [first, *rest]
        else:
            slices = sorted([first, *rest], key=self._shown)
        self._advanced = False
        self._slices = slices[::-1]

    def _shown(self, part: tuple[int, int]) -> int:
        return self._stamps.get(part, 0)

    def _announced(self, piece: Piece) -> Picture:
        picture = Picture(piece.synthesis.frames, piece.transform.kept)
        event = PictureReady(
            name=picture.name,
            frames=piece.synthesis.frames,
            kept=piece.transform.kept,
            frame_s=piece.transform.frame_s,
            band_hz=piece.transform.band_hz,
        )
        self._send(event)
        return picture
