"""A room: noise that dies away, the highs first, different left and right."""

import numpy as np
from numpy.typing import NDArray

from vae.corpus.noise import REFERENCE_RATE, coloured_noise

Floats = NDArray[np.float32]
BANDS_HZ = ((0.0, 400.0, 1.0), (400.0, 1600.0, 0.9), (1600.0, 1e9, 0.5))
LOW_CUT_HZ = 120.0
FALLEN = 6.9  # time constants in a fall of 60 dB
REFLECTIONS = 8


def impulse_response(
    rng: np.random.Generator,
    rate: int,
    *,
    reverb_s: float,
    brightness: float,
    width: float,
) -> Floats:
    """The answer of a room to a click.

    Parameters
    ----------
    rng : Generator
    rate : int
        Hz.
    reverb_s : float
        Time to fall by 60 dB.
    brightness, width : float
        0 to 1.

    Returns
    -------
    (2, n) float32
        Its energy is about that of the click, at any rate.
    """
    samples = round(rate * min(reverb_s, 4.0)) + 1
    time = np.arange(samples, dtype=np.float32) / np.float32(rate)
    layers = np.zeros((3, samples), np.float32)  # left, right, both
    for low, high, share in BANDS_HZ:
        lasting = reverb_s * (share + (1 - share) * brightness)
        fall = np.exp(np.float32(-FALLEN / lasting) * time)
        for layer in range(3):
            layers[layer] += fall * coloured_noise(
                rng,
                samples,
                rate,
                low_hz=max(low, LOW_CUT_HZ),
                high_hz=high if high < 1e6 else 2500 + 9000 * brightness,
            )
    response = np.sqrt(width) * layers[:2] + np.sqrt(1 - width) * layers[2]
    # White noise of that bandwidth has energy per sample that grows with the rate.
    energy = reverb_s / (2 * FALLEN) * REFERENCE_RATE
    response *= np.float32(np.sqrt(1 / energy) * REFERENCE_RATE / rate)
    for _ in range(REFLECTIONS):
        late = float(rng.uniform(0.005, 0.06))
        gains = rng.uniform(-0.25, 0.25, 2) * np.exp(-late / 0.04)
        if round(late * rate) < samples:
            response[:, round(late * rate)] += gains.astype(np.float32)
    return np.asarray(response, dtype=np.float32)
