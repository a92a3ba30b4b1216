"""Plucked strings: the string of Karplus and Strong, solved for each harmonic.

Karplus and Strong (1983) send a burst of noise round a loop of one period through an
average of neighbours. Harmonic k of what comes out decays by itself, faster the higher
it is: by |cos(π f k / rate)| each period. Written so, the string is in tune at any
sample rate, and its loss, the place where it is plucked and its body can be chosen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone
from vae.corpus.wavetable import cycles_of, harmonic_count, play

Floats = NDArray[np.float32]
MOST_HARMONICS = 40
MOMENTS = 14
LONGEST_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Plucked:
    """A plucked timbre."""

    ring_s: float  # time constant of the fundamental at 220 Hz
    loss: float  # how much faster high harmonics fade, 0.1 nylon harp to 3 muted
    place: float  # of the pluck, share of the string, 0.05 bridge to 0.5 middle
    tilt: float = -3.0  # dB an octave of the pluck
    release_s: float = 0.08  # time constant once it is damped
    body: tuple[tuple[float, float, float], ...] = ()  # Hz, octaves wide, gain
    click: float = 0.1
    bend_cents: float = 0.0
    courses: int = 1  # strings that sound together
    detune_cents: float = 4.0
    gain: float = 1.0
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One note, (n,) float32; at velocity 1 it begins with an RMS of about 0.3."""
        pitch_hz, duration_s = tone.pitch_hz, tone.duration_s
        velocity = tone.velocity
        ring = self.ring_s * (220 / pitch_hz) ** 0.5
        length = min(LONGEST_S, duration_s + 4 * self.release_s, 5 * ring + 0.05)
        time = times(length, rate)
        count = harmonic_count(pitch_hz, rate, MOST_HARMONICS)
        harmonics = np.arange(1, MOST_HARMONICS + 1, dtype=np.float64)
        hz = harmonics * pitch_hz
        force = harmonics ** ((self.tilt - 3 * (1 - velocity)) / 6.02)
        force *= np.abs(np.sin(np.pi * harmonics * self.place)) + 0.02
        force *= rng.uniform(0.7, 1.3, len(harmonics))
        for centre, octaves, gain in self.body:
            force *= 1 + gain * np.exp(-0.5 * (np.log2(hz / centre) / octaves) ** 2)
        force /= np.sqrt(np.sum(force**2) / 2)
        decay = (1 + self.loss * 0.12 * (harmonics**2 - 1) ** 0.75) / ring
        moments = (length * np.linspace(0, 1, MOMENTS) ** 2).astype(np.float32)
        amplitudes = force * np.exp(-np.outer(moments, decay))
        sound = np.zeros(len(time), np.float32)
        for course in range(self.courses):
            cents = (course - (self.courses - 1) / 2) * self.detune_cents
            phases = rng.uniform(0, 2 * np.pi, count).astype(np.float32)
            cycles = cycles_of(
                pitch_hz * 2 ** (cents / 1200),
                len(time),
                rate,
                bend_cents=self.bend_cents * velocity + tone.bend_cents,
            )
            sound += play(
                amplitudes[:, :count].astype(np.float32), moments, phases, cycles, rate
            )
        sound /= np.float32(np.sqrt(self.courses))
        level = np.minimum(time / np.float32(0.003), 1)
        over = np.maximum(time - np.float32(duration_s), 0)
        level *= np.exp(-over / np.float32(self.release_s))
        sound *= level
        if self.click > 0:
            samples = min(len(time), round(0.03 * rate))
            burst = coloured_noise(rng, samples, rate, low_hz=300, high_hz=3000)
            burst *= np.exp(-time[:samples] / np.float32(0.006))
            sound[:samples] += np.float32(self.click * 1.5) * burst
        return faded(sound * np.float32(0.3 * self.gain * velocity), rate)
