"""How well some power explains a song: likelihood, log-spectral distance.

Powers are (C, F, K) float32 in units of the corpus power of each coefficient: channels,
frames, kept coefficients.
"""

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from vae.network.dictionary import POWER_FLOOR
from vae.network.smoothing import SMOOTH_COEFFICIENTS, SMOOTH_FRAMES

DB = 10 / np.log(10)  # dB in a neper of power

Floats = NDArray[np.float32]


def smoothed(power: Floats) -> Floats:
    """Power (C, F, K) averaged over 3 frames × 9 coefficients around each.

    Beyond the edges the nearest is repeated.
    """
    size = (1, SMOOTH_FRAMES, SMOOTH_COEFFICIENTS)
    averaged = scipy.ndimage.uniform_filter(power, size, mode="nearest")
    return np.asarray(np.maximum(averaged, 0), dtype=np.float32)


def log_image(power: Floats) -> Floats:
    """Natural logarithm (C, F, K) of power, smoothed and floored at -40 dB."""
    logs = np.log(smoothed(power) + np.float32(POWER_FLOOR))
    return np.asarray(logs, dtype=np.float32)


def log_distance_db(logs: Floats, others: Floats) -> float:
    """Log-spectral distance of two log images (C, F, K), dB; 0 is the same.

    The root mean square over coefficients of their difference, averaged over frames and
    channels (Rabiner and Juang 1993, section 4.5, on frames of a quarter of a second).
    """
    difference = DB * (logs - others)
    per_frame = np.sqrt(np.mean(np.square(difference), axis=-1, dtype=np.float64))
    return float(per_frame.mean())


def lsd_db(song: Floats, power: Floats) -> float:
    """Log-spectral distance of a song's own power from some other, smoothed, dB.

    Both are (C, F, K).
    """
    return log_distance_db(log_image(song), log_image(power))


def nats(song: Floats, power: Floats) -> float:
    """Negative log-likelihood of a song under some power, nats per coefficient.

    Both are (C, F, K). It is ½u²e^(-2ℓ) + ℓ with u² the song's power, e^(2ℓ) the other:
    a Gaussian of mean 0, up to ½·log 2π; no power is taken for less than -40 dB of the
    corpus.
    """
    expected = np.maximum(power, np.float32(POWER_FLOOR))
    return float(0.5 * np.mean(song / expected + np.log(expected), dtype=np.float64))


def best_gain(song: Floats, power: Floats) -> float:
    """The factor on `power` under which the song is likeliest: the mean of their ratio.

    Both are (C, F, K); the factor is at least -40 dB. The derivative of ½r/g + ½·log g
    by g is zero where g is the mean of r.
    """
    expected = np.maximum(power, np.float32(POWER_FLOOR))
    return max(float(np.mean(song / expected, dtype=np.float64)), POWER_FLOOR)
