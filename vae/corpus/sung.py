"""A singing voice: vowels that glide into one another, consonants, late vibrato."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import Envelope, faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone
from vae.corpus.wavetable import cycles_of, harmonic_count, play

Floats = NDArray[np.float32]
MOST_HARMONICS = 48
MOMENTS = 8
SYLLABLE_S = 0.25  # in which one vowel becomes the next

# Three formants: Hz and gain.
VOWELS: dict[str, tuple[tuple[float, float], ...]] = {
    "a": ((750, 10.0), (1150, 7.0), (2600, 3.5)),
    "e": ((480, 9.0), (1850, 5.0), (2550, 4.5)),
    "i": ((300, 8.0), (2200, 4.5), (2950, 4.0)),
    "o": ((450, 10.0), (820, 7.0), (2500, 2.0)),
    "u": ((330, 9.0), (680, 3.5), (2400, 1.5)),
    "m": ((250, 7.0), (1000, 0.5), (2200, 0.5)),
}
FORMANT_OCTAVES = 0.2


@dataclass(frozen=True, kw_only=True)
class Sung:
    """A voice."""

    size: float  # of the head: 0.85 large to 1.25 small
    envelope: Envelope
    tilt: float  # dB an octave of the glottis
    vibrato_cents: float
    vibrato_hz: float
    breath: float
    consonants: float  # level of what comes before a vowel
    slide_s: float
    gain: float = 1.0
    versions: int = 4

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One syllable, (n,) float32; at velocity 1 its RMS is about 0.2."""
        time = times(self.envelope.length_s(tone.duration_s), rate)
        count = harmonic_count(tone.pitch_hz, rate, MOST_HARMONICS)
        moments = np.linspace(0, 2 * SYLLABLE_S, MOMENTS).astype(np.float32)
        spectra = self._spectra(tone, moments, rng)[:, :count].astype(np.float32)
        phases = np.full(count, -np.pi / 2, np.float32)
        cycles = cycles_of(
            tone.pitch_hz,
            len(time),
            rate,
            vibrato_cents=self.vibrato_cents,
            vibrato_hz=self.vibrato_hz * float(rng.uniform(0.94, 1.06)),
            delay_s=0.3,
            bend_cents=tone.bend_cents + float(rng.uniform(-80, 20)),
            bend_s=self.slide_s,
        )
        sound = play(spectra, moments, phases, cycles, rate)
        if self.breath > 0:
            sound += np.float32(self.breath) * coloured_noise(
                rng, len(time), rate, low_hz=700, high_hz=4000, order=1
            )
        sound *= self.envelope.at(time, tone.duration_s)
        if self.consonants > 0 and rng.random() < 0.7:
            centre = float(rng.choice((600, 1500, 2500, 5000)))
            samples = min(len(time), round(float(rng.uniform(0.03, 0.12)) * rate))
            burst = coloured_noise(
                rng, samples, rate, low_hz=centre / 1.6, high_hz=centre * 1.6
            )
            burst *= np.hanning(samples)
            sound[:samples] += np.float32(2 * self.consonants) * burst
        return faded(sound * np.float32(0.28 * self.gain * tone.velocity), rate)

    def _spectra(
        self, tone: Tone, moments: Floats, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """(J, H) amplitudes, of unit power at each moment."""
        harmonics = np.arange(1, MOST_HARMONICS + 1, dtype=np.float64)
        hz = harmonics * tone.pitch_hz
        names = list(VOWELS)
        first, second = (str(rng.choice(names)), str(rng.choice(names[:5])))
        glottis = harmonics ** ((self.tilt + 3 * (tone.velocity - 0.7)) / 6.02)
        share = np.clip(moments / SYLLABLE_S, 0, 1)[:, None]
        response = np.ones((len(moments), MOST_HARMONICS)) * 0.3
        for (hz_a, gain_a), (hz_b, gain_b) in zip(
            VOWELS[first], VOWELS[second], strict=True
        ):
            centre = self.size * hz_a * (hz_b / hz_a) ** share
            gain = gain_a + (gain_b - gain_a) * share
            away = np.log2(hz[None, :] / centre) / FORMANT_OCTAVES
            response += gain * np.exp(-0.5 * away**2)
        spectra = glottis * response
        return np.asarray(spectra / np.sqrt(np.sum(spectra**2, axis=1) / 2)[:, None])
