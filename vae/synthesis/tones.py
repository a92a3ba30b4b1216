"""Steady tones in the place of noise: what a point sounds like when pitch is wanted.

The tones lie on the tempered scale of A = 440 Hz, and wide apart enough below it that
no two of them beat slowly. Each is as loud as all the power that the decoder gives to
the band around it, one gain for the whole tone: so where the decoder holds still, a
tone does, across frames too. (Filtering the transform of the tones coefficient by
coefficient would not: a tone leaks into many coefficients, whose gains differ.)

Letters: C channels, F frames, K kept coefficients, M tones.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig

CONCERT_PITCH_HZ = 440.0
LEAST_SPACING_HZ = 10.0  # beats of two neighbours are not heard as a tremolo
LOWEST_HZ = 25.0

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


class Tones:
    """A bank of tones with steady random phases, of which any frames can be made alone.

    Parameters
    ----------
    transform : TransformConfig
    correlation : (K,) float32
        Between the first channel and each other one, -1 to 1.
    seed : int
        Of the phases.

    Attributes
    ----------
    frequency : (M,) float64
        Hz, rising.
    """

    def __init__(
        self, transform: TransformConfig, correlation: Floats, *, seed: int = 0
    ) -> None:
        self.frequency = _frequencies(transform)
        self._transform = transform
        self._share = _shares(self.frequency, transform)
        rng = np.random.default_rng(seed)
        self._phase = rng.uniform(0, 2 * np.pi, len(self.frequency))
        width = np.maximum(self._share.sum(axis=0), 1e-9)
        together = (correlation @ self._share) / width
        side = rng.choice((-1.0, 1.0), len(self.frequency))
        self._apart = side * np.arccos(np.clip(together, -1, 1))
        self._cosine, self._sine = _patterns(self.frequency, transform)

    def coefficients(self, power: Floats, start: int) -> Floats:
        """(C, n, K) float32, the transform of the tones on frames from `start` on.

        Parameters
        ----------
        power : (C, n, K) float32
            What is expected of each coefficient.
        """
        length = self._transform.frame_samples
        amplitude = np.sqrt(2 / length * (power @ self._share))  # (C, n, M)
        frames = np.arange(start, start + power.shape[1])
        turn = self.frequency * length / self._transform.sample_rate
        phase = 2 * np.pi * np.outer(frames, turn) + self._phase  # (n, M)
        phases = np.stack([phase, *[phase + self._apart] * (len(power) - 1)])
        tones = (amplitude * np.cos(phases)) @ self._cosine
        tones -= (amplitude * np.sin(phases)) @ self._sine
        return np.asarray(tones, dtype=np.float32)


def _frequencies(transform: TransformConfig) -> Doubles:
    """The tempered scale up to the end of the kept band, evenly spaced at its foot."""
    step = 2 ** (1 / 12)
    lowest = np.ceil(12 * np.log2(LEAST_SPACING_HZ / (step - 1) / CONCERT_PITCH_HZ))
    highest = np.floor(12 * np.log2(transform.band_hz / CONCERT_PITCH_HZ))
    scale = CONCERT_PITCH_HZ * step ** np.arange(lowest, highest + 1)
    top = scale[0] if len(scale) else transform.band_hz
    foot = np.arange(top - LEAST_SPACING_HZ, LOWEST_HZ, -LEAST_SPACING_HZ)[::-1]
    return np.concatenate([foot, scale])


def _shares(frequency: Doubles, transform: TransformConfig) -> Doubles:
    """(K, M): how much of each coefficient's power goes to each tone; rows sum to 1."""
    middles = (frequency[1:] + frequency[:-1]) / 2
    edges = np.concatenate([[0.0], middles, [max(transform.band_hz, frequency[-1])]])
    width = transform.band_hz / transform.kept
    low = width * np.arange(transform.kept)[:, None]
    inside = np.minimum(edges[1:], low + width) - np.maximum(edges[:-1], low)
    return np.asarray(np.maximum(inside, 0) / width)


def _patterns(
    frequency: Doubles, transform: TransformConfig
) -> tuple[NDArray[Any], NDArray[Any]]:
    """(M, K) each: the transform of a cosine and of a sine, of phase 0 at the frame."""
    length = transform.frame_samples
    time = np.arange(-length, 2 * length) / transform.sample_rate
    angle = 2 * np.pi * np.outer(frequency, time)
    return (
        dct.forward(np.cos(angle), transform)[:, 1],
        dct.forward(np.sin(angle), transform)[:, 1],
    )
