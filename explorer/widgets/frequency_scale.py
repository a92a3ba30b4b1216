"""How frequencies lie on the picture's upward axis, and where its figures stand."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from explorer.session.view import FrequencyAxis

KNEE_HZ = 60.0  # the log axis is linear below it, so that it can begin at 0
NICE_STEPS = (1, 2, 5)
FEWEST_OCTAVES = 4  # where fewer are seen, figures stand on round numbers
OCTAVES = tuple(55.0 * 2**octave for octave in range(-1, 10))  # the notes A

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class FrequencyScale:
    """Frequencies from 0 to `band_hz` as shares, 0 to 1, of the axis.

    The log axis is much like a mel scale: share ~ log(1 + f / KNEE_HZ), so that octaves
    are of almost the same height above some 200 Hz.
    """

    axis: FrequencyAxis
    band_hz: float

    def hz_of(self, share: Floats) -> Floats:
        """The frequency at each share: (n,), 0 to 1, to (n,) Hz."""
        if self.axis == "linear":
            return np.asarray(share * self.band_hz)
        return np.asarray(KNEE_HZ * np.expm1(share * math.log1p(self._knees)))

    def hz_at(self, share: float) -> float:
        """The frequency at one share."""
        return float(self.hz_of(np.array([share]))[0])

    def share_of(self, hz: float) -> float:
        """Where a frequency lies."""
        if self.axis == "linear":
            return hz / self.band_hz
        return math.log1p(hz / KNEE_HZ) / math.log1p(self._knees)

    def figures(self, low: float, high: float, count: int) -> list[tuple[float, str]]:
        """Where figures stand from share `low` to `high`, some `count` of them."""
        bottom, top = self.hz_at(low), self.hz_at(high)
        chosen = [hz for hz in OCTAVES if bottom <= hz <= top]
        if self.axis == "linear" or len(chosen) < FEWEST_OCTAVES:
            step = _nice_step((top - bottom) / max(count, 1))
            first = math.ceil(bottom / step - 1e-9)
            chosen = [step * n for n in range(first, math.floor(top / step + 1e-9) + 1)]
        return [(self.share_of(hz), hertz_text(hz)) for hz in chosen]

    @property
    def _knees(self) -> float:
        return self.band_hz / KNEE_HZ


def hertz_text(hz: float) -> str:
    """440 Hz, or 1.76 kHz."""
    return f"{hz / 1000:g} kHz" if hz >= 1000 else f"{hz:g} Hz"


def _nice_step(smallest: float) -> float:
    """The first of 1, 2, 5, 10, 20, … that is not smaller."""
    power = 10.0 ** math.floor(math.log10(max(smallest, 1e-3)))
    steps = [power * nice for nice in (*NICE_STEPS, 10)]
    return next(step for step in steps if step >= smallest * (1 - 1e-9))
