"""The decoder as a filter: what it makes of a source, coefficient by coefficient.

Letters: C channels, K kept coefficients, n frames.
"""

import math

import numpy as np
from numpy.typing import NDArray

from vae.codec import Envelope
from vae.synthesis.recording import Recording

LARGEST_GAIN_DB = 30.0  # of the decoder on a recording, up or down

Floats = NDArray[np.float32]


def excited(envelope: Envelope, excitation: Floats, scale: Floats) -> Floats:
    """S · e^log_scale · ε: (C, n, K) of unit variance, as loud as an envelope says."""
    drawn = excitation
    if envelope.log_scale is not None:
        drawn = excitation * np.exp(envelope.log_scale)
    return scale * drawn


def changed(
    recording: Recording, envelope: Envelope, start: int, scale: Floats
) -> Floats:
    """(C, n, K): a recording with the change from its own envelope to another on it."""
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
    """How much louder one log scale is than another, within what is allowed."""
    limit = np.float32(LARGEST_GAIN_DB / 20 * math.log(10))
    gain = there - own
    return np.clip(gain, -limit, limit, out=gain)


def gain_over(there: Envelope, own: Envelope) -> Floats | None:
    """(C, n, K), log gain of one envelope over another; None where none has a scale."""
    if there.log_scale is None or own.log_scale is None:
        return None
    return log_gain(there.log_scale, own.log_scale)


def top_octave(gain: Floats) -> Floats:
    """(C, n), the mean log gain in the top octave of the kept band."""
    top: Floats = gain[..., gain.shape[-1] // 2 :].mean(axis=-1)
    return top


def faded(lower: Envelope, upper: Envelope, weights: Floats, inside: slice) -> Envelope:
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
