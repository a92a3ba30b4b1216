"""What each axis does to a song: how far it moves the spectrum, how loud it makes it.

Letters: C channels, n frames, K kept coefficients, L latent size, T latent vectors of
the path, P parts: bands of single frames.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae.codec import Codec, Envelope
from vae.latents.levelling import PUSH_SIGMA, AxisLevels, levels_of_pushes
from vae.sound.loudness import ear_weights
from vae.synthesis.filtering import LARGEST_GAIN_DB
from vae.synthesis.matching import spots
from vae.synthesis.synthesis import Synthesis

BANDS = 16  # evenly spread in octaves above the first
FIRST_BAND = 8  # coefficients
TINY = 1e-12  # of a part's power

Floats = NDArray[np.float32]


class Levels(NamedTuple):
    """What axes do to how loud a song is, by what is heard of it."""

    recorded: AxisLevels  # the song, filtered
    decoded: AxisLevels  # the model's own idea, from noise or tones


class _Pushes:
    """Gathers what pushes do to the parts of a song.

    Parameters
    ----------
    power : (C, n, K) float32
        Of the song.
    most_db : float
        What is heard of a change, up or down.
    """

    def __init__(self, power: Floats, most_db: float = np.inf) -> None:
        self._power = power
        self._most_db = most_db
        self._bands = band_starts(power.shape[-1])
        self._up_db: list[Floats] = []
        self._down_db: list[Floats] = []

    @property
    def levels(self) -> AxisLevels:
        """What the axes do that were pushed so far, one at least."""
        up_db, down_db = np.stack(self._up_db), np.stack(self._down_db)
        return levels_of_pushes(self._parts(self._power), up_db, down_db)

    def add(self, up_db: Floats, down_db: Floats) -> None:
        """Take in the next axis: (C, n, K) dB of change, up and down."""
        self._up_db.append(self._part_change_db(up_db))
        self._down_db.append(self._part_change_db(down_db))

    def _part_change_db(self, change_db: Floats) -> Floats:
        held = np.clip(change_db, -self._most_db, self._most_db)
        lifted = self._parts(self._power * _times(held))
        return np.asarray(10 * np.log10(lifted / self._parts(self._power)))

    def _parts(self, power: Floats) -> Floats:
        """(P,) of (C, n, K): the power of each part, never none at all."""
        summed = np.add.reduceat(power, self._bands, axis=-1).sum(axis=0).ravel()
        return np.asarray(summed + TINY * max(float(power.sum()), TINY), np.float32)


class AxesMeasurement:
    """Decodes spots of a song with one axis after another pushed by 2 σ.

    One axis is a small decode, so that the measurement can be taken up and put down.

    Parameters
    ----------
    synthesis : Synthesis
        Of the song, or of none: then the model's own idea stands for what it holds.
    """

    def __init__(self, synthesis: Synthesis) -> None:
        self._synthesis = synthesis
        self._codec: Codec = synthesis.codec
        self._rest_db: Floats | None = None
        self._pushes: tuple[_Pushes, _Pushes] | None = None  # recorded, and decoded
        self._change_db: list[float] = []

    @property
    def change_db(self) -> Floats | None:
        """(L,) the RMS change of each axis; None until all are measured."""
        if len(self._change_db) < self._codec.basis.latent_size:
            return None
        return np.array(self._change_db, np.float32)

    @property
    def levels(self) -> Levels:
        """What the axes measured so far do to the level; there is at least one."""
        assert self._pushes is not None
        return Levels(*(pushes.levels for pushes in self._pushes))

    def go_on(self) -> None:
        """Measure the next axis."""
        path, basis = self._synthesis.song_path, self._codec.basis
        if self._rest_db is None or self._pushes is None:
            self._rest_db = self._levels_db(path)
            self._pushes = self._at_rest(self._rest_db)
        push = np.zeros(basis.latent_size, np.float32)
        push[len(self._change_db)] = PUSH_SIGMA
        up_db, down_db = (
            self._levels_db(basis.offset_path(path, one)) - self._rest_db
            for one in (push, -push)
        )
        self._change_db.append(float(np.sqrt(np.square(up_db).mean(dtype=np.float64))))
        for pushes in self._pushes:
            pushes.add(up_db, down_db)

    def _at_rest(self, rest_db: Floats) -> tuple[_Pushes, _Pushes]:
        """What is to be pushed: what the song holds, and what the model expects."""
        transform, scale = self._codec.config.transform, self._codec.statistics.scale
        hz = (np.arange(transform.kept) + 0.5) * transform.band_hz / transform.kept
        ear = ear_weights(hz, transform.sample_rate).astype(np.float32)
        decoded = recorded = _times(rest_db) * np.square(scale) * ear
        if self._synthesis.song is not None:
            song = self._synthesis.song
            held = [song.seen(*spot).coefficients for spot in self._spots]
            recorded = np.square(np.concatenate(held, axis=1)) * ear
        return _Pushes(recorded, LARGEST_GAIN_DB), _Pushes(decoded)

    def _levels_db(self, path: Floats) -> Floats:
        """(C, n, K) dB, what the model expects at all spots, in the corpus's units."""
        frames = self._synthesis.frames
        envelopes = (
            self._codec.envelope(path, frames=frames, start=start, stop=stop)
            for start, stop in self._spots
        )
        return np.concatenate([levels_db(one) for one in envelopes], axis=1)

    @property
    def _spots(self) -> list[tuple[int, int]]:
        return spots(self._synthesis.frames)


def band_starts(kept: int) -> NDArray[np.intp]:
    """The first coefficient of each band of K, the first of all 0."""
    first = min(FIRST_BAND, kept)
    edges = np.unique(np.round(np.geomspace(first, kept, BANDS + 1)).astype(np.intp))
    edges[0] = 0
    return edges[: max(len(edges) - 1, 1)]


def levels_db(envelope: Envelope) -> Floats:
    """(C, n, K) dB, the expected power of u = mean + e^log_scale · ε."""
    mean, log_scale = envelope
    if mean is None and log_scale is not None:
        return log_scale * np.float32(20 / np.log(10))
    power = np.float32(1.0) if log_scale is None else np.exp(2 * log_scale)
    if mean is not None:
        power = power + mean**2
    return np.asarray(10 * np.log10(power), np.float32)


def _times(db: Floats) -> Floats:
    """How many times the power so many dB are."""
    return np.asarray(np.power(np.float32(10), db / np.float32(10)), np.float32)
