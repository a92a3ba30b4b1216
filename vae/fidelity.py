"""How faithful a reconstruction is, and whether frame boundaries can be heard."""

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from vae.config import TransformConfig

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
    overlap gives 3 and more on music. A recording has a ratio of its own, 0.4 to 1.3
    where its beats keep time with the frames: what was made of a recording is judged
    by the same made with other boundaries (see `vae.evaluation.edges`).
    """
    power = np.square(np.diff(sound, axis=-1), dtype=np.float64)
    there = power[..., config.frame_samples - 1 :: config.frame_samples]
    rest, others = power.sum() - there.sum(), power.size - there.size
    if not there.size or not others or rest <= 0:
        return 1.0
    return float(np.sqrt(there.mean() / (rest / others)))
