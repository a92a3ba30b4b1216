"""The decoder as a filter: what it makes of a source, coefficient by coefficient.

Gains are natural logarithms of amplitudes; `scale` is (K,) float32, the corpus RMS of
each coefficient.

Letters: C channels, F frames of the song, K kept coefficients, n frames.
"""

import math

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.synthesis.course import Course
from vae.synthesis.recording import Recording

LARGEST_GAIN_DB = 30.0  # of the decoder on a recording, up or down

Floats = NDArray[np.float32]


def envelope_of(
    codec: Codec, course: Course, frames: int, start: int, stop: int
) -> Envelope:
    """What a course over a song of F frames says of those from start to stop.

    Its stretches lie on top of its path, and of one another.
    """

    def along(path: Floats, first: int, last: int) -> Envelope:
        return codec.envelope(path, frames=frames, start=first, stop=last)

    envelope = along(course.path, start, stop)
    for stretch in course.stretches:
        weights = stretch.weights(start, stop, codec.config.transform.frame_samples)
        inside = np.flatnonzero(weights)
        if not len(inside):
            continue
        low, high = int(inside[0]), int(inside[-1]) + 1
        upper = along(stretch.path, start + low, start + high)
        envelope = _faded(envelope, upper, weights[low:high], slice(low, high))
    return envelope


def excited(envelope: Envelope, excitation: Floats, scale: Floats) -> Floats:
    """As loud as an envelope says around its mean: s · e^log_scale · ε, (C, n, K).

    `excitation` is ε, (C, n, K) float32 of unit variance.
    """
    drawn = excitation
    if envelope.log_scale is not None:
        drawn = excitation * np.exp(envelope.log_scale)
    return scale * drawn


def spread_power(envelope: Envelope, scale: Floats) -> Floats:
    """The power around an envelope's mean: (s · e^log_scale)², (C, n, K) float32."""
    if envelope.log_scale is not None:
        return np.square(scale * np.exp(envelope.log_scale))
    assert envelope.mean is not None
    return np.broadcast_to(np.square(scale), envelope.mean.shape)


def changed(
    recording: Recording, envelope: Envelope, start: int, scale: Floats
) -> Floats:
    """A recording with the change from its own envelope to another on it, (C, n, K).

    Parameters
    ----------
    recording : Recording
    envelope : Envelope
        Of n frames, from `start` on.
    start : int
    scale : (K,) float32
    """
    count = next(len(head[0]) for head in envelope if head is not None)
    coefficients, own = recording.seen(start, start + count)
    if own.mean is not None and envelope.mean is not None:
        coefficients = coefficients - scale * own.mean
    if own.log_scale is not None and envelope.log_scale is not None:
        gain = log_gain(envelope.log_scale, own.log_scale)
        coefficients = coefficients * np.exp(gain, out=gain)
    if envelope.mean is not None:
        coefficients = coefficients + scale * envelope.mean
    return coefficients


def log_gain(there: Floats, own: Floats) -> Floats:
    """Log gain (C, n, K) of one log scale over another, held to ±`LARGEST_GAIN_DB`."""
    limit = np.float32(LARGEST_GAIN_DB / 20 * math.log(10))
    gain = there - own
    return np.clip(gain, -limit, limit, out=gain)


def gain_over(there: Envelope, own: Envelope) -> Floats | None:
    """Log gain (C, n, K) of one envelope over another; None where one has no scale."""
    if there.log_scale is None or own.log_scale is None:
        return None
    return log_gain(there.log_scale, own.log_scale)


def top_octave(gain: Floats) -> Floats:
    """The mean (C, n) of log gains (C, n, K) in the top octave of the kept band."""
    top: Floats = gain[..., gain.shape[-1] // 2 :].mean(axis=-1)
    return top


def _faded(
    lower: Envelope, upper: Envelope, weights: Floats, inside: slice
) -> Envelope:
    """An envelope, and on a slice of its frames another upon it.

    `weights` is (n,) of the slice: how much the upper one counts, 0 to 1.
    """

    def mixed(below: Floats | None, above: Floats | None) -> Floats | None:
        if below is None or above is None:
            return below
        whole = below.copy()
        part = whole[:, inside]
        part += weights[:, None] * (above - part)
        return whole

    return Envelope(*(mixed(*heads) for heads in zip(lower, upper, strict=True)))
