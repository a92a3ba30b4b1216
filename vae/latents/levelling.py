"""A place near to one that was asked for, where nothing sounds too loud or too bright.

Decoded power is nearly exponential in the latents, so that a random step changes the
level by some 10 dB either way. How loud a place is can only be heard there; then it is
left along the shortest way that makes up for what was too much, and listened to again.
Several things are kept at once, none at the cost of another.

Letters: L latent size, m things that are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RANGE_SIGMA = 5.0  # of the explorer's sliders, to either side
LEAST_AXES = 4  # fewer have nothing else to move along
ROUNDS = 8  # of Newton's method, which needs some two
NEAR_DB = 0.75  # what is called level
GOOD_SHARE = 0.4  # of what was too much is left: the slopes still hold
SOFTNESS_DB = 0.5  # a σ: what hardly changes anything is not moved far for it
LARGEST_BACK_SIGMA = 2.5  # of a round
SMALLEST_SIGMA = 1e-4  # that an axis may go past its reach

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Excess:
    """What is too much somewhere.

    Attributes
    ----------
    over_db : (m,) float64
        How much, dB; less than 0 where it is too little.
    slopes : callable
        Gives (m, L) float64, what each does there along each axis, dB a σ.
    """

    over_db: Doubles
    slopes: Callable[[], Doubles]


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """How far each axis may be moved.

    Attributes
    ----------
    least, most : (L,) float32
        Offsets in σ; equal where an axis is not free.
    fixed : (n, L) float32 or None
        Directions along which nothing may be moved at all.
    """

    least: Floats
    most: Floats
    fixed: Floats | None = None

    @property
    def free(self) -> NDArray[np.bool_]:
        """(L,), which axes may be moved."""
        return np.asarray(self.most > self.least)

    @property
    def ways(self) -> int:
        """How many independent directions may be gone along."""
        fixed = 0 if self.fixed is None else len(self.fixed)
        return int(self.free.sum()) - fixed

    def along(self, slopes: Doubles, free: NDArray[np.bool_]) -> Doubles:
        """Slopes (m, L) of what may be moved, where these axes (L,) are free."""
        open_: Doubles = np.where(free, slopes, 0.0)
        if self.fixed is None or not len(self.fixed):
            return open_
        normal, _ = np.linalg.qr(np.where(free, self.fixed, 0.0).T.astype(np.float64))
        return np.asarray(open_ - (open_ @ normal) @ normal.T)

    def held(self, offset: Floats | Doubles) -> Floats:
        """The nearest offset (L,) within reach."""
        return np.clip(offset, self.least, self.most).astype(np.float32)


def levelled(asked: Floats, reach: Reach, listen: Callable[[Floats], Excess]) -> Floats:
    """The offset (L,) in σ, near to the one asked for, where nothing is too much.

    Parameters
    ----------
    asked : (L,) float32
        In σ.
    reach : Reach
        Where few axes are free, all goes as asked.
    listen : callable
        Tells what is too much at an offset (L,) in σ.
    """
    place = best = reach.held(asked)
    if reach.ways < LEAST_AXES:
        return best
    nearest_db, slopes = np.inf, np.zeros((0, len(asked)))
    for _ in range(ROUNDS):
        heard = listen(place)
        worst_db = float(np.abs(heard.over_db).max(initial=0.0))
        holds = worst_db < GOOD_SHARE * nearest_db and np.isfinite(nearest_db)
        if worst_db < nearest_db:
            best, nearest_db = place, worst_db
        if nearest_db < NEAR_DB:
            break
        if not holds or len(slopes) != len(heard.over_db):
            slopes = heard.slopes()
        place = _nearer(place, heard.over_db, slopes, reach)
    return best


def _nearer(place: Floats, over_db: Doubles, slopes: Doubles, reach: Reach) -> Floats:
    """The next place; what axes at the end of their reach lack, others make up for."""
    free = reach.free
    ended: Doubles = np.zeros(len(place))  # how far those go
    while True:
        lacking_db = over_db + slopes @ ended
        onward = place + ended + _way_back(reach.along(slopes, free), lacking_db)
        held = reach.held(onward)
        stuck = free & (np.abs(held - onward) > SMALLEST_SIGMA)
        if not stuck.any() or (free & ~stuck).sum() < LEAST_AXES:
            return held
        ended[stuck] = (held - place)[stuck]
        free = free & ~stuck


def _way_back(slopes: Doubles, over_db: Doubles) -> Doubles:
    """The shortest step (L,) in σ that takes away what is over (Levenberg 1944)."""
    together = slopes @ slopes.T + SOFTNESS_DB**2 * np.eye(len(over_db))
    step: Doubles = -slopes.T @ np.linalg.solve(together, over_db)
    return step * min(1.0, LARGEST_BACK_SIGMA / max(float(np.linalg.norm(step)), 1e-9))
