"""Noise with a spectrum in Hz, of the same power in a band at any sample rate."""

import numpy as np
import scipy.fft
from numpy.typing import NDArray

Floats = NDArray[np.float32]
REFERENCE_RATE = 44_100  # white noise of RMS 1 has this much bandwidth to fill, halved


def coloured_noise(
    rng: np.random.Generator,
    samples: int,
    rate: int,
    *,
    low_hz: float = 0.0,
    high_hz: float = 1e9,
    slope_db: float = 0.0,
    order: int = 2,
) -> Floats:
    """Noise between two frequencies.

    Parameters
    ----------
    rng : Generator
    samples : int
    rate : int
        Hz.
    low_hz, high_hz : float
        Where it falls off, by 6 dB an octave for each `order`.
    slope_db : float
        dB an octave in between, 0 at 1,000 Hz; −3 is pink, −6 brown.
    order : int

    Returns
    -------
    (samples,) float32
        RMS 1 for white noise at 44.1 kHz, as loud below any frequency at lower rates.
    """
    size = scipy.fft.next_fast_len(samples, real=True)
    white = rng.standard_normal(size, dtype=np.float32)
    white *= np.float32(np.sqrt(rate / REFERENCE_RATE))
    hz = np.fft.rfftfreq(size, 1 / rate).astype(np.float32)
    hz[0] = hz[1]
    gain = (hz / 1000) ** np.float32(slope_db / 6.02)
    if low_hz > 0:
        gain /= np.sqrt(1 + (low_hz / hz) ** (2 * order))
    if high_hz < rate / 2:
        gain /= np.sqrt(1 + (hz / high_hz) ** (2 * order))
    gain[0] = 0
    shaped = scipy.fft.irfft(scipy.fft.rfft(white) * gain, size)
    return np.asarray(shaped[:samples], dtype=np.float32)
