"""Struck things: bars, bells, plates, piano strings; a sum of decaying partials."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone

Floats = NDArray[np.float32]
LONGEST_S = 6.0
SILENT = 6.0  # time constants after which a partial is left out


@dataclass(frozen=True, kw_only=True)
class Struck:
    """A struck timbre."""

    ratios: tuple[float, ...]  # of each partial's frequency to the note's
    levels: tuple[float, ...]
    decays_s: tuple[float, ...]  # time constants at 440 Hz
    keyed: float = 0.4  # by how much higher notes decay faster, exponent
    release_s: float = 1.0  # time constant once it is let go
    hardness: float = 0.5  # 0 felt, 1 metal: level of what is high
    knock: float = 0.2  # noise of the blow
    knock_hz: float = 900.0
    attack_s: float = 0.002
    beating_cents: float = 0.0  # of a second string or an uneven bell
    tremolo: float = 0.0
    tremolo_hz: float = 5.0
    gain: float = 1.0
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One note, (n,) float32; at velocity 1 it begins with an RMS of about 0.3."""
        pitch_hz, duration_s = tone.pitch_hz, tone.duration_s
        velocity = tone.velocity
        shorter = (440 / pitch_hz) ** self.keyed
        ring = max(self.decays_s) * shorter
        length = min(LONGEST_S, duration_s + 4 * self.release_s, 5 * ring + 0.02)
        time = times(length, rate)
        ratios = np.array(self.ratios)
        levels = np.array(self.levels)
        soft = (1 - self.hardness) * 0.5 + (1 - velocity) * 0.4
        levels = levels * ratios.clip(1) ** (-2.2 * soft)
        levels /= np.sqrt(np.sum(levels**2) / 2)
        sound = np.zeros(len(time), np.float32)
        for ratio, level, decay_s in zip(ratios, levels, self.decays_s, strict=True):
            hz = ratio * pitch_hz
            if hz > 0.47 * rate:
                continue
            decay = decay_s * shorter
            samples = min(len(time), round(SILENT * decay * rate) + 2)
            part = time[:samples]
            phase = np.float32(rng.uniform(0, 2 * np.pi))
            for cents in self._strings():
                turn = np.float32(2 * np.pi * hz * 2 ** (cents / 1200))
                wave = np.sin(turn * part + phase) * np.exp(-part / np.float32(decay))
                sound[:samples] += np.float32(level) * wave
        if self.beating_cents:
            sound *= np.float32(0.6)
        sound *= np.minimum(time / np.float32(max(self.attack_s, 0.001)), 1)
        over = np.maximum(time - np.float32(duration_s), 0)
        sound *= np.exp(-over / np.float32(self.release_s))
        if self.tremolo > 0:
            shake = np.sin(np.float32(2 * np.pi * self.tremolo_hz) * time)
            sound *= 1 + np.float32(self.tremolo) * shake
        if self.knock > 0:
            samples = min(len(time), round(0.06 * rate))
            blow = coloured_noise(rng, samples, rate, high_hz=self.knock_hz, order=1)
            blow *= np.exp(-time[:samples] / np.float32(0.012))
            sound[:samples] += np.float32(2 * self.knock) * blow
        return faded(sound * np.float32(0.3 * self.gain * velocity), rate)

    def _strings(self) -> tuple[float, ...]:
        half = self.beating_cents / 2
        return (-half, half) if half else (0.0,)
