import numpy as np
from numpy.typing import NDArray

from vae.levelling import levelled

SIZE = 12


def slopes() -> NDArray[np.float32]:
    return np.linspace(-3, 4, SIZE, dtype=np.float32)


def test_a_step_is_bent_as_little_as_keeps_the_level() -> None:
    rng = np.random.default_rng(0)
    step = rng.standard_normal(SIZE, dtype=np.float32)
    free = np.ones(SIZE, dtype=bool)
    level = levelled(step, slopes(), free)
    assert abs(level @ slopes()) < 1e-4
    for _ in range(20):
        other = rng.standard_normal(SIZE)
        other -= slopes() * (other @ slopes()) / (slopes() @ slopes())
        assert np.linalg.norm(level - step) <= np.linalg.norm(other - step)
    assert np.allclose(levelled(level, slopes(), free), level, atol=1e-5)


def test_axes_that_are_not_free_stay_as_asked_for() -> None:
    step = np.ones(SIZE, np.float32)
    free = np.arange(SIZE) >= 3
    level = levelled(step, slopes(), free)
    assert np.array_equal(level[:3], step[:3])
    assert abs(level @ slopes()) < 1e-4


def test_where_nothing_can_make_up_for_it_the_step_goes_as_asked() -> None:
    step = np.ones(SIZE, np.float32)
    everything = np.ones(SIZE, dtype=bool)
    for level_db, free in (
        (np.zeros(SIZE, np.float32), everything),
        (slopes(), ~everything),
        (slopes(), np.arange(SIZE) < 2),
    ):
        assert np.array_equal(levelled(step, level_db, free), step)
