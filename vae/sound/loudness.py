"""How loud sound is to the ear: ITU-R BS.1770-4, in LUFS.

Letters: C channels, S samples, K frequencies, G blocks.

The filters are laid on the spectrum: `scipy.signal`, which has them ready, takes the
engine a quarter of its start to load.
"""

import math

import numpy as np
import scipy.fft
from numpy.typing import NDArray

BLOCK_S, HOP_S = 0.4, 0.1
SILENCE_LUFS = -70.0  # blocks below are left out; what has no other is this loud
GATE_LU = -10.0  # blocks that far below the mean of the others are left out too
OFFSET_LUFS = -0.691  # of a full-scale sine of 997 Hz from its power
RINGING_S = 0.5  # by then what the filters make of a sample is down by 400 dB

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Complexes = NDArray[np.complex128]


def loudness_lufs(sound: Floats, sample_rate: int) -> float:
    """The gated loudness of (C, S) sound, full scale ±1; at least -70.

    Left and right count alike; sound shorter than a block is one block.
    """
    weighted = _weighted(sound.astype(np.float64), sample_rate)
    power = np.square(weighted).sum(axis=0)
    block = min(round(BLOCK_S * sample_rate), power.size)
    hop = round(HOP_S * sample_rate)
    summed = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, power.size - block + 1, hop)
    means = (summed[starts + block] - summed[starts]) / block
    return lufs(float(means[gated(means)].mean()))


def gated(means: Doubles) -> NDArray[np.bool_]:
    """(G,), which blocks of mean power (G,) count; all where all are silent."""
    levels = _lufs(means)
    loud = levels > SILENCE_LUFS
    if not loud.any():
        return ~loud
    return np.asarray(loud & (levels > _lufs(means[loud].mean()) + GATE_LU))


def lufs(power: float) -> float:
    """The loudness of mean power, weighted as the ear does; at least -70."""
    return max(SILENCE_LUFS, float(_lufs(power)))


def ear_weights(hz: Doubles, sample_rate: int) -> Doubles:
    """How many times louder than it is power at each frequency counts, (K,) in Hz."""
    return np.square(np.abs(_response(hz, sample_rate)))


def _lufs(power: Doubles | float) -> Doubles:
    return OFFSET_LUFS + 10 * np.log10(np.maximum(power, 1e-12))


def _weighted(sound: Doubles, sample_rate: int) -> Doubles:
    """Sound (C, S) as the ear weighs it."""
    samples = sound.shape[-1]
    ringing = round(RINGING_S * sample_rate)
    length = scipy.fft.next_fast_len(samples + ringing, real=True)
    hz = scipy.fft.rfftfreq(length, 1 / sample_rate)
    spectrum = scipy.fft.rfft(sound, length) * _response(hz, sample_rate)
    return np.asarray(scipy.fft.irfft(spectrum, length)[..., :samples])


def _response(hz: Doubles, sample_rate: int) -> Complexes:
    """What becomes of each frequency: a shelf for the head, then a high-pass."""
    delay = np.exp(-2j * np.pi * hz / sample_rate)  # by a sample
    response: Complexes = np.ones_like(delay)
    for numerator, denominator in (_shelf(sample_rate), _high_pass(sample_rate)):
        response *= np.polyval(numerator[::-1], delay)
        response /= np.polyval(denominator[::-1], delay)
    return response


def _shelf(sample_rate: int) -> tuple[Doubles, Doubles]:
    """+4 dB above some 2 kHz: the two coefficient tables of BS.1770 at any rate."""
    gain_db, q, frequency = 3.999843853973347, 0.7071752369554196, 1681.974450955533
    k = math.tan(math.pi * frequency / sample_rate)
    high = 10 ** (gain_db / 20)
    middle = high**0.4996667741545416
    numerator = [high + middle * k / q + k * k, 2 * (k * k - high)]
    numerator.append(high - middle * k / q + k * k)
    return _normalised(numerator, k, q)


def _high_pass(sample_rate: int) -> tuple[Doubles, Doubles]:
    q, frequency = 0.5003270373238773, 38.13547087602444
    k = math.tan(math.pi * frequency / sample_rate)
    numerator, denominator = _normalised([1.0, -2.0, 1.0], k, q)
    return numerator * (1 + k / q + k * k), denominator


def _normalised(numerator: list[float], k: float, q: float) -> tuple[Doubles, Doubles]:
    scale = 1 + k / q + k * k
    denominator = [1.0, 2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale]
    return np.array(numerator) / scale, np.array(denominator)
