"""Gains that glide from frame to frame: between two frames, the mean of theirs.

A gain for each frame holds for a quarter of a second, and steps where the frames meet;
where music keeps time with them, the steps are heard at its beats. So a recording is
filtered on a second row of frames, too, that meet in the middle of the first ones, each
with the mean of the two gains (in dB) that it lies between. Where either row's frames
meet, only the other one is heard:

    frames     |     0     |     1     |     2     |
    between      0   |     1     |     2     |   3
    heard      b  f  b  f  b  f  b  f  …

Letters: C channels, F frames, K coefficients, n frames, N their samples.
"""

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig

Floats = NDArray[np.float32]


def lead(config: TransformConfig) -> int:
    """Samples by which the row between begins before the frames."""
    return config.frame_samples // 2


def gains_between(gain: Floats, first: int, start: int, stop: int) -> Floats:
    """Log gains of frames start to stop of the row between, (C, stop - start, K).

    Parameters
    ----------
    gain : (C, n, K) float32
        Log gains of the frames from `first` on, at least of those from start - 1 to
        stop, as far as there are any.
    """
    places = np.arange(start, stop) - first
    last = gain.shape[1] - 1
    before, after = np.clip(places - 1, 0, last), np.clip(places, 0, last)
    return np.float32(0.5) * (gain[:, before] + gain[:, after])


def glided(frames: Floats, between: Floats, config: TransformConfig) -> Floats:
    """What is heard of both rows, (C, N).

    Parameters
    ----------
    frames : (C, N) float32
        The sound of n whole frames, filtered by their gains.
    between : (C, N + frame_samples) float32
        The sound of the n + 1 frames of the row between, filtered by theirs.
    """
    begin, length = lead(config), config.frame_samples
    count = frames.shape[-1]
    phase = np.pi * (np.arange(length) + 0.5) / length
    weight = np.tile(np.square(np.cos(phase)).astype(np.float32), count // length)
    return frames + weight * (between[..., begin : begin + count] - frames)


def row_between(sound: Floats, config: TransformConfig) -> Floats:
    """The coefficients of the row between, (C, F + 1, kept), of F whole frames' sound.

    `sound` is (C, F · frame_samples).
    """
    begin = lead(config)
    ends = (begin, config.frame_samples - begin)
    return dct.forward(np.pad(sound, ((0, 0), ends)), config)


def change(
    frames: Floats, between: Floats, gain: Floats, config: TransformConfig
) -> Floats:
    """What log gains that glide add to whole sound, (C, F · frame_samples).

    Parameters
    ----------
    frames : (C, F, kept) float32
        The sound's coefficients.
    between : (C, F + 1, kept) float32
        The same of the row between; see `row_between`.
    gain : (C, F, kept) float32
    """
    gains = gains_between(gain, 0, 0, between.shape[1])
    return glided(
        dct.inverse(frames * np.expm1(gain), config),
        dct.inverse(between * np.expm1(gains), config),
        config,
    )
