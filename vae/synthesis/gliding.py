"""Gains that glide from frame to frame: between two frames, the mean of theirs.

A gain for each frame holds for a quarter of a second, and steps where the frames meet;
where music keeps time with them, the steps are heard at its beats. So a recording is
filtered on a second row of frames, too, that meet in the middle of the first ones, each
with the mean of the two gains (in dB) that it lies between. Where either row's frames
meet, only the other one is heard; where gains hardly step, the first one alone:

    frames     |     0     |     1     |     2     |
    between      0   |     1     |     2     |   3
    heard      b  f  b  f  b  f  b  f  …

Letters: C channels, F frames, K coefficients, n frames, N their samples.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig

LEAST_STEP = np.float32(0.5 / 20 * np.log(10))  # half a dB; less is no edge

Floats = NDArray[np.float32]
Truths = NDArray[np.bool_]


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
    before, after = _beside(gain, first, start, stop)
    return np.float32(0.5) * (before + after)


def steps(gain: Floats, first: int, start: int, stop: int) -> Truths:
    """(stop - start,), in which frames of the row between some gain steps."""
    before, after = _beside(gain, first, start, stop)
    return np.asarray(np.abs(after - before).max(axis=(0, 2)) > LEAST_STEP)


def glided(
    frames: Floats, between: Floats, heard: Truths, config: TransformConfig
) -> Floats:
    """What is heard of both rows, (C, N).

    Parameters
    ----------
    frames : (C, N) float32
        The sound of n whole frames, filtered by their gains.
    between : (C, N + frame_samples) float32
        The sound of the n + 1 frames of the row between, filtered by theirs.
    heard : (n + 1,) bool
        Which of the row between are heard at all.
    """
    begin, length = lead(config), config.frame_samples
    inside = slice(begin, begin + frames.shape[-1])
    weight = np.tile(_weight(length), len(heard) - 1)
    weight *= np.repeat(heard, length)[inside]
    return frames + weight * (between[..., inside] - frames)


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
    row = 0, between.shape[1]
    gains = gains_between(gain, 0, *row)
    return glided(
        dct.inverse(frames * np.expm1(gain), config),
        dct.inverse(between * np.expm1(gains), config),
        steps(gain, 0, *row),
        config,
    )


def _beside(gain: Floats, first: int, start: int, stop: int) -> tuple[Floats, Floats]:
    """The gains before and after each frame of the row between."""
    places = np.arange(start, stop) - first
    last = gain.shape[1] - 1
    before, after = np.clip(places - 1, 0, last), np.clip(places, 0, last)
    return gain[:, before], gain[:, after]


@lru_cache
def _weight(length: int) -> Floats:
    """Of the row between over one frame."""
    phase = np.pi * (np.arange(length) + 0.5) / length
    return np.asarray(np.square(np.cos(phase)), np.float32)
