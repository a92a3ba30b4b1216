"""A recording as the model sees it: its coefficients, and what its own path says of it.

Letters: C channels, F frames, K kept coefficients, L latent size, T latent vectors of
the path, n frames.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.sound.sounds import DelayedSound, Sound, coefficients
from vae.synthesis.gliding import lead

BLOCK_FRAMES = 32  # the coefficients are kept in blocks of so many frames
BLOCKS_KEPT = 64  # 128 s a 16 blocks; each 0.7 MB at full size

Floats = NDArray[np.float32]


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
        self._blocks: OrderedDict[int, Seen] = OrderedDict()
        self._between: OrderedDict[int, Floats] = OrderedDict()
        self._lock = Lock()

    def seen(self, start: int, stop: int) -> Seen:
        """Frames start to stop, put together from blocks."""
        first = start // BLOCK_FRAMES
        blocks = [self._block(n) for n in range(first, -(-stop // BLOCK_FRAMES))]
        cut = slice(start - first * BLOCK_FRAMES, stop - first * BLOCK_FRAMES)
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
        first = start // BLOCK_FRAMES
        blocks = [
            self._block_between(n) for n in range(first, -(-stop // BLOCK_FRAMES))
        ]
        cut = slice(start - first * BLOCK_FRAMES, stop - first * BLOCK_FRAMES)
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

    def _block_between(self, number: int) -> Floats:
        with self._lock:
            if number in self._between:
                self._between.move_to_end(number)
                return self._between[number]
        start = number * BLOCK_FRAMES
        stop = min(self.frames + 1, start + BLOCK_FRAMES)
        block = coefficients(self._delayed, start, stop, self._codec.config.transform)
        with self._lock:
            self._between[number] = block
            while len(self._between) > BLOCKS_KEPT:
                self._between.popitem(last=False)
        return block

    def _block(self, number: int) -> Seen:
        with self._lock:
            if number in self._blocks:
                self._blocks.move_to_end(number)
                return self._blocks[number]
        start = number * BLOCK_FRAMES
        stop = min(self.frames, start + BLOCK_FRAMES)
        block = Seen(
            coefficients(self.sound, start, stop, self._codec.config.transform),
            self._codec.envelope(self.path, frames=self.frames, start=start, stop=stop),
        )
        with self._lock:
            self._blocks[number] = block
            while len(self._blocks) > BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return block


def _joined(parts: list[Floats], cut: slice) -> Floats:
    whole = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
    return whole[:, cut]
