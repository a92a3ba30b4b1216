"""Moves along many axes at once that leave the sound about as loud as it was.

Decoded power is nearly exponential in the latents, so that a random step changes the
level by some 10 dB either way. A song is loud in few bands of few frames, each of which
an axis lifts or lowers by an amount of its own: so its parts are told apart, and their
powers are added up. What an axis does to a part is known from pushing it alone, up and
down: that gives the slope and the curve of the part's level along it. A step is made
level by going back along the slope of the whole.

Letters: L latent size, P parts of the song.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PUSH_SIGMA = 2.0  # up and down, where the change of an axis is measured
LEAST_SLOPE_DB = (
    1e-3  # of all free axes together, a σ; less cannot make up for anything
)
LEAST_AXES = 4  # fewer have nothing else to move along
ROUNDS = 30  # of Newton's method, which needs some five
NEAR_DB = 0.1  # what is called level
LARGEST_BACK_SIGMA = 2.0  # of a round

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class AxisLevels:
    """How loud the parts of a song are, and what each axis does to them.

    Attributes
    ----------
    power : (P,) float32
        Of each part at the song's own point, weighted as the ear does, in any unit.
    slope_db, curve_db : (L, P) float32
        What its level does along each axis: dB a σ, and dB a σ².
    """

    power: Floats
    slope_db: Floats
    curve_db: Floats

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.slope_db)

    def level_db(self, offset: Floats) -> float:
        """How much louder it is at an offset (L,) in σ from the song's own point."""
        lifted = self.power * self._gains(offset)
        return float(10 * np.log10(lifted.sum() / self.power.sum(dtype=np.float64)))

    def gradient_db(self, offset: Floats) -> Doubles:
        """(L,), what the level does there along each axis, dB a σ."""
        lifted = self.power * self._gains(offset)
        slopes = self.slope_db + self.curve_db * offset[:, None]
        return np.asarray(slopes @ (lifted / lifted.sum()), np.float64)

    def _gains(self, offset: Floats) -> Doubles:
        """(P,), how many times louder each part is."""
        moved = offset.astype(np.float64)
        change_db = moved @ self.slope_db + 0.5 * np.square(moved) @ self.curve_db
        return np.asarray(10 ** (change_db / 10), np.float64)


def levels_of_pushes(power: Floats, up_db: Floats, down_db: Floats) -> AxisLevels:
    """What pushes by ±2σ tell: (P,) power, and (L, P) dB of change up and down."""
    return AxisLevels(
        power=power,
        slope_db=(up_db - down_db) / np.float32(2 * PUSH_SIGMA),
        curve_db=(up_db + down_db) / np.float32(PUSH_SIGMA**2),
    )


def levelled(
    step: Floats,
    levels: AxisLevels,
    free: NDArray[np.bool_],
    here: Floats | None = None,
) -> Floats:
    """A step near to (L,) in σ that keeps the level, moved on free axes only.

    Parameters
    ----------
    step : (L,) float32
        In σ.
    levels : AxisLevels
    free : (L,) bool
        Which axes may be moved otherwise than asked for; where they are few, all goes
        as asked.
    here : (L,) float32, optional
        Where the step begins, from the song's own point; there unless given.
    """
    if free.sum() < LEAST_AXES:
        return step
    begun = np.zeros_like(step) if here is None else here
    wanted_db = levels.level_db(begun)
    best, nearest_db = step, np.inf
    now = step.astype(np.float64)
    for _ in range(ROUNDS):
        place = np.asarray(begun + now, np.float32)
        over_db = levels.level_db(place) - wanted_db
        if abs(over_db) < nearest_db:
            best, nearest_db = now.astype(np.float32), abs(over_db)
        slope = np.where(free, levels.gradient_db(place), 0.0)
        steepness = float(np.linalg.norm(slope))
        if nearest_db < NEAR_DB or steepness < LEAST_SLOPE_DB:
            break
        back = np.clip(over_db / steepness, -LARGEST_BACK_SIGMA, LARGEST_BACK_SIGMA)
        now = now - back * slope / steepness
    return best
