"""A tone whose harmonics each change over time, read from a table of its periods.

The table holds one period for each of a few moments, made by an inverse FFT of the
harmonics' amplitudes then; a sample is read between two moments and two places. So a
tone with fifty harmonics costs no more than one with three.
"""

import numpy as np
import scipy.fft
from numpy.typing import NDArray

Floats = NDArray[np.float32]
OVERSAMPLED = 16  # places in a period for each period of the highest harmonic


def harmonic_count(pitch_hz: float, rate: int, most: int) -> int:
    """Harmonics that fit below half the sample rate, at least 1."""
    return int(np.clip(0.47 * rate / pitch_hz, 1, most))


def play(
    amplitudes: Floats,
    moments_s: Floats,
    phases: Floats,
    cycles: NDArray[np.float64],
    rate: int,
) -> Floats:
    """A tone.

    Parameters
    ----------
    amplitudes : (J, H) float32
        Of each harmonic at each moment.
    moments_s : (J,) float32
        Ascending, the first 0; after the last nothing changes.
    phases : (H,) float32
        Radians.
    cycles : (n,) float64
        Periods of the fundamental since the beginning, at each sample.
    rate : int
        Hz.

    Returns
    -------
    (n,) float32
    """
    moments, harmonics = amplitudes.shape
    size = max(64, 1 << int(np.ceil(np.log2(OVERSAMPLED * harmonics))))
    spectra = np.zeros((moments, size // 2 + 1), np.complex64)
    spectra[:, 1 : harmonics + 1] = amplitudes * np.exp(1j * phases)
    table = np.empty((moments, size + 1), np.float32)
    table[:, :size] = scipy.fft.irfft(spectra, size, axis=1) * (size / 2)
    table[:, size] = table[:, 0]
    flat = table.ravel()

    place = (cycles - np.floor(cycles)).astype(np.float32) * np.float32(size)
    index = place.astype(np.intp)
    np.minimum(index, size - 1, out=index)
    part = place - index.astype(np.float32)
    if moments == 1:
        low = flat[index]
        return low + part * (flat[index + 1] - low)
    row, share = _between(moments_s, len(cycles), rate)
    index += row * (size + 1)
    low = flat[index]
    before = low + part * (flat[index + 1] - low)
    index += size + 1
    low = flat[index]
    after = low + part * (flat[index + 1] - low)
    return np.asarray(before + share * (after - before))


def _between(
    moments_s: Floats, samples: int, rate: int
) -> tuple[NDArray[np.intp], Floats]:
    """Which moment each sample follows, and its share of the way to the next."""
    ends = np.round(moments_s[1:] * rate).astype(np.intp)
    ends = np.minimum(np.maximum(ends, 1), samples)
    counts = np.diff(ends, prepend=0)
    counts[-1] += samples - ends[-1]
    row = np.repeat(np.arange(len(counts)), counts)
    spans = np.maximum(np.diff(moments_s) * rate, 1).astype(np.float32)
    begun = (moments_s[:-1] * rate).astype(np.float32)
    share = (np.arange(samples, dtype=np.float32) - begun[row]) / spans[row]
    return row, np.clip(share, 0, 1)


def cycles_of(
    pitch_hz: float,
    samples: int,
    rate: int,
    *,
    vibrato_cents: float = 0.0,
    vibrato_hz: float = 5.0,
    delay_s: float = 0.2,
    bend_cents: float = 0.0,
    bend_s: float = 0.05,
    start: float = 0.0,
) -> NDArray[np.float64]:
    """Periods gone by at each sample of a note, with vibrato that sets in late.

    Parameters
    ----------
    pitch_hz : float
    samples : int
    rate : int
        Hz.
    vibrato_cents, vibrato_hz, delay_s : float
        How deep, how fast, and how late.
    bend_cents, bend_s : float
        Where the pitch comes from, and the time constant in which it arrives.
    start : float
        Periods; where in the first one it begins.

    Returns
    -------
    (samples,) float64, periods
    """
    cycles = np.arange(samples, dtype=np.float64) * (pitch_hz / rate) + start
    time = np.arange(samples, dtype=np.float32) / np.float32(rate)
    if vibrato_cents > 0:
        deep = pitch_hz * (2 ** (vibrato_cents / 1200) - 1)
        rate_rad = 2 * np.pi * vibrato_hz
        onset = np.clip((time - delay_s) / 0.3, 0, 1)
        cycles -= deep / rate_rad * onset * np.cos(np.float32(rate_rad) * time)
    if bend_cents != 0:
        deep = pitch_hz * (2 ** (bend_cents / 1200) - 1)
        cycles += deep * bend_s * (1 - np.exp(-time / np.float32(bend_s)))
    return cycles
