"""What each axis changes of what a person hears, measured at many points.

A point is a song's path, moved as a whole to a random place near it. From there one
axis at a time is moved to some places, the power decoded, and every trait taken from
it. A difference that is just worth naming is the measure of a trait's change.

Letters: B batch, L latent size, n frames, T latent vectors of a path.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.evaluation.descriptors import describe, regions
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.evaluation.texture import TINY
from vae.latents.naming import named
from vae.latents.traits import FADE, TRAITS, AxisTraits, Change, Trait

POINTS = 24
PLACES_SIGMA = (-2.0, -1.0, 0.0, 1.0, 2.0)  # on the axis, from the point
SCATTER_SIGMA = 0.5  # of the points around the songs
FRAMES = 64
END_FRAMES = 64  # of either end of a song, between which it fades

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def measure_effects(
    subject: Subject, songs: Sequence[Excerpt], progress: Callable[[float], None]
) -> tuple[AxisTraits, ...]:
    """What every axis does, L of them, with a name for each.

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
    rng = np.random.default_rng(0)
    order = rng.permutation(len(songs))
    heard = []
    for number in range(POINTS):
        song = songs[int(order[number % len(songs)])]
        heard.append(_around(subject, song, list(traits), rng))
        progress((number + 1) / POINTS)
    return named(_changes(np.stack(heard), traits), traits)


def _around(
    subject: Subject, song: Excerpt, names: Sequence[str], rng: np.random.Generator
) -> Doubles:
    """(L, places, traits): what is heard with each axis at each place."""
    size = subject.config.latent_size
    path = subject.posterior(song).mu[0].T.numpy()
    scattered = rng.standard_normal(size, dtype=np.float32) * np.float32(SCATTER_SIGMA)
    path = subject.basis.offset_path(path, scattered)
    start = int(rng.integers(max(1, song.frames - FRAMES + 1)))
    stop = min(song.frames, start + FRAMES)
    transform, scale = subject.config.transform, np.square(subject.scale)
    heard = np.empty((size, len(PLACES_SIGMA), len(names)))
    for axis in range(size):
        paths = [subject.moved(path, axis, place) for place in PLACES_SIGMA]
        moved = torch.stack(paths)
        fades = np.zeros(len(paths))
        if FADE.name in names:
            fades = _fades(subject, moved, scale, song.frames)
        decoded = subject.power(moved, start, stop) * scale
        for place, power in enumerate(decoded):
            found = describe(power, transform) | {FADE.name: float(fades[place])}
            heard[axis, place] = [found[name] for name in names]
    return heard


def _fades(subject: Subject, paths: Tensor, scale: Floats, frames: int) -> Doubles:
    """(B,) dB by which paths (B, L, T) are louder at the end of a song than before."""
    count = min(END_FRAMES, frames // 2)
    ends = (0, count), (frames - count, frames)
    first, last = (
        np.mean(subject.power(paths, start, stop) * scale, axis=(1, 2, 3), dtype=float)
        for start, stop in ends
    )
    return np.asarray(10 * np.log10((last + TINY) / (first + TINY)))


def _changes(heard: Doubles, traits: dict[str, Trait]) -> list[list[Change]]:
    """Of each axis, from what is heard (points, L, places, traits)."""
    places = np.array(PLACES_SIGMA)
    centred = heard - heard.mean(axis=2, keepdims=True)
    together = np.einsum("plst,s->lt", centred, places)
    moved = len(heard) * np.square(places).sum()
    spread = np.sqrt(np.square(centred).sum(axis=(0, 2)) * moved)
    changes = []
    for axis in range(heard.shape[1]):
        found = []
        for number, trait in enumerate(traits.values()):
            per_sigma = float(together[axis, number] / moved)
            correlation = together[axis, number] / max(
                float(spread[axis, number]), 1e-12
            )
            found.append(
                Change(
                    trait=trait.name,
                    per_sigma=per_sigma,
                    correlation=float(np.clip(correlation, -1, 1)),
                    weight=abs(per_sigma) / trait.step,
                )
            )
        changes.append(found)
    return changes
