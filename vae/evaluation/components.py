"""Principal components of log images: what as many numbers say without a network.

Letters: C channels, D numbers in a block, F frames, K kept coefficients, N blocks.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from vae.evaluation.reference import Reference
from vae.evaluation.scores import log_image

MOST_NUMBERS = 100_000_000  # in the blocks that path components are fitted to
MOST_BLOCKS = 2_048
COLUMNS = 65_536  # of the blocks, multiplied at once
LEAST_SHARE = 1e-6  # of the largest variance; a component with less is left out

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


class LogImages:
    """The log image of every training song, in a temporary file; close it when done.

    Attributes
    ----------
    blocks : (N, D) float16, memory-mapped
        D = C·F·K; the natural logarithm of smoothed power.
    """

    def __init__(
        self, reference: Reference, folder: Path, progress: Callable[[float], None]
    ) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed below
        count, size = len(reference.songs), reference.power(0).size
        self.blocks: Halves = np.memmap(
            self._file, dtype=np.float16, mode="w+", shape=(count, size)
        )
        for number in range(count):
            self.blocks[number] = log_image(reference.power(number)).ravel()
            progress((number + 1) / count)

    def nearest(self, logs: Floats) -> int:
        """The number of the song whose log image (C, F, K) is nearest, by its RMS."""
        flat = logs.ravel()
        distances = [
            float(np.square(block.astype(np.float32) - flat).mean())
            for block in self.blocks
        ]
        return int(np.argmin(distances))

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


class Components:
    """The first principal components of some blocks (N, D)."""

    def __init__(
        self, blocks: Halves, count: int, progress: Callable[[float], None]
    ) -> None:
        number, size = blocks.shape
        self._mean = np.zeros(size, np.float32)
        gram = torch.zeros(number, number, dtype=torch.float64)
        starts = range(0, size, COLUMNS)
        for start in starts:
            part = blocks[:, start : start + COLUMNS].astype(np.float32)
            mean = part.mean(axis=0)
            self._mean[start : start + COLUMNS] = mean
            centred = torch.from_numpy(part - mean)
            gram += centred @ centred.T
            progress(0.7 * min(1.0, (start + COLUMNS) / size))
        variance, vectors = torch.linalg.eigh(gram)
        kept = int((variance > LEAST_SHARE * variance[-1]).sum())
        kept = min(count, kept, number - 1)
        order = torch.arange(number - 1, number - 1 - kept, -1)
        weights = (vectors[:, order] / variance[order].sqrt()).float()
        self._axes = np.zeros((kept, size), np.float32)
        for start in starts:
            part = blocks[:, start : start + COLUMNS].astype(np.float32)
            centred = torch.from_numpy(part - self._mean[start : start + COLUMNS])
            self._axes[:, start : start + COLUMNS] = (weights.T @ centred).numpy()
            progress(0.7 + 0.3 * min(1.0, (start + COLUMNS) / size))

    def restored(self, blocks: Floats) -> Floats:
        """Blocks (n, D) projected on the components, and back."""
        said = (blocks - self._mean) @ self._axes.T
        return np.asarray(said @ self._axes + self._mean, dtype=np.float32)


def path_blocks(reference: Reference, frames: int) -> Halves:
    """(N, D) log power of random stretches of `frames` frames, D = C·frames·K."""
    rng = np.random.default_rng(0)
    channels, kept = reference.songs[0].coefficients.shape[::2]
    size = channels * frames * kept
    most = max(65, min(MOST_BLOCKS, MOST_NUMBERS // size))
    share = -(-most // len(reference.songs))
    blocks = []
    for number in range(len(reference.songs)):
        cut = split(log_image(reference.power(number)), frames)
        picked = rng.permutation(len(cut))[:share]
        blocks.append(cut[picked].astype(np.float16))
    return np.concatenate(blocks)


def split(logs: Floats, frames: int) -> Floats:
    """(C, F, K) as (F / frames, C·frames·K); F is a multiple of `frames`."""
    channels, total, kept = logs.shape
    blocks = logs.reshape(channels, total // frames, frames, kept).swapaxes(0, 1)
    return blocks.reshape(total // frames, -1)


def joined(blocks: Floats, frames: int, channels: int) -> Floats:
    """What `split` split: (n, C·frames·K) as (C, n·frames, K)."""
    whole = blocks.reshape(len(blocks), channels, frames, -1).swapaxes(0, 1)
    return whole.reshape(channels, len(blocks) * frames, -1)
