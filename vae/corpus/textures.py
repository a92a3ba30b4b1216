"""What lies beneath music: hiss, hum, wind, rain, the crackle of a record."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone

Floats = NDArray[np.float32]
KINDS = ("hiss", "wind", "rain", "vinyl", "hum", "rumble")
LOOP_S = 11.0
CRACKLES_PER_S = 6.0


@dataclass(frozen=True, kw_only=True)
class Texture:
    """A noise without notes, for as long as it is held."""

    kind: str  # one of `KINDS`
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """It from beginning to end, (n,) float32, RMS about 0.2 at velocity 1."""
        duration_s, velocity = tone.duration_s, tone.velocity
        time = times(duration_s, rate)
        samples = min(len(time), round(LOOP_S * rate))
        loop = self._loop(rng, samples, rate)
        loop *= np.float32(0.2 / max(float(np.sqrt(np.mean(loop**2))), 1e-9))
        sound = np.resize(loop, len(time))
        period, phase = rng.uniform(5, 30), rng.uniform(0, 6)
        deep = 0.7 if self.kind in {"wind", "rain"} else 0.1
        sound *= 1 + np.float32(deep) * np.sin(time * np.float32(6.28 / period) + phase)
        return sound * np.float32(velocity)

    def _loop(self, rng: np.random.Generator, samples: int, rate: int) -> Floats:
        if self.kind == "hum":
            mains = 50.0 if rng.random() < 0.5 else 60.0
            time = np.arange(samples, dtype=np.float32) / np.float32(rate)
            loop = np.zeros(samples, np.float32)
            for harmonic in range(1, 9):
                level = np.float32(rng.uniform(0, 1) / harmonic)
                loop += level * np.sin(np.float32(6.2832 * mains * harmonic) * time)
            return loop
        if self.kind == "wind":
            low = float(rng.uniform(80, 400))
            return coloured_noise(
                rng, samples, rate, low_hz=low, high_hz=3 * low, slope_db=-3, order=1
            )
        if self.kind == "rumble":
            return coloured_noise(
                rng, samples, rate, low_hz=8, high_hz=float(rng.uniform(25, 120))
            )
        slope = float(rng.uniform(-4, 0))
        loop = coloured_noise(rng, samples, rate, low_hz=150, slope_db=slope)
        if self.kind == "vinyl":
            loop *= np.float32(0.3)
            for start_s in rng.uniform(0, LOOP_S, round(CRACKLES_PER_S * LOOP_S)):
                start = round(start_s * rate)
                click = loop[start : start + round(0.002 * rate)]
                click += np.float32(rng.uniform(-8, 8))
        return loop
