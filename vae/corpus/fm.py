"""Frequency modulation: one sine bends the phase of another (Chowning 1973)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import Envelope, faded, times
from vae.corpus.voice import Tone

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Fm:
    """A timbre of one carrier and one or two modulators."""

    envelope: Envelope
    ratio: float  # of the modulator's frequency to the note's
    index: float  # radians, at first
    index_s: float  # time constant in which the index falls
    index_held: float = 0.2  # share of the index that stays
    carrier: float = 1.0  # ratio
    tine_ratio: float = 0.0  # of a second modulator; 0 for none
    tine_index: float = 0.0
    vibrato_cents: float = 0.0
    tremolo: float = 0.0
    gain: float = 1.0
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One note, (n,) float32; at velocity 1 its RMS is at most about 0.2."""
        pitch_hz, duration_s = tone.pitch_hz, tone.duration_s
        velocity = tone.velocity
        time = times(self.envelope.length_s(duration_s), rate)
        turn = np.float32(2 * np.pi * pitch_hz)
        start = np.float32(rng.uniform(0, 2 * np.pi))
        phase = turn * time + start
        if self.vibrato_cents > 0:
            deep = pitch_hz * (2 ** (self.vibrato_cents / 1200) - 1) / 5.2
            phase += np.float32(deep) * np.sin(np.float32(2 * np.pi * 5.2) * time)
        # Sidebands reach index + 1 modulators away: keep them below half the rate.
        room = (0.45 * rate / pitch_hz - self.carrier) / max(self.ratio, 0.1) - 1
        index = min(self.index * (0.4 + 0.6 * velocity), max(room, 0.0))
        course = self.index_held + (1 - self.index_held) * np.exp(
            -time / np.float32(self.index_s)
        )
        bent = np.float32(index) * course * np.sin(np.float32(self.ratio) * phase)
        fits = (self.tine_ratio + 1) * pitch_hz < 0.45 * rate
        if self.tine_ratio > 0 and fits:
            fall = np.exp(-time / np.float32(0.15))
            tine = np.sin(np.float32(self.tine_ratio) * phase) * fall
            bent += np.float32(self.tine_index * velocity) * tine
        sound = np.sin(np.float32(self.carrier) * phase + bent)
        sound *= self.envelope.at(time, duration_s)
        if self.tremolo > 0:
            shake = np.sin(np.float32(2 * np.pi * 4.5) * time)
            sound *= 1 + np.float32(self.tremolo) * shake
        return faded(sound * np.float32(0.28 * self.gain * velocity), rate)
