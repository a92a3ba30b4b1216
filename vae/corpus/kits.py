"""Drum kits: skins as falling sines, metal and wires as noise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.corpus.envelope import faded, times
from vae.corpus.noise import coloured_noise
from vae.corpus.voice import Tone

Floats = NDArray[np.float32]
DRUMS = (
    "kick",
    "snare",
    "hat",
    "open",
    "foot",
    "ride",
    "crash",
    "clap",
    "rim",
    "tom",
    "low tom",
    "shaker",
    "tambourine",
    "conga",
    "bass drum",
    "timpani",
)


@dataclass(frozen=True, kw_only=True)
class Blow:
    """What one drum does: a sine that falls and noise, each with its decay."""

    hz: float = 0.0  # the skin's pitch; 0 for none
    from_hz: float = 0.0  # where it falls from
    fall_s: float = 0.03  # time constant
    ring_s: float = 0.1  # time constant
    body: float = 1.0
    thump: float = 0.0  # a push to one side
    overtone: float = 0.0  # level of a second mode at 1.6 times the pitch
    noise: float = 0.0
    low_hz: float = 0.0  # the noise's band
    high_hz: float = 20_000.0
    noise_s: float = 0.05  # time constant
    claps: int = 1  # bursts, 12 ms apart
    metal: float = 0.0  # level of clashing square waves, as in cymbals


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A set of drums."""

    blows: tuple[Blow, ...]  # as in `DRUMS`
    crush: float = 0.0  # 0 to 1: coarse steps, as of old sound chips
    gain: float = 1.0
    versions: int = 2

    def render(self, tone: Tone, rate: int, rng: np.random.Generator) -> Floats:
        """One hit, (n,) float32, peak about 0.8 at velocity 1.

        `pitch_hz` stands for the drum: its place in `DRUMS`.
        """
        pitch_hz, velocity = tone.pitch_hz, tone.velocity
        blow = self.blows[int(pitch_hz)]
        time = times(min(2.5, 5 * max(blow.ring_s * bool(blow.hz), blow.noise_s)), rate)
        sound = np.zeros(len(time))
        if blow.hz:
            deep = (blow.from_hz - blow.hz) * blow.fall_s
            turns = blow.hz * time + deep * (1 - np.exp(-time / blow.fall_s))
            skin = np.sin(2 * np.pi * turns)
            if blow.overtone:
                second = np.sin(2 * np.pi * 1.59 * turns) * np.exp(-time / blow.ring_s)
                skin += blow.overtone * second
            sound += (blow.body * skin + blow.thump) * np.exp(-time / blow.ring_s)
        if blow.noise:
            sound += blow.noise * self._wires(blow, time, rate, rng)
        if blow.metal:
            sound += blow.metal * _clash(time, rate, rng) * np.exp(-time / blow.noise_s)
        if self.crush:
            steps = 2 ** (3 + 5 * (1 - self.crush))
            sound = np.round(sound * steps) / steps
        hit = sound.astype(np.float32) * np.float32(0.8 * self.gain * velocity)
        return faded(hit, rate)

    def _wires(
        self, blow: Blow, time: Floats, rate: int, rng: np.random.Generator
    ) -> Floats:
        noise = coloured_noise(
            rng, len(time), rate, low_hz=blow.low_hz, high_hz=blow.high_hz
        )
        level = np.exp(-time / np.float32(blow.noise_s))
        for clap in range(1, blow.claps):
            late = np.maximum(time - 0.012 * clap, 0)
            burst = np.exp(-late / np.float32(blow.noise_s)) * (time > 0.012 * clap)
            level = np.where(time > 0.012 * clap, burst, level * level)
        return np.asarray(noise * level, dtype=np.float32)


def _clash(time: Floats, rate: int, rng: np.random.Generator) -> Floats:
    """Six inharmonic tones, as in an electronic cymbal."""
    sound = np.zeros(len(time), np.float32)
    for hz in (205.3, 304.4, 369.6, 522.7, 540.0, 800.0):
        for odd in (1, 3, 5, 7):
            tone = hz * odd * float(rng.uniform(0.97, 1.03))
            if tone < 0.47 * rate:
                sound += np.sin(np.float32(2 * np.pi * tone) * time) / odd
    return sound * np.float32(0.25)
