"""Moves along many axes at once that leave the sound about as loud as it was.

Decoded power is nearly exponential in the latents, so that a random step changes the
level by some 10 dB either way. How much each axis does is known from pushing it alone;
a step is made level by taking away what points along those changes together.

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray

PUSH_SIGMA = 2.0  # upward, where the change of an axis is measured
LEAST_SLOPE_DB = (
    1e-3  # of all free axes together, a σ; less cannot make up for anything
)
LEAST_AXES = 4  # fewer have nothing else to move along

Floats = NDArray[np.float32]


def levelled(step: Floats, level_db: Floats, free: NDArray[np.bool_]) -> Floats:
    """The step nearest to (L,) in σ that keeps the level, moved on free axes only.

    Parameters
    ----------
    step : (L,) float32
        In σ.
    level_db : (L,) float32
        How much louder the sound is with each axis at +2σ. That it is +2σ and not less
        matters: the level curves upward along every axis, and so does along a step.
    free : (L,) bool
        Which axes may be moved otherwise than asked for; where they are few, all goes
        as asked.
    """
    slope = level_db.astype(np.float64) / PUSH_SIGMA
    moved = np.where(free, slope, 0.0)
    power = float(moved @ moved)
    if power < LEAST_SLOPE_DB**2 or free.sum() < LEAST_AXES:
        return step
    return np.asarray(step - moved * (slope @ step) / power, dtype=np.float32)
