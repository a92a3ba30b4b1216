"""How peaked a spectrum is and how its level moves: music against wind.

Powers are (C, F, K) float32, of the coefficients themselves: channels, frames, kept
coefficients.
"""

import numpy as np
from numpy.typing import NDArray

from vae.config import TransformConfig

BAND_HZ = 128.0
QUIET = 1e-4  # of the mean power: what lies below it is taken for that much
TINY = 1e-30

Floats = NDArray[np.float32]


def flatness_db(power: Floats, transform: TransformConfig) -> float:
    """Spectral flatness of power (C, F, K) within 128 Hz, weighted by energy, dB.

    Geometric over arithmetic mean (Johnston 1988): 0 for a flat spectrum, some -11 dB
    for music's own power smoothed over 3 frames × 9 coefficients.
    """
    width = max(2, round(BAND_HZ * transform.kept / transform.band_hz))
    bands = max(1, power.shape[-1] // width)
    width = min(width, power.shape[-1])
    kept = power[..., : bands * width].astype(np.float64)
    split = kept.reshape(*kept.shape[:-1], bands, width)
    energy = split.mean(axis=-1)
    floored = np.maximum(split, max(QUIET * float(energy.mean()), TINY))
    arithmetic = np.log(floored.mean(axis=-1))
    flatness = 10 / np.log(10) * (np.log(floored).mean(axis=-1) - arithmetic)
    return float((energy * flatness).sum() / max(energy.sum(), TINY))


def dynamics_db(power: Floats) -> float:
    """Standard deviation over time of the level of a frame of power (C, F, K), dB.

    A frame below -40 dB of the mean is taken for that much.
    """
    level = power.mean(axis=(0, 2), dtype=np.float64)
    floored = np.maximum(level, max(QUIET * float(level.mean()), TINY))
    return float(np.std(10 * np.log10(floored)))
