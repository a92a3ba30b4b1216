"""Whether the names of axes are right, by what songs were really made from.

A song that `dctvae corpus` composed has its factors beside it. Where songs lie on an
axis should go with the factor behind the trait that the axis is named after: up where
the axis raises the trait, down where it lowers it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.stats
from numpy.typing import NDArray

from vae.dataset import SongImage
from vae.evaluation.descriptors import describe
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.latents.traits import AxisTraits

FACTORS: Mapping[str, tuple[str, ...]] = {  # by trait: where its factor stands
    "loudness": ("level_db",),
    "brightness": ("knobs", "tilt_db"),
    "bass": ("bass_share",),
    "density": ("onsets_per_s",),
    "noise": ("percussion_share",),
    "width": ("knobs", "width"),
}
LEAST_SONGS = 20
CERTAIN = 2.0  # standard errors of a rank correlation, from which its sign is believed

Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """What was found.

    Attributes
    ----------
    songs : int
        With factors beside them.
    traits : dict of float
        By trait, the rank correlation of what is measured on the songs themselves and
        the factor behind it.
    axes : dict of float
        By "number name", the rank correlation of the songs' places and the factor
        behind the axis's first trait that has one, positive where the sign is right.
    right, wrong : int
        Axes whose sign is certain, and as named or not.
    """

    songs: int
    traits: dict[str, float]
    axes: dict[str, float]
    right: int
    wrong: int


def agreement(
    subject: Subject,
    songs: Sequence[SongImage],
    axes: Sequence[AxisTraits],
    progress: Callable[[float], None],
) -> Agreement | None:
    """How far the names agree with the factors; None where too few songs have any."""
    known = [(song, one) for song in songs if (one := _factors(song)) is not None]
    if len(known) < LEAST_SONGS:
        return None
    places, heard = [], []
    for number, (song, _) in enumerate(known, 1):
        excerpt = Excerpt.of(song, subject.config.frames)
        path = subject.posterior(excerpt).mu[0].T.numpy()
        places.append(subject.basis.to_sigmas(path).mean(axis=0))
        power = np.square(excerpt.coefficients)
        heard.append(describe(power, subject.config.transform))
        progress(number / len(known))
    factors = {
        trait: np.array([_value(one, FACTORS[trait]) for _, one in known])
        for trait in FACTORS
    }
    traits = {
        trait: _rank_correlation(np.array([one[trait] for one in heard]), values)
        for trait, values in factors.items()
    }
    signed = _signed(np.stack(places), axes, factors)
    certain = CERTAIN / np.sqrt(len(known) - 1)
    return Agreement(
        songs=len(known),
        traits=traits,
        axes=signed,
        right=sum(one > certain for one in signed.values()),
        wrong=sum(one < -certain for one in signed.values()),
    )


def _signed(
    places: NDArray[np.float32],
    axes: Sequence[AxisTraits],
    factors: Mapping[str, Doubles],
) -> dict[str, float]:
    found = {}
    for number, axis in enumerate(axes):
        if axis.changes and axis.changes[0].trait in factors:
            first = axis.changes[0]
            going = _rank_correlation(places[:, number], factors[first.trait])
            sign = 1.0 if first.per_sigma > 0 else -1.0
            found[f"{number + 1} {axis.name}"] = sign * going
    return found


def _factors(song: SongImage) -> dict[str, Any] | None:
    """What a song was made from; None where nothing is written beside it."""
    try:
        values = json.loads(song.path.with_suffix(".json").read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(values, dict):
        return None
    try:
        for place in FACTORS.values():
            _value(values, place)
    except (KeyError, TypeError, ValueError):
        return None
    return values


def _value(values: Mapping[str, Any], place: Sequence[str]) -> float:
    found: Any = values
    for name in place:
        found = found[name]
    return float(found)


def _rank_correlation(one: NDArray[Any], other: Doubles) -> float:
    """Spearman's; 0 where either never changes."""
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(scipy.stats.spearmanr(one, other).statistic)
