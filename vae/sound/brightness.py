"""How bright a spectrum is: where the middle of it lies, in octaves.

Letters: K frequencies.
"""

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]


def brightness(power: Doubles, hz: Doubles) -> float:
    """The mean of log2 of the frequency (K,) in Hz, weighted by amplitude."""
    amplitude = np.sqrt(power)
    return float((amplitude * np.log2(hz)).sum() / amplitude.sum())


def brightness_slope(power: Doubles, hz: Doubles) -> Doubles:
    """(K,) octaves: how brightness changes with the logarithm of each power."""
    amplitude = np.sqrt(power)
    shares = amplitude / amplitude.sum()
    middle = float((shares * np.log2(hz)).sum())
    return np.asarray(0.5 * shares * (np.log2(hz) - middle))
