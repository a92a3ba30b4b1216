"""From parts to a finished stereo song: effects, room, equaliser, loudness."""

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from vae.corpus.room import impulse_response
from vae.corpus.score import Knobs, Note, Part

Floats = NDArray[np.float32]
FRAME_S = 0.25
BAND_HZ = 2756.25  # the band that every rate from 11,025 Hz up holds
CEILING = 0.87  # of the loudest sample, −1.2 dB of full scale
KNEE = 0.55  # from where peaks are rounded
ECHOES = 4
ECHO_GAIN = 0.45
PUMP_S = 0.14  # time constant
TILT_CENTRE_HZ = 400.0
SWEEP_FROM_HZ = 220.0
SILENCE_DB = -100.0


def distorted(sound: Floats, drive: float) -> Floats:
    """(S,) overdriven at twice the rate, so that little folds back, about as loud."""
    loudness = float(np.sqrt(np.mean(sound**2))) + 1e-9
    spectrum = scipy.fft.rfft(sound, scipy.fft.next_fast_len(len(sound), real=True))
    size = 2 * (len(spectrum) - 1)
    double = scipy.fft.irfft(spectrum, 2 * size) * np.float32(2)
    gain = np.float32(10 ** (drive * 1.6) * 0.15 / loudness)
    bent = np.tanh(double * gain + np.float32(0.15 * drive))
    spectrum = scipy.fft.rfft(bent)[: size // 2 + 1]
    spectrum[0] = 0
    plain = scipy.fft.irfft(spectrum, size)[: len(sound)]
    level = float(np.sqrt(np.mean(plain**2))) + 1e-9
    return np.asarray(plain * np.float32(loudness / level), dtype=np.float32)


def echoed(sound: Floats, delay: int) -> Floats:
    """(S,) with a few echoes, `delay` samples apart."""
    wet = sound.copy()
    for turn in range(1, ECHOES + 1):
        late = turn * delay
        if late < len(sound):
            wet[late:] += np.float32(ECHO_GAIN**turn) * sound[:-late]
    return wet


def pumped(samples: int, kicks: tuple[Note, ...], depth: float, rate: int) -> Floats:
    """(samples,) a gain, 0 to 1, that drops with each kick and comes back."""
    gain = np.ones(samples, np.float32)
    time = np.arange(round(4 * PUMP_S * rate), dtype=np.float32) / np.float32(rate)
    dip = 1 - np.float32(depth) * np.exp(-time / np.float32(PUMP_S))
    for kick in kicks:
        start = round(kick.start_s * rate)
        piece = gain[start : start + len(dip)]
        np.minimum(piece, dip[: len(piece)], out=piece)
    return gain


def panned(part: Part, takes: Floats) -> tuple[Floats, Floats]:
    """Left and right of a part, of equal power wherever it stands.

    Parameters
    ----------
    part : Part
    takes : (1 or 2, S) float32
        Two where the part is doubled.
    """
    angle = (part.pan + 1) * np.pi / 4
    if len(takes) == 1:
        return takes[0] * np.float32(np.cos(angle)), takes[0] * np.float32(
            np.sin(angle)
        )
    near, far = np.float32(0.95), np.float32(0.2)
    return near * takes[0] + far * takes[1], far * takes[0] + near * takes[1]


def finished(
    dry: Floats, wet: Floats, knobs: Knobs, rate: int, rng: np.random.Generator
) -> Floats:
    """With the room added and the equaliser set, (2, S) float32.

    Parameters
    ----------
    dry, wet : (2, S) float32
        What is heard directly, and what is sent to the room.
    knobs : Knobs
    rate : int
        Hz.
    rng : Generator
        Of the room.
    """
    response = impulse_response(
        rng,
        rate,
        reverb_s=knobs.reverb_s,
        brightness=knobs.brightness,
        width=knobs.width,
    )
    samples = dry.shape[1]
    size = scipy.fft.next_fast_len(samples + response.shape[1], real=True)
    hz = np.arange(size // 2 + 1, dtype=np.float32) * np.float32(rate / size)
    hz[0] = hz[1]
    octaves = np.clip(np.log2(hz / np.float32(TILT_CENTRE_HZ)), -4, 4)
    gain = np.exp(octaves * np.float32(knobs.tilt_db * np.log(10) / 20))
    gain /= 1 + (np.float32(knobs.low_cut_hz) / hz) ** 2
    gain[0] = 0
    share = np.float32(1.2 * knobs.reverb)
    sound = np.empty_like(dry)
    for channel in range(2):
        spectrum = scipy.fft.rfft(wet[channel], size)
        spectrum *= share * scipy.fft.rfft(response[channel], size)
        spectrum += scipy.fft.rfft(dry[channel], size)
        spectrum *= gain
        sound[channel] = scipy.fft.irfft(spectrum, size)[:samples]
    return sound


def gritty(sound: Floats, grit: float) -> Floats:
    """(2, S), both channels overdriven together with what is clean."""
    share = np.float32(0.3 + 0.7 * grit)
    bent = np.stack([distorted(channel, 0.7 * grit) for channel in sound])
    return np.asarray((1 - share) * sound + share * bent, dtype=np.float32)


def swept(takes: Floats, period_s: float, rate: int) -> Floats:
    """A low-pass that opens and closes again, between a dull version and the clear one.

    Parameters
    ----------
    takes : (1 or 2, S) float32
    period_s : float
        From closed to closed.
    rate : int
        Hz.
    """
    samples = takes.shape[1]
    size = scipy.fft.next_fast_len(samples, real=True)
    hz = np.arange(size // 2 + 1, dtype=np.float32) * np.float32(rate / size)
    dull = 1 / (1 + (hz / np.float32(SWEEP_FROM_HZ)) ** 2)
    turns = np.arange(samples, dtype=np.float32) / np.float32(rate * period_s)
    share = (0.5 - 0.5 * np.cos(np.float32(2 * np.pi) * turns)) ** 2
    out = np.empty_like(takes)
    for place, take in enumerate(takes):
        closed = scipy.fft.irfft(scipy.fft.rfft(take, size) * dull, size)[:samples]
        out[place] = closed + share * (take - closed)
    return out


def narrowed(sound: Floats, width: float) -> Floats:
    """(2, S), the sides turned down for a narrow song; at width 0 it is mono."""
    middle = sound.mean(axis=0)
    side = (
        (sound[0] - sound[1]) / 2 * np.float32(min(1.0, 0.1 + 2 * width) * (width > 0))
    )
    return np.stack([middle + side, middle - side])


def compressed(sound: Floats, amount: float, rate: int) -> Floats:
    """(2, S), louder where it is quiet: at amount 1 half as many dB between."""
    hop = max(1, round(0.05 * rate))
    count = -(-sound.shape[1] // hop)
    padded = np.zeros((2, count * hop), np.float32)
    padded[:, : sound.shape[1]] = sound
    power = (padded**2).mean(axis=0).reshape(count, hop).mean(axis=1)
    smooth = np.maximum(power, np.convolve(power, np.ones(5) / 5, "same"))
    loud = float(np.quantile(smooth, 0.9)) + 1e-12
    gain = (np.maximum(smooth, 0.003 * loud) / loud) ** (-0.25 * amount)
    places = (np.arange(count) + 0.5) * hop
    curve = np.interp(np.arange(sound.shape[1]), places, gain)
    return np.asarray(sound * curve, dtype=np.float32)


def frame_levels(sound: Floats, rate: int, high_hz: float = BAND_HZ) -> Floats:
    """Mean square of each quarter second below `high_hz`, both channels, (F,)."""
    length = int(FRAME_S * rate)
    count = max(1, round(sound.shape[-1] / rate / FRAME_S))
    starts = np.round(np.arange(count) * FRAME_S * rate).astype(int)
    starts = np.minimum(starts, sound.shape[-1] - length)
    size = scipy.fft.next_fast_len(length, real=True)
    kept = int(high_hz * size / rate)
    total = np.zeros(count)
    for channel in sound:
        frames = np.lib.stride_tricks.sliding_window_view(channel, length)[starts]
        spectrum = scipy.fft.rfft(frames, size, axis=1)[:, 1:kept]
        total += 2 * (spectrum.real**2 + spectrum.imag**2).sum(axis=1)
    total /= length * size
    return (total / len(sound)).astype(np.float32)


def mastered(sound: Floats, level_db: float, rate: int) -> Floats:
    """(2, S), as loud as wanted on average, its peaks rounded below `CEILING`."""
    power = frame_levels(sound, rate)
    heard = power[power > 1e-4 * power.max()] if power.max() > 0 else power
    present = float(np.sqrt(heard.mean())) + 1e-9
    scaled = sound * np.float32(10 ** (level_db / 20) / present)
    loud = np.abs(scaled) > KNEE
    peaks = scaled[loud]
    over = (np.abs(peaks) - KNEE) / (CEILING - KNEE)
    scaled[loud] = np.sign(peaks) * (KNEE + (CEILING - KNEE) * np.tanh(over))
    return scaled


def decibels(power: NDArray[np.floating]) -> NDArray[np.float64]:
    """Levels of mean squares, full scale ±1, of any shape: dB, never below −100."""
    level = 10 * np.log10(np.maximum(power, 1e-30))
    return np.asarray(np.maximum(level, SILENCE_DB), dtype=np.float64)
