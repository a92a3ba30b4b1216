"""Sounds that lead from one section to the next: risers, falls, booms, zaps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone

Floats = NDArray[np.float32]
EFFECTS = ("riser", "fall", "boom", "reverse", "zap")
BANDS = 6


@dataclass(frozen=True, kw_only=True)
class Effects:
    """A set of them, one for each place in `EFFECTS`."""

    low_hz: float  # where sweeps begin
    high_hz: float  # where they end
    tonal: float  # 0 noise to 1 siren
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One effect, (n,) float32; `pitch_hz` stands for its place in `EFFECTS`."""
        kind = EFFECTS[int(tone.pitch_hz)]
        time = times(tone.duration_s, rate)
        share = time / np.float32(tone.duration_s)
        if kind == "boom":
            turns = 45 * time - 8 * np.exp(-time / np.float32(0.15))
            sound = np.sin(np.float32(2 * np.pi) * turns)
            sound += 0.6 * coloured_noise(rng, len(time), rate, high_hz=500)
            sound *= np.exp(-4 * share)
        elif kind == "zap":
            turns = 200 * time - 150 * np.exp(-time / np.float32(0.08))
            sound = np.sign(np.sin(np.float32(2 * np.pi) * turns)) * np.exp(-6 * share)
        elif kind == "reverse":
            sound = coloured_noise(rng, len(time), rate, low_hz=self.low_hz)
            sound *= np.exp(-5 * (1 - share))
        else:
            place = share if kind == "riser" else 1 - share
            sound = self._swept(place, time, rate, rng) * place**1.5
        return faded(
            np.asarray(sound, np.float32) * np.float32(tone.velocity / 2), rate
        )

    def _swept(
        self, place: Floats, time: Floats, rate: int, rng: np.random.Generator
    ) -> Floats:
        octaves = np.log2(self.high_hz / self.low_hz)
        hz = self.low_hz * np.exp2(octaves * place)
        turns = np.cumsum(hz, dtype=np.float64) / rate
        sound = np.float32(self.tonal) * np.sin(2 * np.pi * (turns % 1))
        for band in range(BANDS):
            centre = (band + 0.5) / BANDS
            near = np.maximum(0, 1 - BANDS * np.abs(place - centre))
            band_hz = self.low_hz * 2 ** (octaves * centre)
            noise = coloured_noise(
                rng, len(time), rate, low_hz=0.7 * band_hz, high_hz=1.4 * band_hz
            )
            sound += np.float32(2 * (1 - self.tonal)) * near * noise
        return np.asarray(sound, dtype=np.float32)
