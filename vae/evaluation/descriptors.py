"""What a person hears of some frames of power, as one number for each trait.

Power is (C, F, K) float32, of the coefficients themselves: channels, frames, kept
coefficients. The first channel is left, the last right.
"""

import numpy as np
from numpy.typing import NDArray

from vae.config import TransformConfig
from vae.evaluation.texture import QUIET, TINY, dynamics_db, flatness_db
from vae.latents.traits import Trait, region
from vae.sound.brightness import brightness

BASS_HZ = 150.0
REGIONS = (  # each from this frequency, in Hz, to the next one's
    (0.0, "sub"),
    (60.0, "lows"),
    (120.0, "warmth"),
    (250.0, "body"),
    (500.0, "mids"),
    (1_000.0, "bite"),
    (2_000.0, "top"),
)
BANDS = 24  # of equal width on a logarithmic scale, in which change is looked for
LOWEST_HZ = 40.0
NOTE_HZ = 26.0  # the width of the bands in which notes are told apart as they change
BEAT_S = (0.5, 3.0)  # periods that are looked for

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def regions(transform: TransformConfig) -> list[Trait]:
    """The regions of frequencies that a model of this transform knows."""
    return [region(word, low, high) for word, low, high in _spans(transform)]


def describe(power: Floats, transform: TransformConfig) -> dict[str, float]:
    """Every trait of some frames.

    - loudness: level of the mean power, dB.
    - brightness: mean of log2 of the frequency, weighted by amplitude, octaves.
    - bass: power below 150 Hz over that above, dB.
    - density: mean absolute change of the level in bands of 26 Hz from frame to frame,
      dB.
    - rhythm, period: the largest autocorrelation of the frames' level at 0.5 to 3 s,
      and the period that has it, s.
    - noise: spectral flatness (`texture.flatness_db`), dB.
    - width: mean absolute difference of left and right in 24 bands, dB.
    - balance: right over left, dB.
    - dynamics: standard deviation of the frames' level, dB.
    - every region of frequencies: its power over that of all the others, dB.
    """
    frequency = _frequencies(transform, power.shape[-1])
    mean = power.mean(axis=(0, 1), dtype=np.float64) + TINY
    strength, period_s = _beat(power, transform)
    bands = _banded(power, frequency)
    left, right = bands[0].mean(axis=0), bands[-1].mean(axis=0)
    found = {
        "loudness": _db(mean.mean()),
        "brightness": brightness(mean, frequency),
        "bass": _over_rest(mean, frequency < BASS_HZ),
        "density": _density(power, transform),
        "rhythm": strength,
        "period": period_s,
        "noise": flatness_db(power, transform),
        "width": float(np.abs(_levels(left) - _levels(right)).mean()),
        "balance": _db(right.mean()) - _db(left.mean()),
        "dynamics": dynamics_db(power),
    }
    for word, low, high in _spans(transform):
        inside = (frequency >= low) & (frequency < high)
        found[region(word, low, high).name] = _over_rest(mean, inside)
    return found


def _spans(transform: TransformConfig) -> list[tuple[str, float, float]]:
    """The regions' words and edges in Hz; the last ends with the kept band."""
    known = [one for one in REGIONS if one[0] < transform.band_hz]
    ends = [*(low for low, _ in known[1:]), transform.band_hz]
    return [(word, low, end) for (low, word), end in zip(known, ends, strict=True)]


def _frequencies(transform: TransformConfig, kept: int) -> Doubles:
    """(K,) Hz, the middle of each coefficient."""
    return (np.arange(kept) + 0.5) * transform.band_hz / transform.kept


def _banded(power: Floats, frequency: Doubles) -> Doubles:
    """(C, F, bands): mean power in bands of equal width on a logarithmic scale."""
    edges = np.geomspace(LOWEST_HZ, frequency[-1], BANDS + 1)[:-1]
    starts = np.unique(np.searchsorted(frequency, edges))
    summed = np.add.reduceat(power, starts, axis=-1, dtype=np.float64)
    widths = np.diff([*starts, len(frequency)])
    return np.asarray(summed / widths)


def _density(power: Floats, transform: TransformConfig) -> float:
    """Mean absolute change of the level of narrow bands between frames, dB."""
    if power.shape[1] < 2:
        return 0.0
    width = max(1, round(NOTE_HZ * transform.kept / transform.band_hz))
    mean = power.mean(axis=0, dtype=np.float64)
    starts = np.arange(0, mean.shape[-1], width)
    narrow = np.add.reduceat(mean, starts, axis=-1)
    return float(np.abs(np.diff(_levels(narrow), axis=0)).mean())


def _beat(power: Floats, transform: TransformConfig) -> tuple[float, float]:
    """Strength, 0 to 1, and period, s, of the strongest repetition of the level."""
    level = _levels(power.mean(axis=(0, 2), dtype=np.float64))
    level = level - level.mean()
    frames = len(level)
    longest = min(round(BEAT_S[1] / transform.frame_s), frames // 2)
    shortest = max(1, round(BEAT_S[0] / transform.frame_s))
    total = float(np.square(level).sum())
    if longest < shortest or total < TINY:
        return 0.0, 0.0
    lags = range(shortest, longest + 1)
    alike = [float((level[lag:] * level[:-lag]).sum()) / total for lag in lags]
    best = int(np.argmax(alike))
    return max(0.0, alike[best]), lags[best] * transform.frame_s


def _levels(power: Doubles) -> Doubles:
    """Levels in dB; what lies below -40 dB of the mean is taken for that much."""
    floor = max(QUIET * float(power.mean()), TINY)
    return np.asarray(10 * np.log10(np.maximum(power, floor)))


def _over_rest(mean: Doubles, inside: NDArray[np.bool_]) -> float:
    """Power inside over power outside, dB."""
    return _db(mean[inside].sum()) - _db(mean[~inside].sum())


def _db(power: float) -> float:
    return float(10 * np.log10(max(float(power), TINY)))
