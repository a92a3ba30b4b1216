import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.directions import (
    Direction,
    along,
    directions_from_plain,
    directions_to_plain,
    find_ways,
    rotation,
)
from vae.latents.traits import TRAITS, AxisTraits, Change

SIZE = 5
LOUD, BRIGHT, BASS = (
    list(TRAITS).index(one) for one in ("loudness", "brightness", "bass")
)
DOES = AxisTraits(name="louder", opposite="softer")


def slopes(scatter: float = 0.0) -> NDArray[np.float64]:
    """(P, L, R): loudness along axis 0; brightness along 0 and 1; bass now and then."""
    rng = np.random.default_rng(0)
    found = np.zeros((24, SIZE, len(TRAITS)))
    found[:, 0, LOUD] = 4.0
    found[:, 0, BRIGHT] = 0.6
    found[:, 1, BRIGHT] = 0.8
    found[::2, 2, BASS], found[1::2, 2, BASS] = 9.0, -8.0
    return found + scatter * rng.standard_normal(found.shape)


def test_each_direction_changes_its_trait_and_none_of_those_before_it() -> None:
    louder, brighter = find_ways(slopes(), TRAITS)
    assert (louder.trait, brighter.trait) == ("loudness", "brightness")
    np.testing.assert_allclose(louder.vector, np.eye(SIZE)[0], atol=1e-6)
    np.testing.assert_allclose(brighter.vector, np.eye(SIZE)[1], atol=1e-6)


def test_what_rises_here_and_falls_there_has_no_direction() -> None:
    found = [way.trait for way in find_ways(slopes(scatter=0.02), TRAITS)]
    assert found == ["loudness", "brightness"]
    weak = slopes() / 12  # less than a difference worth naming
    assert find_ways(weak, TRAITS) == []


def change(trait: str, per_sigma: float, correlation: float = 0.9) -> Change:
    weight = abs(per_sigma) / TRAITS[trait].step
    return Change(
        trait=trait, per_sigma=per_sigma, correlation=correlation, weight=weight
    )


def test_a_direction_is_called_after_its_trait_whatever_else_it_changes_more() -> None:
    ways = find_ways(slopes(), TRAITS)
    measured = [
        [change("loudness", 3.0), change("brightness", 0.001)],
        [change("bass", -7.0), change("brightness", 0.7), change("loudness", 0.1)],
    ]
    louder, brighter = along(ways, measured, TRAITS)
    assert [one.trait for one in louder.does.changes] == ["loudness"]
    assert (brighter.does.name, brighter.does.opposite) == ("brighter", "darker")
    assert [one.trait for one in brighter.does.changes] == ["brightness", "bass"]


@pytest.mark.parametrize("heard", [change("loudness", -3.0), change("bass", 2.0)])
def test_what_is_not_heard_to_rise_along_it_is_left_out(heard: Change) -> None:
    ways = find_ways(slopes(), TRAITS)[:1]
    assert along(ways, [[heard]], TRAITS) == ()


def test_directions_and_what_they_leave_are_a_rotation() -> None:
    rng = np.random.default_rng(1)
    vectors = np.linalg.qr(rng.standard_normal((SIZE, 2)))[0].T.astype(np.float32)
    directions = [Direction(vector=vector, does=DOES) for vector in vectors]
    rows = rotation(directions, SIZE)
    np.testing.assert_allclose(rows @ rows.T, np.eye(SIZE), atol=1e-6)
    np.testing.assert_allclose(rows[:2], vectors, atol=1e-6)
    assert (np.diag(rows[2:]) > 0).all(), "the first axes, as far as they are left"
    np.testing.assert_allclose(rotation([], SIZE), np.eye(SIZE), atol=1e-6)
    one = Direction(vector=np.eye(SIZE, dtype=np.float32)[1], does=DOES)
    rows = rotation([one], SIZE)  # of which axis 1 is nothing left
    np.testing.assert_allclose(rows @ rows.T, np.eye(SIZE), atol=1e-6)


def test_directions_are_read_back_as_they_were_written() -> None:
    does = AxisTraits(name="right", opposite="left", changes=(change("balance", 1.0),))
    before = Direction(vector=np.array([0.6, -0.8], np.float32), does=does)
    (after,) = directions_from_plain(directions_to_plain([before]))
    assert after.does == does
    np.testing.assert_allclose(after.vector, before.vector, atol=1e-6)
