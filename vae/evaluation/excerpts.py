"""The part of each song that is evaluated: as much as one image of the model holds.

Letters: C channels, F frames, K kept coefficients.
"""

import hashlib
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from vae.dataset import SongImage, stretch

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Excerpt:
    """The middle of one song; what it holds is read whenever it is asked for.

    Attributes
    ----------
    song : SongImage
    frames : int
        F: as many as an image has, fewer where the song is shorter.
    """

    song: SongImage
    frames: int

    @classmethod
    def of(cls, song: SongImage, frames: int) -> Self:
        """The middle of a song, at most `frames` long."""
        return cls(song=song, frames=min(frames, song.frames))

    @property
    def title(self) -> str:
        """Of the song."""
        return self.song.title

    @property
    def coefficients(self) -> Floats:
        """(C, F, K) float32."""
        start = (self.song.frames - self.frames) // 2
        return stretch(self.song, start, self.frames).astype(np.float32)

    @property
    def key(self) -> str:
        """SHA-256 in hexadecimal of what it holds."""
        held = self.coefficients
        digest = hashlib.sha256(str(held.shape).encode())
        digest.update(held.data)
        return digest.hexdigest()

    def middle(self, most: int) -> tuple[int, int]:
        """Start and stop of its middle, at most `most` frames long."""
        start = max(0, (self.frames - most) // 2)
        return start, min(self.frames, start + most)

    def power(self, scale: Floats) -> Floats:
        """(C, F, K) float32 in units of the corpus power, from its RMS (K,)."""
        power = np.square(self.coefficients / scale)
        return np.asarray(power, dtype=np.float32)

    def filled(self, frames: int) -> Floats:
        """(C, frames, K) float32: its coefficients, repeated where it is too short."""
        repeats = -(-frames // self.frames)
        return np.tile(self.coefficients, (1, repeats, 1))[:, :frames]
