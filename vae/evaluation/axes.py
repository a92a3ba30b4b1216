"""What each slider does to held-out songs, in figures.

Every song's path is moved as a whole along one principal axis at a time, as a slider
does, and the decoded power compared in dB.

Letters: B batch, C channels, K kept coefficients, L latent size, n frames.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vae.evaluation.edges import edges_made
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject

MOVED_SIGMA = 2.0  # up and down
LIVE_DB = 0.5
MOST_SONGS = 12  # evenly spaced among those given
SWEPT_SONGS = 3  # of them, for what costs more
FRAMES = 64  # of each song, from its middle
EDGE_FRAMES = 256  # the same for edges
SWEPT_FRAMES = 8
SWEPT_SIGMA = 3.0
STEP_SIGMA = 0.1
COMPARED = 16  # axes, most important first

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Axes:
    """What every axis does, L values each, medians over songs.

    Attributes
    ----------
    change_db : tuple of float
        RMS change of decoded power at +2σ and -2σ, root mean square of the two.
    largest_jump_db : tuple of float
        The largest RMS change between two positions 0.1σ apart, from -3σ to +3σ.
    jump_ratio : tuple of float
        The same over the mean of all such changes: 1 is perfectly even.
    edge_ratio : tuple of float
        Made at frame boundaries by the slider at +2σ (`edges.edges_made`), the largest
        over songs: 1 is inaudible.
    likeness : float
        The largest |cosine| between what two of the first 16 axes change, from -2σ to
        +2σ, in dB over all songs, frames and coefficients.
    """

    change_db: tuple[float, ...]
    largest_jump_db: tuple[float, ...]
    jump_ratio: tuple[float, ...]
    edge_ratio: tuple[float, ...]
    likeness: float

    @property
    def live_sliders(self) -> int:
        """Axes that change the decoded power by at least 0.5 dB RMS at ±2σ."""
        return sum(change >= LIVE_DB for change in self.change_db)


def measure_axes(
    subject: Subject, excerpts: Sequence[Excerpt], progress: Callable[[float], None]
) -> Axes:
    """What every axis does to some held-out songs, or a dozen of them if more."""
    songs = _spaced(excerpts, MOST_SONGS)
    swept = {id(one) for one in _spaced(songs, SWEPT_SONGS)}
    size = subject.config.latent_size
    gram = np.zeros((min(COMPARED, size),) * 2)
    changes, jumps, ratios, edges = [], [], [], []
    for number, song in enumerate(songs, 1):
        moved = _Moved(subject, song)
        changes.append(moved.changes(gram))
        if id(song) in swept:
            sweeps = [moved.sweep(axis) for axis in range(size)]
            jumps.append([max(steps) for steps in sweeps])
            ratios.append([_unevenness(steps) for steps in sweeps])
            edges.append(edges_made(subject, song, MOVED_SIGMA, EDGE_FRAMES))
        progress(number / len(songs))
    return Axes(
        change_db=_medians(changes),
        largest_jump_db=_medians(jumps),
        jump_ratio=_medians(ratios),
        edge_ratio=tuple(float(one) for one in np.max(edges, axis=0)),
        likeness=_likeness(gram),
    )


class _Moved:
    """One song whose path is moved along the axes."""

    def __init__(self, subject: Subject, song: Excerpt) -> None:
        self._subject, self._song = subject, song
        self._path = subject.posterior(song).mu[0].T.numpy()
        self._start, self._stop = song.middle(FRAMES)

    def changes(self, gram: NDArray[np.float64]) -> list[float]:
        """RMS change of each axis at ±2σ, dB; adds up the first ones' products."""
        rest, *_ = self._levels([(0, 0.0)])
        size, compared = self._subject.config.latent_size, []
        found = []
        for axis in range(size):
            up, down = self._levels([(axis, MOVED_SIGMA), (axis, -MOVED_SIGMA)])
            both = [np.mean(np.square(one - rest)) for one in (up, down)]
            found.append(float(np.sqrt(np.mean(both))))
            if axis < len(gram):
                compared.append((up - down).ravel())
        stacked = np.stack(compared)
        gram += stacked @ stacked.T
        return found

    def sweep(self, axis: int) -> list[float]:
        """RMS change of each step from -3σ to +3σ, dB."""
        count = round(2 * SWEPT_SIGMA / STEP_SIGMA) + 1
        places = [
            (axis, float(x)) for x in np.linspace(-SWEPT_SIGMA, SWEPT_SIGMA, count)
        ]
        stop = min(self._stop, self._start + SWEPT_FRAMES)
        levels = self._subject.decibels(self._path, places, self._start, stop)
        steps = np.square(np.diff(levels, axis=0))
        return [float(one) for one in np.sqrt(steps.mean(axis=(1, 2, 3)))]

    def _levels(self, places: Sequence[tuple[int, float]]) -> Floats:
        return self._subject.decibels(self._path, places, self._start, self._stop)


def _spaced(songs: Sequence[Excerpt], most: int) -> list[Excerpt]:
    """At most `most` of them, evenly spaced."""
    count = min(most, len(songs))
    return [songs[round(one)] for one in np.linspace(0, len(songs) - 1, count)]


def _unevenness(steps: Sequence[float]) -> float:
    mean = float(np.mean(steps))
    return max(steps) / mean if mean > 0 else 1.0


def _medians(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(float(one) for one in np.median(np.array(rows), axis=0))


def _likeness(gram: NDArray[np.float64]) -> float:
    """The largest |cosine| beside the diagonal; 0 where there is but one axis."""
    norm = np.sqrt(np.maximum(gram.diagonal(), 1e-30))
    cosine = np.abs(gram / np.outer(norm, norm))
    np.fill_diagonal(cosine, 0.0)
    return float(cosine.max())
