"""A whole song at a glance: the peak and the RMS of some two thousand parts of it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BINS = 2_000  # at most
FINEST = 256  # samples of a bin, at least
MOST = 8_192  # bins held while a song is read

Floats = NDArray[np.float32]


class Overview(NamedTuple):
    """(N,) float32 each, full scale 1; the bins share the song evenly."""

    peak: Floats
    rms: Floats


class Overseer:
    """Sees a song go by, of a length that is not known."""

    def __init__(self) -> None:
        self._width = FINEST  # samples of a bin
        self._peak: list[Floats] = []
        self._power: list[NDArray[np.float64]] = []
        self._count = 0  # whole bins
        self._rest = np.zeros((2, 0), np.float32)

    def see(self, block: Floats) -> None:
        """Take in (2, n)."""
        block = np.concatenate([self._rest, block], axis=1)
        bins = block.shape[1] // self._width
        used = bins * self._width
        self._rest = block[:, used:]
        if bins:
            self._add(block[:, :used], bins)
        while self._count > MOST:
            self._coarsen()

    def overview(self) -> Overview:
        """What was seen, in BINS bins or as many as there are."""
        if self._rest.shape[1]:
            self._add(self._rest, 1)
            self._rest = self._rest[:, :0]
        if not self._count:
            return Overview(np.zeros(0, np.float32), np.zeros(0, np.float32))
        peak, power = np.concatenate(self._peak), np.concatenate(self._power)
        edges = np.linspace(0, len(peak), min(BINS, len(peak)) + 1).astype(int)
        width = np.diff(edges)
        rms = np.sqrt(np.add.reduceat(power, edges[:-1]) / width)
        return Overview(np.maximum.reduceat(peak, edges[:-1]), rms.astype(np.float32))

    def _add(self, block: Floats, bins: int) -> None:
        parts = block.reshape(2, bins, -1)
        self._peak.append(np.abs(parts).max(axis=(0, 2)))
        self._power.append(np.square(parts, dtype=np.float64).mean(axis=(0, 2)))
        self._count += bins

    def _coarsen(self) -> None:
        """Make one bin of two; an odd last one counts as a whole one."""
        peak, power = np.concatenate(self._peak), np.concatenate(self._power)
        if len(peak) % 2:
            peak, power = np.append(peak, 0), np.append(power, power[-1])
        self._peak = [peak.reshape(-1, 2).max(axis=1).astype(np.float32)]
        self._power = [power.reshape(-1, 2).mean(axis=1)]
        self._count = len(self._peak[0])
        self._width *= 2
