"""A recording as the model sees it: its coefficients, and what its own path says of it.

Letters: C channels, F frames, K kept coefficients, L latent size, T latent vectors of
the path, n frames.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.sound.sounds import DelayedSound, Sound, coefficients
from vae.synthesis.gliding import lead

BLOCK_FRAMES = 32  # the coefficients are kept in blocks of so many frames
BLOCKS_KEPT = 64  # of a row, 16 to 128 s; each 0.7 MB at full size

Floats = NDArray[np.float32]
Block = TypeVar("Block")


class Seen(NamedTuple):
    """A recording on some frames: what it holds, and what its own path says of it."""

    coefficients: Floats  # (C, n, K)
    envelope: Envelope


class Recording:
    """Sound with its own path through a model.

    Safe to use from several threads at once.

    Parameters
    ----------
    codec : Codec
    sound : Sound
    path : (T, L) float32, optional
        Raw latents; encoded from the sound unless given.
    """

    def __init__(self, codec: Codec, sound: Sound, path: Floats | None = None) -> None:
        self.sound = sound
        self.frames = codec.frame_count(sound.samples)
        self.path: Floats = codec.encode(sound) if path is None else path
        self._codec = codec
        transform = codec.config.transform
        begin = lead(transform)
        samples = begin + self.frames * transform.frame_samples
        self._delayed = DelayedSound(sound, begin, samples)
        self._blocks = _Blocks[Seen](self.frames)
        self._blocks_between = _Blocks[Floats](self.frames + 1)

    def seen(self, start: int, stop: int) -> Seen:
        """Frames start to stop, put together from blocks."""
        blocks, cut = self._blocks.around(start, stop, self._seen)
        return Seen(
            _joined([block.coefficients for block in blocks], cut),
            Envelope(
                *(
                    None if heads[0] is None else _joined(list(heads), cut)
                    for heads in zip(*(block.envelope for block in blocks), strict=True)
                )
            ),
        )

    def between(self, start: int, stop: int) -> Floats:
        """Frames start to stop of the F + 1 of the row between (see `gliding`)."""
        blocks, cut = self._blocks_between.around(start, stop, self._between)
        return _joined(blocks, cut)

    def highs(self, start: int, stop: int) -> Floats:
        """Frames start to stop of what lies above the kept band, (C, n, rest)."""
        return self._above(self.sound, start, stop)

    def highs_between(self, start: int, stop: int) -> Floats:
        """The same of the row between."""
        return self._above(self._delayed, start, stop)

    def _above(self, sound: Sound, start: int, stop: int) -> Floats:
        transform = self._codec.config.transform
        kept = transform.frame_samples
        return coefficients(sound, start, stop, transform, kept)[..., transform.kept :]

    def _seen(self, start: int, stop: int) -> Seen:
        return Seen(
            coefficients(self.sound, start, stop, self._codec.config.transform),
            self._codec.envelope(self.path, frames=self.frames, start=start, stop=stop),
        )

    def _between(self, start: int, stop: int) -> Floats:
        return coefficients(self._delayed, start, stop, self._codec.config.transform)


class _Blocks(Generic[Block]):
    """A row of frames in blocks, of which the last ones asked for are kept.

    Parameters
    ----------
    frames : int
        Of the whole row.
    """

    def __init__(self, frames: int) -> None:
        self._frames = frames
        self._kept: OrderedDict[int, Block] = OrderedDict()
        self._lock = Lock()

    def around(
        self, start: int, stop: int, compute: Callable[[int, int], Block]
    ) -> tuple[list[Block], slice]:
        """The blocks that hold frames start to stop, and where these lie in them.

        `compute` gives the block of frames from one to another.
        """
        first, last = start // BLOCK_FRAMES, -(-stop // BLOCK_FRAMES)
        begin = first * BLOCK_FRAMES
        blocks = [self._block(number, compute) for number in range(first, last)]
        return blocks, slice(start - begin, stop - begin)

    def _block(self, number: int, compute: Callable[[int, int], Block]) -> Block:
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        start = number * BLOCK_FRAMES
        block = compute(start, min(self._frames, start + BLOCK_FRAMES))
        with self._lock:
            self._kept[number] = block
            while len(self._kept) > BLOCKS_KEPT:
                self._kept.popitem(last=False)
        return block


def _joined(parts: list[Floats], cut: slice) -> Floats:
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
    return whole[:, cut]
