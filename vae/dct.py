"""The frame transform: sound to DCT coefficients and back.

With `overlap=0` it is the DCT-II of each frame by itself, as in the seed design. With
`overlap=h` it is the lapped DCT: at each frame boundary the h samples on either side
are rotated against one another, then each frame gets a DCT-IV. It is the MDCT's
time-domain aliasing cancellation (Princen, Johnson and Bradley 1987) with a short
window. Both are orthonormal, so both reconstruct exactly and keep energy.

              frame f-1            boundary b            frame f
    ... x[b-3]  x[b-2]  x[b-1]        |        x[b]  x[b+1]  x[b+2] ...
                          a ----- rotated ----- d               (i = 0)
                  a ------------- rotated ------------- d       (i = 1)

Every function takes any leading axes and works on the last ones, without a loop over
frames. A frame shares samples with its two neighbours only, so any band of frames can
be transformed alone, together with its `neighbours`, to just what the whole would give.
"""

from typing import Literal, TypeVar

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from vae.config import TransformConfig

Floats = TypeVar("Floats", NDArray[np.float32], NDArray[np.float64])


def frame_count(samples: int, config: TransformConfig) -> int:
    """Frames that hold `samples` samples, the last one filled up with silence."""
    return -(-samples // config.frame_samples)


def forward(sound: Floats, config: TransformConfig, kept: int | None = None) -> Floats:
    """The coefficients of whole sound.

    Parameters
    ----------
    sound : (..., S) float32 or float64
        Samples, full scale ±1. The end is filled with silence to whole frames.
    config : TransformConfig
    kept : int, optional
        Coefficients of each frame to give, 1 to `frame_samples`; `config.kept` unless
        told.

    Returns
    -------
    (..., F, kept), the dtype of `sound`
        Orthonormal: coefficient k lies at (k + ½) · rate / (2 · frame_samples) Hz.
    """
    frames = frame_count(sound.shape[-1], config)
    padded = np.zeros(
        (*sound.shape[:-1], frames * config.frame_samples), dtype=sound.dtype
    )
    padded[..., : sound.shape[-1]] = sound
    framed = padded.reshape(*sound.shape[:-1], frames, config.frame_samples)
    _rotate(framed, config.overlap, forward=True)
    coefficients = scipy.fft.dct(
        framed, type=_kind(config), norm="ortho", axis=-1, overwrite_x=True
    )
    keep = config.kept if kept is None else kept
    return np.ascontiguousarray(coefficients[..., :keep], dtype=sound.dtype)


def inverse(coefficients: Floats, config: TransformConfig) -> Floats:
    """The sound of whole images.

    Parameters
    ----------
    coefficients : (..., F, K) float32 or float64
        K of 1 to `frame_samples`; those above K are taken as zero.
    config : TransformConfig

    Returns
    -------
    (..., F · frame_samples), the dtype of `coefficients`
    """
    *leading, frames, kept = coefficients.shape
    full = np.zeros((*leading, frames, config.frame_samples), dtype=coefficients.dtype)
    full[..., :kept] = coefficients
    framed = scipy.fft.idct(
        full, type=_kind(config), norm="ortho", axis=-1, overwrite_x=True
    )
    _rotate(framed, config.overlap, forward=False)
    whole = framed.reshape((*leading, frames * config.frame_samples))
    return np.asarray(whole, dtype=coefficients.dtype)


def inverse_band(
    coefficients: Floats, first: int, start: int, stop: int, config: TransformConfig
) -> Floats:
    """The sound of frames start to stop of an image.

    Parameters
    ----------
    coefficients : (..., n, K)
        The frames from `first` on, with their `neighbours` at least.

    Returns
    -------
    (..., (stop - start) · frame_samples)
    """
    length = config.frame_samples
    sound = inverse(coefficients, config)
    return sound[..., (start - first) * length : (stop - first) * length]


def neighbours(
    start: int, stop: int, frames: int, config: TransformConfig
) -> tuple[int, int]:
    """Frames start to stop, of `frames`, and those that share samples with them."""
    reach = 1 if config.overlap else 0
    return max(0, start - reach), min(frames, stop + reach)


def _kind(config: TransformConfig) -> Literal[2, 4]:
    return 4 if config.overlap else 2


def _rotate(framed: Floats, overlap: int, *, forward: bool) -> None:
    """Rotate the samples around each boundary of (..., F, frame_samples), in place."""
    if overlap == 0 or framed.shape[-2] < 2:
        return
    index = np.arange(overlap, dtype=np.float64)
    angle = np.pi / 4 * (1 + (index + 0.5) / overlap)
    sine = np.sin(angle).astype(framed.dtype)
    cosine = np.cos(angle).astype(framed.dtype)
    if not forward:
        cosine = -cosine
    before = framed[..., :-1, : -overlap - 1 : -1]
    after = framed[..., 1:, :overlap]
    rotated = sine * before - cosine * after
    after[...] = sine * after + cosine * before
    before[...] = rotated
