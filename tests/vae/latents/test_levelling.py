import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.levelling import levelled

SIZE = 12
EVERYTHING = np.ones(SIZE, dtype=bool)
SLOPE = np.linspace(-1.5, 2, SIZE)
Floats = NDArray[np.float32]


def pushed(curve: float) -> Floats:
    """Level changes at +2σ and -2σ of axes with these slopes and this curve."""
    both = np.stack([2 * SLOPE + 2 * curve, -2 * SLOPE + 2 * curve])
    return both.astype(np.float32)


def change_db(step: Floats, curve: float) -> float:
    return float(SLOPE @ step + 0.5 * curve * np.square(step).sum())


@pytest.mark.parametrize("curve", [0.0, 0.1, -0.05])
def test_a_step_keeps_the_level(curve: float) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        step = rng.standard_normal(SIZE, dtype=np.float32)
        level = levelled(step, pushed(curve), EVERYTHING)
        assert abs(change_db(level, curve)) < 0.11
        here = rng.standard_normal(SIZE, dtype=np.float32)
        onward = levelled(step, pushed(curve), EVERYTHING, here)
        rise = change_db(here + onward, curve) - change_db(here, curve)
        assert abs(rise) < 0.2


def test_a_step_is_bent_as_little_as_need_be() -> None:
    rng = np.random.default_rng(0)
    step = rng.standard_normal(SIZE, dtype=np.float32)
    level = levelled(step, pushed(0.0), EVERYTHING)
    for _ in range(20):
        other = rng.standard_normal(SIZE)
        other -= SLOPE * (other @ SLOPE) / (SLOPE @ SLOPE)
        assert np.linalg.norm(level - step) <= np.linalg.norm(other - step)


def test_axes_that_are_not_free_stay_as_asked_for() -> None:
    step = np.ones(SIZE, np.float32)
    level = levelled(step, pushed(0.1), np.arange(SIZE) >= 3)
    assert np.array_equal(level[:3], step[:3])
    assert abs(change_db(level, 0.1)) < 0.11


def test_where_nothing_can_make_up_for_it_the_step_goes_as_asked() -> None:
    step = np.ones(SIZE, np.float32)
    for level_db, free in (
        (np.zeros((2, SIZE), np.float32), EVERYTHING),
        (pushed(0.1), ~EVERYTHING),
        (pushed(0.1), np.arange(SIZE) < 2),
    ):
        assert np.array_equal(levelled(step, level_db, free), step)


def test_a_level_too_curved_to_be_kept_is_kept_as_well_as_slopes_can() -> None:
    step = np.ones(SIZE, np.float32)
    level = levelled(step, pushed(5.0), EVERYTHING)
    assert abs(float(SLOPE @ level)) < 1e-4
