"""What each axis changes of what a person hears, measured at many points.

A point is a song's path, moved as a whole to a random place near it. From there it is
moved along one axis at a time to either side, the power decoded, and every trait taken
from it. A difference that is just worth naming is the measure of a trait's change.
Where each trait rises most, the same is listened to once more.

More places on an axis tell nothing that its ends and its middle do not.

Letters: B batch, D directions, L latent size, n frames, T latent vectors of a path.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.evaluation.descriptors import describe, regions
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.evaluation.texture import TINY
from vae.latents.directions import Direction, along, find_ways
from vae.latents.naming import named
from vae.latents.traits import FADE, TRAITS, AxisTraits, Change, Trait

POINTS = 24
PLACES_SIGMA = (-2.0, 0.0, 2.0)  # on the axis, from the point
SCATTER_SIGMA = 0.5  # of the points around the songs
FRAMES = 64
END_FRAMES = 64  # of either end of a song, between which it fades

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


class Effects(NamedTuple):
    """What is heard of a latent space."""

    axes: tuple[AxisTraits, ...]  # L, with a name for each
    directions: tuple[Direction, ...]  # each of one trait


def measure_effects(
    subject: Subject, songs: Sequence[Excerpt], progress: Callable[[float], None]
) -> Effects:
    """What every axis does, and where single traits rise.

    Parameters
    ----------
    subject : Subject
    songs : sequence of Excerpt
        At least one; a point begins at each in turn.
    progress : callable
        Called with the share done, 0 to 1; may raise to stop.
    """
    traits = TRAITS | {one.name: one for one in regions(subject.config.transform)}
    if subject.config.windowed:
        traits = traits | {FADE.name: FADE}
    size = subject.config.latent_size
    every = np.eye(size, dtype=np.float32)
    most = size + len(traits)
    heard = _heard(
        subject, songs, list(traits), every, lambda share: progress(share * size / most)
    )
    axes = named(_changes(heard, traits), traits)
    ways = find_ways(_slopes(heard), traits)
    if not ways:
        return Effects(axes, ())
    heard = _heard(
        subject,
        songs,
        list(traits),
        np.stack([way.vector for way in ways]),
        lambda share: progress((size + share * len(traits)) / most),
    )
    return Effects(axes, along(ways, _changes(heard, traits), traits))


def _heard(
    subject: Subject,
    songs: Sequence[Excerpt],
    names: Sequence[str],
    vectors: Floats,
    progress: Callable[[float], None],
) -> Doubles:
    """(points, D, places, traits): what is heard along vectors (D, L), in σ."""
    rng = np.random.default_rng(0)
    order = rng.permutation(len(songs))
    heard = []
    for number in range(POINTS):
        song = songs[int(order[number % len(songs)])]
        heard.append(_around(subject, song, names, vectors, rng))
        progress((number + 1) / POINTS)
    return np.stack(heard)


def _around(
    subject: Subject,
    song: Excerpt,
    names: Sequence[str],
    vectors: Floats,
    rng: np.random.Generator,
) -> Doubles:
    """(D, places, traits): what is heard of a song at each place along each vector."""
    size = subject.config.latent_size
    path = subject.posterior(song).mu[0].T.numpy()
    scattered = rng.standard_normal(size, dtype=np.float32) * np.float32(SCATTER_SIGMA)
    path = subject.basis.offset_path(path, scattered)
    start = int(rng.integers(max(1, song.frames - FRAMES + 1)))
    stop = min(song.frames, start + FRAMES)
    transform, scale = subject.config.transform, np.square(subject.scale)

    def listen(*steps: Floats) -> Doubles:
        """(steps, traits): what is heard where the point is moved so, (L,) in σ."""
        moved = torch.stack([subject.offset(path, step) for step in steps])
        fades = np.zeros(len(steps))
        if FADE.name in names:
            fades = _fades(subject, moved, scale, song.frames)
        decoded = subject.power(moved, start, stop) * scale
        found = [
            describe(power, transform) | {FADE.name: float(fade)}
            for power, fade in zip(decoded, fades, strict=True)
        ]
        return np.array([[one[name] for name in names] for one in found])

    low, home, high = np.array(PLACES_SIGMA, np.float32)
    (there,) = listen(home * vectors[0])
    heard = np.empty((len(vectors), len(PLACES_SIGMA), len(names)))
    for number, vector in enumerate(vectors):
        below, above = listen(low * vector, high * vector)
        heard[number] = below, there, above
    return heard


def _fades(subject: Subject, paths: Tensor, scale: Floats, frames: int) -> Doubles:
    """(B,) dB by which paths (B, L, T) are louder at the end of a song than before."""
    count = min(END_FRAMES, max(1, frames // 2))
    ends = (0, count), (frames - count, frames)
    first, last = (
        np.mean(subject.power(paths, start, stop) * scale, axis=(1, 2, 3), dtype=float)
        for start, stop in ends
    )
    return np.asarray(10 * np.log10((last + TINY) / (first + TINY)))


def _slopes(heard: Doubles) -> Doubles:
    """(points, D, traits) a σ, from what is heard (points, D, places, traits)."""
    places = np.array(PLACES_SIGMA)
    centred = heard - heard.mean(axis=2, keepdims=True)
    slopes: Doubles = np.einsum("pdst,s->pdt", centred, places / np.dot(places, places))
    return slopes


def _changes(heard: Doubles, traits: Mapping[str, Trait]) -> list[list[Change]]:
    """Of each axis or direction, from what is heard (points, D, places, traits)."""
    moved = len(heard) * np.square(PLACES_SIGMA).sum()
    rise = _slopes(heard).mean(axis=0)
    centred = heard - heard.mean(axis=2, keepdims=True)
    spread = np.sqrt(np.square(centred).sum(axis=(0, 2)) / moved)
    correlation = np.clip(rise / np.maximum(spread, 1e-12), -1, 1)
    return [
        [
            Change(
                trait=trait.name,
                per_sigma=float(rise[axis, number]),
                correlation=float(correlation[axis, number]),
                weight=abs(float(rise[axis, number])) / trait.step,
            )
            for number, trait in enumerate(traits.values())
        ]
        for axis in range(heard.shape[1])
    ]
