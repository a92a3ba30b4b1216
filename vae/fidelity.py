"""How faithful a reconstruction is, and whether frame boundaries can be heard."""

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
    """Power of a reference over the power of what differs from it, dB."""
    error = np.square(sound - reference, dtype=np.float64).sum()
    signal = np.square(reference, dtype=np.float64).sum()
    return float(10 * np.log10(max(signal, 1e-30) / max(error, 1e-30)))


def edge_ratio(sound: Floats, config: TransformConfig) -> float:
    """RMS of the sample-to-sample step at frame boundaries over the RMS elsewhere.

    1.0 is inaudible; the seed's transform without overlap gives 3 and more on music.
    A recording has a ratio of its own, 0.7 to 1.3 where its beats keep time with the
    frames: what was made of a recording is judged by `edges_added`.
    """
    power = np.square(np.diff(sound, axis=-1), dtype=np.float64)
    return _step_ratio(power, config.frame_samples, config.frame_samples - 1)


class EdgesAdded(NamedTuple):
    """What was done to a recording, heard at the frame boundaries.

    Attributes
    ----------
    edge_ratio : float
        The edge ratio of what was made of the recording over the recording's own.
    elsewhere : float
        The largest of the same at places between the boundaries, where no edge is: so
        much comes of the music. A ratio that is no larger is not the boundaries' doing.
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
    ratios = []
    powers = [
        np.square(np.diff(one, axis=-1), dtype=np.float64) for one in (sound, own)
    ]
    for place in (length - 1, *between):
        after, before = (_step_ratio(power, length, place) for power in powers)
        ratios.append(after / max(before, 1e-6))
    return EdgesAdded(ratios[0], max(ratios[1:]))


def _step_ratio(power: NDArray[np.float64], length: int, place: int) -> float:
    """RMS of the steps at one place of each frame over the RMS of all others."""
    there = power[..., place::length]
    others = power.size - there.size
    rest = power.sum() - there.sum()
    if not there.size or not others or rest <= 0:
        return 1.0
    return float(np.sqrt(there.mean() / (rest / others)))
