"""Songs of any length for a model with one latent vector for a whole image.

A longer song has a vector per window; windows overlap by at least the two seconds over
which one's spectrum fades into the next one's, and the last ends with the song:

    |---- window 0 ----|
                     |---- window 1 ----|
                  |---- window 2, aligned to the end ----|   (on a short last stretch)

A shorter song is one window, repeated to fill it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FADE_FRAMES = 8  # two seconds


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Where the windows of one song lie."""

    frames: int  # F of the song
    window_frames: int  # of the model's image

    @property
    def fade_frames(self) -> int:
        """Frames over which one window fades into the next."""
        return min(FADE_FRAMES, self.window_frames // 4)

    @property
    def starts(self) -> tuple[int, ...]:
        """The first frame of each window."""
        last = self.frames - self.window_frames
        if last <= 0:
            return (0,)
        step = self.window_frames - self.fade_frames
        return (*range(0, last, step), last)

    def weights(self, start: int, stop: int) -> NDArray[np.float32]:
        """(windows, stop - start): how much each window says of each frame; sums to 1.

        Between two windows the weight moves linearly, in the middle of their overlap.
        """
        frame = np.arange(start, stop) + 0.5
        starts = np.array(self.starts)
        weights = np.ones((len(starts), stop - start), np.float32)
        middles = (starts[1:] + starts[:-1] + self.window_frames) / 2
        for index, middle in enumerate(middles):
            risen = np.clip((frame - middle) / self.fade_frames + 0.5, 0, 1)
            weights[index] *= 1 - risen
            weights[index + 1] *= risen
        return weights
