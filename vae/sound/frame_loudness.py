"""How loud sound is, known by the power of its frames alone: nearly ITU-R BS.1770-4.

The blocks that are gated are 0.4 s long and begin each 0.1 s: of a frame that lies
partly in a block, as much power counts as of its time.

Letters: n frames, G blocks.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae.sound.loudness import BLOCK_S, HOP_S, gated, lufs

Doubles = NDArray[np.float64]


class Loudness(NamedTuple):
    """How loud frames are, and how much each of them has to do with it."""

    lufs: float
    shares: Doubles  # (n,) of the power of each frame; they sum to 1


class FrameLoudness:
    """Tells the gated loudness of some frames.

    Parameters
    ----------
    frames : int
        n, at least one.
    frame_s : float
    """

    def __init__(self, frames: int, frame_s: float) -> None:
        edges = np.arange(frames + 1) * frame_s
        block_s = min(BLOCK_S, float(edges[-1]))
        starts = np.arange(0, edges[-1] - block_s + 1e-9, HOP_S)[:, None]
        inside = np.minimum(edges[1:], starts + block_s)
        inside -= np.maximum(edges[:-1], starts)
        self._blocks = np.maximum(inside, 0) / block_s  # (G, n)

    def __len__(self) -> int:
        return int(self._blocks.shape[1])

    def of(self, power: Doubles) -> Loudness:
        """The loudness of frames of mean power (n,), weighted as the ear does."""
        blocks = self._blocks @ power
        shares = self._blocks[gated(blocks)].mean(axis=0)
        total = float(shares @ power)
        return Loudness(lufs(total), shares)
