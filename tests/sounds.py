"""Sounds for tests: short songs of notes, the same every time."""

from functools import cache
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

NOTE_S = 0.4  # from one note to the next
HARMONICS = 8
DECAY_PER_S = 4.0  # of a note; higher harmonics fade faster
NOISE = 0.003  # standard deviation, full scale 1
PEAK = 0.7
SCALE = (0, 2, 4, 7, 9)  # semitones: any two of these sound well together


def write_song(
    path: Path,
    *,
    seconds: float = 4.0,
    seed: int = 0,
    sample_rate: int = 44_100,
    channels: int = 2,
) -> Path:
    """A WAV of decaying notes with harmonics and a little noise; gives its path."""
    sound = song(seconds=seconds, seed=seed, sample_rate=sample_rate, channels=channels)
    soundfile.write(path, sound.T, sample_rate)
    return path


def song(
    *,
    seconds: float = 4.0,
    seed: int = 0,
    sample_rate: int = 44_100,
    channels: int = 2,
) -> NDArray[np.float32]:
    """The sound that `write_song` writes, (channels, S) float32, peak 0.7."""
    return _song(seconds, seed, sample_rate, channels).copy()


@cache  # many tests want the same
def _song(
    seconds: float, seed: int, sample_rate: int, channels: int
) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    samples = round(seconds * sample_rate)
    sound = NOISE * rng.standard_normal((channels, samples))
    for start_s in np.arange(0.0, seconds, NOTE_S):
        start = round(start_s * sample_rate)
        pitch_hz = 110.0 * 2 ** (rng.integers(3) + rng.choice(SCALE) / 12)
        pan = rng.uniform(0.3, 1.0, size=(channels, 1))
        sound[:, start:] += pan * _note(pitch_hz, samples - start, sample_rate)
    sound *= PEAK / np.abs(sound).max()
    return sound.astype(np.float32)


def _note(pitch_hz: float, samples: int, sample_rate: int) -> NDArray[np.float64]:
    time = np.arange(samples) / sample_rate
    note = np.zeros(samples)
    for harmonic in range(1, HARMONICS + 1):
        if harmonic * pitch_hz >= sample_rate / 2:
            break
        fade = np.exp(-DECAY_PER_S * np.sqrt(harmonic) * time)
        note += fade * np.sin(2 * np.pi * harmonic * pitch_hz * time) / harmonic
    return note
