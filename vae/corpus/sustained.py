"""Tones that are held: strings, winds, organs, pads, synthesizers, voices.

Additive and subtractive at once: the harmonics of a source, each weighed by the
response of a filter that moves and by formants that do not.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import Envelope, faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone
from vae.corpus.wavetable import cycles_of, harmonic_count, play

Floats = NDArray[np.float32]
MOST_HARMONICS = 48
MOMENTS_PER_S = 10.0
MOST_MOMENTS = 60


@dataclass(frozen=True, kw_only=True)
class Sustained:
    """A sustained timbre."""

    source: str  # saw, square, pulse, triangle, sine, hollow, organ, buzz
    envelope: Envelope
    pulse_width: float = 0.5
    drawbars: tuple[float, ...] = ()  # of an organ: the first harmonics
    tilt: float = 0.0  # dB an octave
    cutoff: float = 8.0  # octaves above 100 Hz, of the low-pass
    tracking: float = 0.3  # share by which the low-pass follows the pitch
    resonance: float = 0.0  # 0 to 1
    sweep: float = 0.0  # octaves by which the low-pass opens at first
    sweep_s: float = 0.3  # time constant in which it closes
    rise_s: float = 0.0  # seconds in which brightness grows, as in brass
    wave: float = 0.0  # octaves up and down by a slow oscillation
    wave_hz: float = 0.3
    formants: tuple[tuple[float, float, float], ...] = ()  # Hz, octaves wide, gain
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.2
    tremolo: float = 0.0  # 0 to 1
    unison: int = 1
    detune_cents: float = 0.0
    bend_cents: float = 0.0  # where every note comes from
    slide_s: float = 0.05  # time constant in which a note reaches its pitch
    unipolar: float = 0.0  # offset beside the tone, as of old sound chips
    breath: float = 0.0  # noise beside the tone
    breath_hz: float = 1500.0
    gain: float = 1.0
    versions: int = 1

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One note, (n,) float32; at velocity 1 its RMS is about 0.2."""
        pitch_hz, duration_s = tone.pitch_hz, tone.duration_s
        velocity, bend_cents = tone.velocity, tone.bend_cents
        time = times(self.envelope.length_s(duration_s), rate)
        count = harmonic_count(pitch_hz, rate, MOST_HARMONICS)
        moments = self._moments(float(time[-1]))
        amplitudes = self._spectra(pitch_hz, velocity, moments, count, rng)
        sound = np.zeros(len(time), np.float32)
        for voice in range(self.unison):
            away = (voice - (self.unison - 1) / 2) / max(1, self.unison - 1) * 2
            cents = away * self.detune_cents
            phases = rng.uniform(0, 2 * np.pi, MOST_HARMONICS).astype(np.float32)
            if self.unison == 1 and self.source != "buzz":
                phases[:] = -np.pi / 2
            cycles = cycles_of(
                pitch_hz * 2 ** (cents / 1200),
                len(time),
                rate,
                vibrato_cents=self.vibrato_cents,
                vibrato_hz=self.vibrato_hz * float(rng.uniform(0.93, 1.07)),
                bend_cents=self.bend_cents + bend_cents,
                bend_s=self.slide_s,
                start=float(rng.uniform()),
            )
            sound += play(amplitudes, moments, phases[:count], cycles, rate)
        sound /= np.float32(np.sqrt(self.unison))
        if self.breath > 0:
            middle = float(np.sqrt(self.breath_hz * max(pitch_hz, 60)))
            sound += np.float32(0.6 * self.breath) * coloured_noise(
                rng, len(time), rate, low_hz=middle / 2, high_hz=middle * 2, order=1
            )
        level = self.envelope.at(time, duration_s)
        sound += np.float32(self.unipolar)
        if self.tremolo > 0:
            shake = np.sin(np.float32(2 * np.pi * self.vibrato_hz) * time)
            level *= 1 - np.float32(self.tremolo / 2) * (1 + shake)
        return faded(sound * level * np.float32(0.28 * self.gain * velocity), rate)

    def _moments(self, length_s: float) -> Floats:
        if self.wave == 0 and self.sweep == 0 and self.rise_s == 0:
            return np.zeros(1, np.float32)
        if self.wave == 0:
            steps = np.array([0, 0.15, 0.4, 0.8, 1.4, 2.2, 3.5], np.float32)
            return steps * np.float32(max(self.sweep_s, self.rise_s, 0.01))
        count = int(np.clip(length_s * MOMENTS_PER_S, 2, MOST_MOMENTS))
        return np.linspace(0, length_s, count, dtype=np.float32)

    def _spectra(
        self,
        pitch_hz: float,
        velocity: float,
        moments: Floats,
        count: int,
        rng: np.random.Generator,
    ) -> Floats:
        """(J, H) amplitudes, of unit power at full brightness."""
        harmonics = np.arange(1, MOST_HARMONICS + 1, dtype=np.float64)
        hz = harmonics * pitch_hz
        flat = self._source(harmonics, rng) * harmonics ** (self.tilt / 6.02)
        for centre, octaves, gain in self.formants:
            away = np.log2(hz / centre) / octaves
            flat = flat * (1 + gain * np.exp(-0.5 * away**2))
        octave = self.cutoff + 1.2 * (velocity - 0.7)
        octave += self.tracking * np.log2(pitch_hz / 220)
        course = octave + self.sweep * np.exp(-moments / max(self.sweep_s, 1e-3))
        if self.rise_s > 0:
            course -= 3.0 * np.exp(-moments / self.rise_s)
        course += self.wave * np.sin(2 * np.pi * self.wave_hz * moments)
        away = np.log2(hz / 100.0)[None, :] - course[:, None]
        response = 1 / np.sqrt(1 + 4.0 ** (2 * np.clip(away, -8, 8)))
        response *= 1 + 4 * self.resonance * np.exp(-0.5 * (away / 0.25) ** 2)
        power = np.sqrt(np.sum(flat**2) / 2)
        return np.asarray((flat * response / power)[:, :count], dtype=np.float32)

    def _source(
        self, harmonics: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.float64]:
        if self.source == "organ":
            bars = np.full(len(harmonics), 1e-4)
            bars[: len(self.drawbars)] += self.drawbars
            return bars
        if self.source == "buzz":
            return np.asarray(harmonics**-0.8 * rng.uniform(0.6, 1.4, len(harmonics)))
        odd = harmonics % 2
        width = np.abs(np.sin(np.pi * harmonics * self.pulse_width))
        spectra = {
            "saw": 1 / harmonics,
            "square": odd / harmonics,
            "pulse": width / harmonics,
            "triangle": odd / harmonics**2,
            "sine": np.where(harmonics == 1, 1.0, 0.02 / harmonics**2),
            "hollow": (0.15 + 0.85 * odd) / harmonics**1.2,  # a closed pipe
        }
        return spectra[self.source]
