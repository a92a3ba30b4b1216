"""From beats to seconds: tempo, its drift, and swing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRIFT = 0.06  # greatest share by which the tempo wanders
GRID_BEATS = 0.25


@dataclass(frozen=True, kw_only=True, eq=False)
class Clock:
    """When each beat sounds."""

    beats: NDArray[np.float64]  # (n,) ascending
    seconds: NDArray[np.float64]  # (n,) ascending
    swing: float  # 0 straight, 1 triplets
    unit: float  # beats: what is swung, 0.5 for eighths, 0.25 for sixteenths

    def at(self, beat: float) -> float:
        """Seconds of a beat."""
        return float(np.interp(self._swung(beat), self.beats, self.seconds))

    def _swung(self, beat: float) -> float:
        if self.swing == 0:
            return beat
        pair = 2 * self.unit
        place = beat % pair
        middle = self.unit * (1 + self.swing / 3)
        if place <= self.unit:
            moved = place / self.unit * middle
        else:
            moved = middle + (place - self.unit) / self.unit * (pair - middle)
        return beat - place + moved


def draw_clock(
    rng: np.random.Generator,
    *,
    tempo: float,
    drift: float,
    swing: float,
    unit: float,
    seconds: float,
) -> Clock:
    """A clock for a song, a little longer than it.

    Parameters
    ----------
    rng : Generator
    tempo : float
        Beats a minute.
    drift : float
        0 for a machine, 1 for a tempo that wanders by `DRIFT`.
    swing, unit : float
        As in `Clock`.
    seconds : float
    """
    count = int((seconds * 1.3 + 10) * tempo / 60 / GRID_BEATS) + 2
    beats = np.arange(count, dtype=np.float64) * GRID_BEATS
    waves = np.zeros(count)
    for period_beats in (16.0, 40.0, 96.0):
        phase = rng.uniform(0, 2 * np.pi)
        waves += np.sin(2 * np.pi * beats / period_beats + phase) / 3
    pace = 60 / tempo * (1 + DRIFT * drift * waves)
    elapsed = np.concatenate([[0.0], np.cumsum(pace[:-1] * GRID_BEATS)])
    return Clock(beats=beats, seconds=elapsed, swing=swing, unit=unit)
