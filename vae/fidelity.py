"""How faithful a reconstruction is, and whether frame boundaries can be heard."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from vae.config import TransformConfig

PLACES = 31  # between two frame boundaries, looked at for comparison

Floats = NDArray[np.float32]


def low_passed(sound: Floats, config: TransformConfig) -> Floats:
    """Sound (..., S) with all that lies above the kept band removed, ideally."""
    samples = sound.shape[-1]
    fast = scipy.fft.next_fast_len(samples, real=True)
    spectrum = scipy.fft.rfft(sound, fast, axis=-1)
    cut = int(np.ceil(config.band_hz * fast / config.sample_rate))
    spectrum[..., cut:] = 0
    filtered = scipy.fft.irfft(spectrum, fast, axis=-1)[..., :samples]
    return np.asarray(filtered, dtype=np.float32)


def snr_db(reference: Floats, sound: Floats) -> float:
    """Power of a reference over that of what differs from it in a sound, dB.

    Both are (..., S); -300 to 300.
    """
    error = np.square(sound - reference, dtype=np.float64).sum()
    signal = np.square(reference, dtype=np.float64).sum()
    return float(10 * np.log10(max(signal, 1e-30) / max(error, 1e-30)))


def edge_ratio(sound: Floats, config: TransformConfig) -> float:
    """RMS of the steps of sound (..., S) at frame boundaries over the RMS elsewhere.

    A step is from sample to sample. 1.0 is inaudible; the seed's transform without
    overlap gives 3 and more on music. A recording has a ratio of its own, 0.7 to 1.3
    where its beats keep time with the frames: what was made of a recording is judged by
    `edges_added`.
    """
    power = np.square(np.diff(sound, axis=-1), dtype=np.float64)
    last = config.frame_samples - 1
    return _step_ratios(power, config.frame_samples, [last])[0]


class EdgesAdded(NamedTuple):
    """What was done to a recording, heard at the frame boundaries.

    Attributes
    ----------
    edge_ratio : float
        The edge ratio of what was made of the recording over the recording's own.
    elsewhere : float
        The largest of the same at places between the boundaries, where no edge is: so
        much comes of the music. A ratio that is no larger is not the boundaries' doing.

    Both scatter where there are few boundaries. Each of the first 8 sliders at ±1, 2
    and 3σ on 12 whole songs, 576 edits, gives 1.000 on average at the boundaries, as at
    any other place; the standard deviation is 0.12 over 16 frames, 0.067 over 64, 0.046
    over 256.
    """

    edge_ratio: float
    elsewhere: float


def edges_added(sound: Floats, own: Floats, config: TransformConfig) -> EdgesAdded:
    """What a change adds to the steps at frame boundaries.

    Parameters
    ----------
    sound, own : (C, S) float32
        The changed recording, and the recording itself.
    config : TransformConfig
    """
    length = config.frame_samples
    margin = max(1, config.overlap)
    between = np.linspace(margin, length - 2 - margin, PLACES).astype(int)
    places = [length - 1, *between]
    after, before = (
        _step_ratios(np.square(np.diff(one, axis=-1), dtype=np.float64), length, places)
        for one in (sound, own)
    )
    ratios = [one / max(other, 1e-6) for one, other in zip(after, before, strict=True)]
    return EdgesAdded(ratios[0], max(ratios[1:]))


def _step_ratios(
    power: NDArray[np.float64], length: int, places: Sequence[int]
) -> list[float]:
    """RMS of the steps at each place of the frames over the RMS of all others."""
    whole, ratios = power.sum(), []
    for place in places:
        there = power[..., place::length]
        others = power.size - there.size
        rest = whole - there.sum()
        silent = not there.size or not others or rest <= 0
        ratios.append(1.0 if silent else float(np.sqrt(there.mean() / (rest / others))))
    return ratios
