"""What points sound like: steady or not, how wide, how loud, never silent or harsh.

Random points are drawn as the explorer draws them: from the ellipsoid of the training
songs' means, made as loud as the song that is open; each over another held-out song.

Letters: C channels, F frames, L latent size, S samples, T latent vectors of a path.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.checkpoint import Checkpoint
from vae.codec import Codec
from vae.evaluation.descriptors import describe
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.spread import Spread
from vae.latents.levelling import RANGE_SIGMA, Reach
from vae.latents.random_place import RandomPlaces
from vae.sound.loudness import loudness_lufs
from vae.synthesis.course import Course, original
from vae.synthesis.edits import Source, Voicing
from vae.synthesis.jump import Jump, Jumps
from vae.synthesis.synthesis import Synthesis

POINTS = 20
FRAMES = 64  # heard of each
NEAR_LU = 3.0
SILENT_LU = -20.0  # below the song
HARSH_OCTAVES = 0.5  # brighter than the brightest of the songs
CHORD_HZ = (220.0, 261.63, 329.63)  # A minor, held
CHORD_LEVEL = 0.05  # of a fundamental, full scale 1; harmonics fall as 1/h
TREMOLO_HZ = 4.0  # the rate of the frames
ENVELOPE_S = 0.025
SOURCES: tuple[Source, ...] = ("song", "noise", "tones")

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class PointSound:
    """What was heard.

    Attributes
    ----------
    tremolo_db : dict of float
        By source, the amplitude modulation at 4 Hz of a held chord at its own point:
        20·log10 of the modulation's amplitude over the mean of the envelope.
    song_loudness_lufs : Spread
        Of the songs' kept band (ITU-R BS.1770).
    loudness_lu : dict of Spread
        By source, random points' loudness less that of the song each lies over.
    near : dict of int
        By source, random points within ±3 LU of their song, of 20.
    song_width_db : Spread
        Side over mid power of the songs' kept band, dB.
    width_db : dict of Spread
        By source, the same of random points.
    silent, harsh : int
        Random points, of 20 with each source: 20 LU below their song, or half an
        octave brighter than the brightest song.
    """

    tremolo_db: dict[str, float]
    song_loudness_lufs: Spread
    loudness_lu: dict[str, Spread]
    near: dict[str, int]
    song_width_db: Spread
    width_db: dict[str, Spread]
    silent: int
    harsh: int


def measure_point_sound(
    checkpoint: Checkpoint,
    excerpts: Sequence[Excerpt],
    progress: Callable[[float], None],
) -> PointSound:
    """Listen to a held chord and to twenty random points over some songs."""
    codec = Codec(checkpoint)
    paths = [song.path for song in checkpoint.songs]
    places = RandomPlaces(codec.basis, paths)
    rng = np.random.default_rng(0)
    heard: list[Mapping[str, _Heard]] = []
    for number in range(POINTS):
        excerpt = excerpts[number % len(excerpts)]
        heard.append(_around(codec, excerpt, places.draw(rng)))
        progress((number + 1) / (POINTS + 1))
    own = [one["own"] for one in heard]
    brightest = max(one.brightness for one in own) + HARSH_OCTAVES
    loudness = {
        source: [one[source].lufs - one["own"].lufs for one in heard]
        for source in SOURCES
    }
    points = [one[source] for one in heard for source in SOURCES]
    return PointSound(
        tremolo_db=_chord_tremolo(codec),
        song_loudness_lufs=Spread.of([one.lufs for one in own]),
        loudness_lu={source: Spread.of(lus) for source, lus in loudness.items()},
        near={
            source: sum(abs(lu) <= NEAR_LU for lu in lus)
            for source, lus in loudness.items()
        },
        song_width_db=Spread.of([one.width_db for one in own]),
        width_db={
            source: Spread.of([one[source].width_db for one in heard])
            for source in SOURCES
        },
        silent=sum(lu < SILENT_LU for lus in loudness.values() for lu in lus),
        harsh=sum(point.brightness > brightest for point in points),
    )


def tremolo_db(sound: Floats, sample_rate: int, rate_hz: float = TREMOLO_HZ) -> float:
    """Amplitude modulation of (C, S) sound at some rate, dB; 0 is full on and off.

    Taken from the RMS of every 25 ms, under a Hann window.
    """
    step = round(ENVELOPE_S * sample_rate)
    power = np.square(sound, dtype=np.float64).mean(axis=0)
    blocks = power[: power.size // step * step].reshape(-1, step)
    envelope = np.sqrt(blocks.mean(axis=1))
    window = np.hanning(len(envelope))
    angle = 2 * np.pi * rate_hz * step / sample_rate * np.arange(len(envelope))
    modulation = 2 * abs((window * envelope * np.exp(-1j * angle)).sum())
    return float(20 * np.log10(max(modulation, 1e-9) / (window * envelope).sum()))


def width_db(sound: Floats) -> float:
    """Power of (2, S) left less right over that of their sum, dB; at least -60."""
    mid, side = sound[0] + sound[-1], sound[0] - sound[-1]
    powers = [np.square(one, dtype=np.float64).mean() for one in (side, mid)]
    ratio = powers[0] / max(powers[1], 1e-12)
    return float(10 * np.log10(max(ratio, 1e-6)))


@dataclass(frozen=True, kw_only=True)
class _Heard:
    lufs: float
    width_db: float
    brightness: float


def _heard(codec: Codec, sound: Floats) -> _Heard:
    transform = codec.config.transform
    power = np.square(dct.forward(sound, transform))
    return _Heard(
        lufs=loudness_lufs(sound, transform.sample_rate),
        width_db=width_db(sound),
        brightness=describe(power, transform)["brightness"],
    )


def _around(codec: Codec, excerpt: Excerpt, position: Floats) -> dict[str, _Heard]:
    """A song's kept band, and a random point over it with each source."""
    transform = codec.config.transform
    synthesis = Synthesis(codec, sound=dct.inverse(excerpt.coefficients, transform))
    synthesis.match_noise()
    path, frames = synthesis.song_path, synthesis.frames
    start = max(0, (frames - FRAMES) // 2)
    stop = min(frames, start + FRAMES)
    mean = codec.basis.to_sigmas(path).mean(axis=0)
    reach = Reach(least=-RANGE_SIGMA - mean, most=RANGE_SIGMA - mean)
    jumps = Jumps(synthesis)
    sounds = {"own": synthesis.sound(original(path), start, stop)}
    for source in SOURCES:
        voicing = Voicing(source=source)
        jump = Jump(
            offset=position - mean,
            reach=reach,
            voicing=voicing,
            frame=(start + stop) // 2,
        )
        moved = codec.basis.offset_path(path, jumps.landed(jump))
        sounds[source] = synthesis.sound(
            Course(path=moved, voicing=voicing), start, stop
        )
    return {name: _heard(codec, sound) for name, sound in sounds.items()}


def _chord_tremolo(codec: Codec) -> dict[str, float]:
    """By source, of a held chord at its own point, without its ends."""
    transform = codec.config.transform
    frames = codec.config.frames if codec.config.windowed else FRAMES
    length = transform.frame_samples
    time = np.arange(frames * length) / transform.sample_rate
    chord = np.zeros(len(time))
    for fundamental in CHORD_HZ:
        for harmonic in range(1, int(transform.band_hz / fundamental) + 1):
            wave = np.sin(2 * np.pi * fundamental * harmonic * time + harmonic)
            chord += CHORD_LEVEL / harmonic * wave
    sound = np.stack([chord] * codec.config.channels).astype(np.float32)
    synthesis = Synthesis(codec, sound=sound)
    edge = max(1, frames // 8)
    return {
        source: tremolo_db(
            synthesis.sound(
                Course(path=synthesis.song_path, voicing=Voicing(source=source)),
                edge,
                frames - edge,
            ),
            transform.sample_rate,
        )
        for source in SOURCES
    }
