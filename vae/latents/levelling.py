"""Moves along many axes at once that leave the sound about as loud as it was.

Decoded power is nearly exponential in the latents, so that a random step changes the
level by some 10 dB either way. How much each axis does is known from pushing it alone,
up and down: that gives the slope and the curve of the level along it. A step is made
level by taking away from it what points along all slopes together.

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray

PUSH_SIGMA = 2.0  # up and down, where the change of an axis is measured
LEAST_SLOPE_DB = (
    1e-3  # of all free axes together, a σ; less cannot make up for anything
)
LEAST_AXES = 4  # fewer have nothing else to move along
ROUNDS = 20  # of Newton's method, which needs some five
NEAR_DB = 0.1  # what is called level

Floats = NDArray[np.float32]


def levelled(
    step: Floats, level_db: Floats, free: NDArray[np.bool_], here: Floats | None = None
) -> Floats:
    """A step near to (L,) in σ that keeps the level, moved on free axes only.

    Parameters
    ----------
    step : (L,) float32
        In σ.
    level_db : (2, L) float32
        How much louder the sound is with each axis at +2σ, and at -2σ, from a place.
    free : (L,) bool
        Which axes may be moved otherwise than asked for; where they are few, all goes
        as asked.
    here : (L,) float32, optional
        Where the step begins, from that place; there unless given.
    """
    up, down = level_db.astype(np.float64)
    curve = (up + down) / PUSH_SIGMA**2
    slope = (up - down) / (2 * PUSH_SIGMA)
    if here is not None:
        slope = slope + curve * here
    bent = np.where(free, slope, 0.0)
    power = float(bent @ bent)
    if power < LEAST_SLOPE_DB**2 or free.sum() < LEAST_AXES:
        return step
    share = float(slope @ step) / power  # what a level without curves would need
    level = step - share * bent
    for _ in range(ROUNDS):
        change = float(slope @ level + 0.5 * curve @ np.square(level))
        if abs(change) < NEAR_DB:
            return np.asarray(level, dtype=np.float32)
        falling = float((slope + curve * level) @ bent)
        if falling < 0.1 * power:  # too curved to go on: as good as it gets
            break
        level = level - change / falling * bent
    return np.asarray(step - share * bent, dtype=np.float32)
