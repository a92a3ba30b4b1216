"""How a note's loudness runs: attack, decay, sustain, release."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHORTEST_S = 0.002
DECAYED = 5.0  # time constants after which nothing is left


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """Straight attack, exponential decay to a sustained level, exponential release."""

    attack_s: float
    decay_s: float  # time constant
    sustain: float  # 0 to 1
    release_s: float  # time constant

    def length_s(self, duration_s: float) -> float:
        """Until nothing is left of a note held for `duration_s`."""
        return duration_s + DECAYED * self.release_s * 0.7

    def at(self, time: NDArray[np.floating], duration_s: float) -> Floats:
        """The level at some times of a note held for `duration_s`.

        Parameters
        ----------
        time : (n,) float
            Seconds since the note began.
        duration_s : float

        Returns
        -------
        (n,) float32
            0 to 1.
        """
        attack = max(self.attack_s, SHORTEST_S)
        rising = np.minimum(time / attack, 1.0)
        decay = max(self.decay_s, SHORTEST_S)
        fallen = np.exp(-np.maximum(time - attack, 0) / decay)
        level = rising * (self.sustain + (1 - self.sustain) * fallen)
        release = max(self.release_s, SHORTEST_S)
        level *= np.exp(-np.maximum(time - duration_s, 0) / release)
        return np.asarray(level, dtype=np.float32)


def times(length_s: float, rate: int) -> Floats:
    """When each sample of a sound lies, (n,) float32 seconds."""
    samples = max(2, round(length_s * rate))
    return np.asarray(np.arange(samples) / rate, dtype=np.float32)


def faded(sound: Floats, rate: int) -> Floats:
    """The sound (n,), its last 4 ms faded in place, so that its end is no click."""
    count = min(len(sound), max(2, round(0.004 * rate)))
    sound[-count:] *= np.linspace(1, 0, count, dtype=np.float32)
    return sound
