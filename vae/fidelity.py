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
    """Power of a reference over the power of what differs from it, dB."""
    error = np.square(sound - reference, dtype=np.float64).sum()
    signal = np.square(reference, dtype=np.float64).sum()
    return float(10 * np.log10(max(signal, 1e-30) / max(error, 1e-30)))


def edge_ratio(sound: Floats, config: TransformConfig) -> float:
    """RMS of the sample-to-sample step at frame boundaries over the RMS elsewhere.

    1.0 is inaudible; the seed's transform without overlap gives 3 and more on music.
    """
    power = np.square(np.diff(sound, axis=-1), dtype=np.float64)
    at_edge = np.zeros(power.shape[-1], dtype=bool)
    at_edge[config.frame_samples - 1 :: config.frame_samples] = True
    if not at_edge.any() or not power[..., ~at_edge].any():
        return 1.0
    return float(np.sqrt(power[..., at_edge].mean() / power[..., ~at_edge].mean()))
