"""A point told by songs, so that another model can find it where it knows them too.

No number of one model means anything in another. But a point lies somewhere between the
training songs, and where two models know the same songs, a point as far on the way to
each of them is the same point, as far as songs can tell.

Letters: L latent size, N songs.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from explorer.session.cloud import SongCloud
from vae.latents.ellipsoid import SMALLEST_SPREAD

FEWEST_SONGS = 4  # that both models have to know
RIDGE = 1e-2  # of the songs' own power: holds back what only noise would tell

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class SongMix:
    """How far a point leans to each song, from the middle of them all.

    Attributes
    ----------
    weights : mapping of str to float
        By the song's title; 1 is all of the way, where nothing else has a weight.
    told : float
        The share of the point's power, about the middle, that the songs tell; 0 to 1.
    """

    weights: Mapping[str, float] = field(default_factory=dict)
    told: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Placed:
    """Where a mix lies in a model.

    Attributes
    ----------
    values : (L,) float32
        In σ along its axes.
    kept : float
        The share of the point's power that came over, 0 to 1.
    songs : int
        That both models know.
    """

    values: Floats
    kept: float
    songs: int


def mix_of(position: Floats, cloud: SongCloud) -> SongMix:
    """A point (L,), in σ, as the songs of its model tell it; nothing without songs."""
    numbers = _named_once(cloud)
    if not numbers:
        return SongMix()
    width = np.maximum(cloud.spread, SMALLEST_SPREAD).astype(np.float64)
    songs = (cloud.points[list(numbers.values())] - cloud.mean) / width  # (N, L)
    wanted = (position - cloud.mean) / width
    power = songs @ songs.T
    ridge = RIDGE * float(np.trace(power)) / len(power)
    weights = np.linalg.solve(power + ridge * np.eye(len(power)), songs @ wanted)
    missed, whole = wanted - songs.T @ weights, float(wanted @ wanted)
    told = 1.0 - float(missed @ missed) / whole if whole else 1.0
    return SongMix(
        weights=dict(zip(numbers, map(float, weights), strict=True)), told=told
    )


def place(mix: SongMix, cloud: SongCloud) -> Placed | None:
    """Where a mix lies among other songs; None where too few are known there."""
    numbers = _named_once(cloud)
    known = {title: numbers[title] for title in mix.weights if title in numbers}
    if len(known) < FEWEST_SONGS:
        return None
    weights = np.array([mix.weights[title] for title in known])
    songs = cloud.points[list(known.values())] - cloud.mean
    power = sum(weight**2 for weight in mix.weights.values())
    share = float(weights @ weights) / power if power else 1.0
    return Placed(
        values=(cloud.mean + weights @ songs).astype(np.float32),
        kept=mix.told * share,
        songs=len(known),
    )


def _named_once(cloud: SongCloud) -> dict[str, int]:
    """The songs' numbers by title, but for titles that are not of one song alone."""
    counts = Counter(cloud.titles)
    return {one: at for at, one in enumerate(cloud.titles) if counts[one] == 1}
