import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.levelling import AxisLevels, levelled, levels_of_pushes

SIZE = 12
PARTS = 7
EVERYTHING = np.ones(SIZE, dtype=bool)
SLOPE = np.linspace(-1.5, 2, SIZE)
Floats = NDArray[np.float32]


def pushed(curve: float) -> AxisLevels:
    """A song of one part, and axes with these slopes and this curve."""
    one = np.ones(1, np.float32)
    both = (2 * SLOPE + 2 * curve, -2 * SLOPE + 2 * curve)
    up, down = (db[:, None].astype(np.float32) for db in both)
    return levels_of_pushes(one, up, down)


def many(rng: np.random.Generator) -> AxisLevels:
    """A song of parts that are moved otherwise each."""
    return AxisLevels(
        power=rng.gamma(0.5, size=PARTS).astype(np.float32),
        slope_db=rng.normal(scale=3.0, size=(SIZE, PARTS)).astype(np.float32),
        curve_db=rng.normal(scale=0.3, size=(SIZE, PARTS)).astype(np.float32),
    )


def change_db(step: Floats, curve: float) -> float:
    return float(SLOPE @ step + 0.5 * curve * np.square(step).sum())


def test_what_each_axis_was_pushed_by_is_what_is_told() -> None:
    levels = pushed(0.3)
    for axis in range(SIZE):
        push = 2 * np.eye(SIZE, dtype=np.float32)[axis]
        assert levels.level_db(push) == pytest.approx(2 * SLOPE[axis] + 0.6, abs=1e-4)


def test_a_step_keeps_the_level_of_a_song_whose_parts_go_their_own_ways() -> None:
    rng = np.random.default_rng(1)
    for _ in range(20):
        levels = many(rng)
        here, step = rng.standard_normal((2, SIZE), dtype=np.float32)
        asked = levels.level_db(here + step)
        onward = levelled(step, levels, EVERYTHING, here)
        before = levels.level_db(here)
        after = levels.level_db(here + onward)
        assert abs(after - before) < 0.2
        assert abs(asked - before) < 0.2 or not np.array_equal(onward, step)


def test_the_gradient_is_the_slope_of_the_level() -> None:
    rng = np.random.default_rng(2)
    levels = many(rng)
    here = rng.standard_normal(SIZE, dtype=np.float32)
    for axis, slope in enumerate(levels.gradient_db(here)):
        little = 1e-2 * np.eye(SIZE, dtype=np.float32)[axis]
        rise = levels.level_db(here + little) - levels.level_db(here - little)
        assert rise / 2e-2 == pytest.approx(slope, abs=0.05)


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
    step, flat = np.ones(SIZE, np.float32), np.zeros((SIZE, 1), np.float32)
    one = np.ones(1, np.float32)
    for levels, free in (
        (levels_of_pushes(one, flat, flat), EVERYTHING),
        (pushed(0.1), ~EVERYTHING),
        (pushed(0.1), np.arange(SIZE) < 2),
    ):
        assert np.array_equal(levelled(step, levels, free), step)


def test_a_level_that_cannot_be_kept_is_come_as_near_to_as_can_be() -> None:
    step = np.ones(SIZE, np.float32)
    levels = pushed(5.0)  # louder wherever one goes
    level = levelled(step, levels, EVERYTHING)
    assert 0 <= levels.level_db(level) < levels.level_db(step) / 4
