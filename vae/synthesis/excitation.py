"""White noise in the place of a recording: of unit variance, the same for each frame.

Letters: C channels, K kept coefficients, n frames.
"""

import numpy as np
from numpy.typing import NDArray

PHILOX_WORDS = 4

Floats = NDArray[np.float32]


class Noise:
    """Noise of which any frames can be drawn alone.

    Parameters
    ----------
    correlation : (K,) float32
        Between the first channel and the second one, -1 to 1.
    channels : int
    seed : int
    """

    def __init__(self, correlation: Floats, channels: int, *, seed: int = 0) -> None:
        self._correlation = correlation
        self._channels = channels
        self._seed = seed

    def coefficients(self, start: int, stop: int) -> Floats:
        """(C, stop - start, K) float32."""
        shape = (self._channels, len(self._correlation))
        frames = [
            self._rng(frame).standard_normal(shape, np.float32)
            for frame in range(start, stop)
        ]
        noise = np.stack(frames, axis=1)
        if len(noise) == 2:
            independent = np.sqrt(1 - self._correlation**2)
            noise[1] = self._correlation * noise[0] + independent * noise[1]
        return noise

    def _rng(self, frame: int) -> np.random.Generator:
        counter = [0] * (PHILOX_WORDS - 1) + [frame]
        return np.random.Generator(np.random.Philox(key=self._seed, counter=counter))
