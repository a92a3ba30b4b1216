"""Holds the sound under a ceiling without delaying it.

The gain of both sides falls at once where a sample would pass the ceiling, stays for
some milliseconds, and comes back evenly. In decibels, with t what each sample allows by
itself, that is

    m[n] = min of t over the last HOLD_SAMPLES samples      so that a tone's crests are
    g[n] = min(m[n], g[n-1] + release)                   lowered alike, not clipped

where the recursion is a running minimum of m[n] - n · release, however the sound is
cut into blocks. The gain moves only as fast as the sound itself, so that it never
steps: nothing has to be known in advance, and a control is heard no later for it. All
of it runs in the audio callback, on arrays made beforehand.

The ceiling of an edited recording is `LIMIT_DB`, or the recording's own peak where that
is higher: a loud master is heard and written as it is.
"""

import math

import numpy as np
from numpy.typing import NDArray

from vae.sound.layout import SAMPLE_RATE

LIMIT_DB = -1.0  # of full scale: what it lets through, unless told
FULL_SCALE_DB = 0.0
BLOCK = 1_024  # samples worked on at once, at most
HOLD_SAMPLES = 512  # 12 ms at that rate, half a period of 43 Hz; a power of two
RELEASE_DB_S = 60.0  # 6 dB in 100 ms
OPEN_DB = 60.0  # a ceiling that nothing reaches
MOVE_SAMPLES = 662  # of the ceiling, up or down: 15 ms
SMALLEST = 1e-9  # taken for silence
NEARLY_DB = 1e-4  # a reduction so small is none

Floats = NDArray[np.float32]

_STEPS = np.arange(1, BLOCK + 1, dtype=np.float32)


def ceiling_of_peak_db(peak: float, *, at_most_db: float = FULL_SCALE_DB) -> float:
    """The ceiling for a recording of that peak, which is then never touched, dB."""
    peak_db = 20 * math.log10(max(peak, SMALLEST)) + NEARLY_DB
    return min(max(LIMIT_DB, peak_db), at_most_db)


class Limiter:
    """Takes away what is over the ceiling; leaves all else bit for bit.

    Parameters
    ----------
    ceiling_db : float
        Of full scale.
    sample_rate : int
        Hz; the times are those of 44.1 kHz, or somewhat longer.

    Attributes
    ----------
    ceiling_db : float
        May be set; it goes there at the same pace, 60 dB in 15 ms.
    enabled : bool
        On at first; the ceiling moves away, or comes down, over 15 ms.
    reduction_db : float
        The most it has taken away since this was set to 0; 0 or less.
    """

    def __init__(
        self, ceiling_db: float = LIMIT_DB, sample_rate: int = SAMPLE_RATE
    ) -> None:
        self.enabled = True
        self.reduction_db = 0.0
        self.ceiling_db = ceiling_db
        self._move_db = OPEN_DB / MOVE_SAMPLES  # a sample
        self._release_db = RELEASE_DB_S / sample_rate  # a sample
        self._hold = HOLD_SAMPLES
        while self._hold * SAMPLE_RATE < HOLD_SAMPLES * sample_rate:
            self._hold *= 2
        self._reached_db = ceiling_db
        self._gain_db = 0.0  # at the last sample
        self._allowed = np.zeros(self._hold - 1 + BLOCK, np.float32)  # t, with what was
        self._lowest = np.zeros_like(self._allowed)
        self._spare = np.zeros_like(self._allowed)
        self._gain = np.zeros(BLOCK, np.float32)
        self._quiet = 2 * self._hold  # samples since t was last under 0

    def limit(self, sound: Floats, magnitude: Floats) -> None:
        """Hold `sound` (n, 2), n ≤ BLOCK, whose magnitudes are given, in place."""
        count = len(sound)
        if not count:
            return
        before_db = self._reached_db
        ceiling = self._move_ceiling(count)
        history = self._hold - 1
        allowed = self._allowed[: history + count]
        now = allowed[history:]
        np.maximum(magnitude[:, 0], magnitude[:, 1], out=now)
        over = float(now.max()) > 10 ** (min(before_db, self._reached_db) / 20)
        if over:
            np.maximum(now, SMALLEST, out=now)
            np.log10(now, out=now)
            np.multiply(now, -20.0, out=now)
            np.add(now, ceiling, out=now)
            np.minimum(now, 0.0, out=now)
        else:
            now.fill(0.0)
        self._quiet = 0 if over else self._quiet + count
        if over or self._gain_db < 0.0 or self._quiet <= self._hold + count:
            self._reduce(sound, allowed)
        self._allowed[:history] = self._kept(allowed)

    def _move_ceiling(self, count: int) -> "Floats | float":
        """Where the ceiling is at each sample: one number while it stands still."""
        target, before = self.ceiling_db if self.enabled else OPEN_DB, self._reached_db
        if before == target:
            return target
        way = self._gain[:count]
        step = math.copysign(self._move_db, target - before)
        np.multiply(_STEPS[:count], step, out=way)
        np.add(way, before, out=way)
        np.clip(way, min(before, target), max(before, target), out=way)
        far = abs(target - before) > count * self._move_db
        self._reached_db = before + count * step if far else target
        return way

    def _reduce(self, sound: Floats, allowed: Floats) -> None:
        count = len(sound)
        gain, steps = self._gain[:count], _STEPS[:count]
        lowest = self._held(allowed)
        np.multiply(steps, -self._release_db, out=gain)
        np.add(gain, lowest, out=gain)
        gain[0] = min(gain[0], self._gain_db)
        np.minimum.accumulate(gain, out=gain)
        spare = self._spare[:count]
        np.multiply(steps, self._release_db, out=spare)
        np.add(gain, spare, out=gain)
        np.minimum(gain, lowest, out=gain)
        last = float(gain[-1])
        self._gain_db = last if last < -NEARLY_DB else 0.0
        self.reduction_db = min(self.reduction_db, float(gain.min()))
        np.multiply(gain, math.log(10) / 20, out=gain)
        np.exp(gain, out=gain)
        np.multiply(sound, gain[:, np.newaxis], out=sound)

    def _held(self, allowed: Floats) -> Floats:
        """(n,) the lowest of each sample and those before it that are still held."""
        total = len(allowed)
        before, after = self._lowest, self._spare
        before[:total] = allowed
        width = 1
        while width < self._hold:
            left = total - width
            np.minimum(before[:left], before[width:total], out=after[:left])
            before, after, total = after, before, left
            width *= 2
        if before is self._spare:
            self._lowest[:total] = before[:total]
        return self._lowest[:total]

    def _kept(self, allowed: Floats) -> Floats:
        """The last samples' t, on an array that overlaps no other."""
        kept = self._lowest[: self._hold - 1]
        kept[:] = allowed[len(allowed) - len(kept) :]
        return kept
