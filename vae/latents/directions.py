"""Directions of a latent space in which one thing is heard to change.

A principal axis changes a little of everything. Where a trait rises most, averaged over
many points, is a direction of its own; what is left of it beside the directions before
it changes that trait and leaves theirs alone, on the whole. So brightness comes without
loudness, and bass without either.

Letters: L latent size, D directions, P points, R traits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vae.latents.naming import LONGEST, heard_most
from vae.latents.traits import AxisTraits, Change, Trait, from_plain

LEAST_STEPS = 1.0  # of a difference worth naming, for each σ
SUREST = 1.3  # how often the mean of a slope exceeds its spread over points, at least
UNTOLD = "period"  # which has no more and less where there is no beat

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Direction:
    """One of them.

    Attributes
    ----------
    vector : (L,) float32
        In σ along each axis, of length 1; at right angles to all others.
    does : AxisTraits
        What one σ of it changes, the trait it was made for first.
    """

    vector: Floats
    does: AxisTraits


class Way(NamedTuple):
    """Where one trait rises, and the ones before it do not."""

    trait: str
    vector: Floats  # (L,) float32, in σ along each axis, of length 1


def find_ways(slopes: Doubles, traits: Mapping[str, Trait]) -> list[Way]:
    """The ways of those traits that some direction changes much, and reliably.

    Parameters
    ----------
    slopes : (P, L, R) float64
        By how much one σ along each axis raises each trait at each point, in its unit.
    traits : mapping
        Every trait by its name, in the order of R; the first ones are served first.
    """
    ways: list[Way] = []
    for number, trait in enumerate(traits.values()):
        slope = slopes[:, :, number] / trait.step
        rise = slope.mean(axis=0)
        for way in ways:
            rise = rise - way.vector * (rise @ way.vector)
        steps = float(np.linalg.norm(rise))
        if trait.name == UNTOLD or steps < LEAST_STEPS:
            continue
        vector = rise / steps
        if steps >= SUREST * float((slope @ vector).std()):
            ways.append(Way(trait.name, vector.astype(np.float32)))
    return ways


def along(
    ways: Sequence[Way],
    measured: Sequence[Sequence[Change]],
    traits: Mapping[str, Trait],
) -> tuple[Direction, ...]:
    """The directions of some ways: those along which their trait was heard to rise.

    Parameters
    ----------
    ways : sequence of Way
    measured : sequence of sequence of Change
        All that was measured along each.
    traits : mapping
        Every trait by its name.
    """
    directions = []
    for way, changes in zip(ways, measured, strict=True):
        heard = heard_most(changes, traits)
        own = [one for one in heard if one.trait == way.trait and one.per_sigma > 0]
        others = [one for one in heard if one.trait != way.trait]
        if own:
            trait = traits[way.trait]
            kept = (*own, *others)[:LONGEST]
            does = AxisTraits(name=trait.more, opposite=trait.less, changes=kept)
            directions.append(Direction(vector=way.vector, does=does))
    return tuple(directions)


def rotation(directions: Sequence[Direction], latent_size: int) -> Floats:
    """(L, L) float32, of orthonormal rows: the directions, and what they leave.

    The rows after them are the first axes in turn, less what the rows before them say.
    """
    vectors = [one.vector.astype(np.float64) for one in directions]
    columns, parts = np.linalg.qr(np.stack([*vectors, *np.eye(latent_size)], axis=1))
    upward = np.where(np.diag(parts) < 0, -1.0, 1.0)
    return np.asarray((columns * upward).T, np.float32)


def directions_to_plain(directions: Sequence[Direction]) -> list[dict[str, Any]]:
    """JSON values that `directions_from_plain` reads back."""
    return [
        {"vector": [round(float(one), 6) for one in each.vector], **asdict(each.does)}
        for each in directions
    ]


def directions_from_plain(values: Sequence[Mapping[str, Any]]) -> tuple[Direction, ...]:
    """What `directions_to_plain` wrote.

    Raises
    ------
    KeyError, TypeError, ValueError
        It is something else.
    """
    return tuple(
        Direction(vector=np.asarray(value["vector"], np.float32), does=does)
        for value, does in zip(values, from_plain(values), strict=True)
    )
