from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from vae.latents.levelling import NEAR_DB, Excess, Reach, levelled

SIZE = 12
PARTS = 7
RANGE = 5.0
SLOPE = np.linspace(-1.5, 2, SIZE)
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass
class Parts:
    """A song of parts, each of which axes make louder or quieter in their own way."""

    power: Doubles  # (P,)
    slope_db: Doubles  # (L, P), dB a σ
    curve_db: Doubles  # dB a σ²

    def level_db(self, offset: Floats) -> float:
        lifted = self._lifted(offset)
        return float(10 * np.log10(lifted.sum() / self.power.sum()))

    def slopes(self, offset: Floats) -> Doubles:
        lifted = self._lifted(offset)
        slopes = self.slope_db + self.curve_db * offset[:, None].astype(np.float64)
        return np.asarray(slopes @ (lifted / lifted.sum()))

    def _lifted(self, offset: Floats) -> Doubles:
        moved = offset.astype(np.float64)
        db = moved @ self.slope_db + 0.5 * np.square(moved) @ self.curve_db
        return self.power * 10 ** (db / 10)


def one_part(curve: float) -> Parts:
    return Parts(np.ones(1), SLOPE[:, None], np.full((SIZE, 1), curve))


def many(rng: np.random.Generator) -> Parts:
    return Parts(
        power=rng.gamma(0.5, size=PARTS),
        slope_db=rng.normal(scale=3.0, size=(SIZE, PARTS)),
        curve_db=rng.normal(scale=0.3, size=(SIZE, PARTS)),
    )


def keeping(*songs: Parts, wanted_db: float = 0.0) -> Callable[[Floats], Excess]:
    """Listens to songs that shall all have this level."""

    def listen(offset: Floats) -> Excess:
        return Excess(
            over_db=np.array([one.level_db(offset) - wanted_db for one in songs]),
            slopes=lambda: np.stack([one.slopes(offset) for one in songs]),
        )

    return listen


def reach(free: NDArray[np.bool_] | None = None, at: Floats | None = None) -> Reach:
    """Everywhere within range, on the axes that are free; others stay at a place."""
    ends = np.full(SIZE, RANGE, np.float32)
    if free is None or at is None:
        return Reach(least=-ends, most=ends)
    return Reach(least=np.where(free, -ends, at), most=np.where(free, ends, at))


def test_a_song_whose_parts_go_their_own_ways_keeps_its_level() -> None:
    rng = np.random.default_rng(1)
    for _ in range(40):
        song = many(rng)
        asked = rng.standard_normal(SIZE, dtype=np.float32)
        landed = levelled(asked, reach(), keeping(song))
        assert abs(song.level_db(landed)) < NEAR_DB
        assert abs(song.level_db(asked)) < NEAR_DB or not np.array_equal(landed, asked)


def test_several_things_are_kept_at_once() -> None:
    rng = np.random.default_rng(3)
    kept = 0
    for _ in range(40):
        songs = many(rng), many(rng), many(rng)
        asked = rng.standard_normal(SIZE, dtype=np.float32)
        landed = levelled(asked, reach(), keeping(*songs))
        kept += all(abs(song.level_db(landed)) < 1.0 for song in songs)
    assert kept >= 36  # three that pull apart cannot always be kept in so few axes


def test_a_place_is_left_as_little_as_need_be() -> None:
    rng = np.random.default_rng(0)
    asked = rng.standard_normal(SIZE, dtype=np.float32)
    landed = levelled(asked, reach(), keeping(one_part(0.0)))
    assert abs(SLOPE @ landed) < NEAR_DB
    along = (landed - asked) @ SLOPE / np.linalg.norm(SLOPE)
    assert np.linalg.norm(landed - asked) == pytest.approx(abs(along), abs=1e-3)
    assert abs(along) <= abs(SLOPE @ asked) / np.linalg.norm(SLOPE) + 1e-3


def test_where_nothing_is_too_much_it_goes_as_asked() -> None:
    asked = np.ones(SIZE, np.float32)
    level_db = one_part(0.1).level_db(asked)
    listen = keeping(one_part(0.1), wanted_db=level_db)
    assert np.array_equal(levelled(asked, reach(), listen), asked)
    nothing = Excess(over_db=np.zeros(0), slopes=lambda: np.zeros((0, SIZE)))
    assert np.array_equal(levelled(asked, reach(), lambda _: nothing), asked)


def test_axes_that_are_not_free_stay_and_the_others_within_reach() -> None:
    asked = np.linspace(1, -1, SIZE, dtype=np.float32)
    free = np.arange(SIZE) >= 3
    song = one_part(0.0)
    far_db = song.level_db(asked) + 30.0
    near = reach(free, asked)
    near.most[-1] = 1.0
    landed = levelled(asked, near, keeping(song, wanted_db=far_db))
    assert np.array_equal(landed[:3], asked[:3])
    assert np.abs(landed).max() <= RANGE
    assert landed[-1] == 1.0  # where some come to their end, others go on
    assert song.level_db(landed) == pytest.approx(far_db, abs=1.0)


def test_nothing_is_moved_along_directions_that_are_fixed() -> None:
    rng = np.random.default_rng(5)
    fixed = rng.standard_normal((4, SIZE), dtype=np.float32)
    ends = np.full(SIZE, RANGE, np.float32)
    within = Reach(least=-ends, most=ends, fixed=fixed)
    kept = 0
    for _ in range(20):
        song = many(rng)
        asked = rng.standard_normal(SIZE, dtype=np.float32)
        landed = levelled(asked, within, keeping(song))
        np.testing.assert_allclose(fixed @ landed, fixed @ asked, atol=1e-4)
        kept += abs(song.level_db(landed)) < NEAR_DB
    assert kept >= 18
    none = Reach(least=-ends, most=ends, fixed=np.eye(SIZE, dtype=np.float32))
    assert np.array_equal(levelled(asked, none, keeping(song)), asked)


def test_where_nothing_can_make_up_for_it_it_goes_as_asked() -> None:
    asked, none = np.ones(SIZE, np.float32), np.zeros((SIZE, 1))
    deaf = keeping(Parts(np.ones(1), none, none), wanted_db=6.0)
    few = reach(np.arange(SIZE) < 2, asked)
    assert np.array_equal(levelled(asked, reach(), deaf), asked)
    assert np.array_equal(levelled(asked, few, keeping(one_part(0.1))), asked)


def test_a_level_that_cannot_be_kept_is_come_as_near_to_as_can_be() -> None:
    asked = np.ones(SIZE, np.float32)
    song = one_part(5.0)  # louder wherever one goes
    landed = levelled(asked, reach(), keeping(song, wanted_db=-1.0))
    assert song.level_db(landed) < song.level_db(asked) / 4


def test_no_round_goes_further_than_its_slopes_can_be_trusted() -> None:
    places: list[Floats] = []
    listen = keeping(one_part(0.0), wanted_db=20.0)

    def noted(offset: Floats) -> Excess:
        places.append(offset)
        return listen(offset)

    levelled(np.zeros(SIZE, np.float32), reach(), noted)
    steps = [float(np.linalg.norm(b - a)) for a, b in pairwise(places)]
    assert max(steps) == pytest.approx(2.5, abs=0.01)  # σ


def test_what_only_makes_it_worse_is_not_kept() -> None:
    asked = np.ones(SIZE, np.float32)

    def misled(offset: Floats) -> Excess:
        away = float(np.linalg.norm(offset - asked))
        return Excess(over_db=np.array([2.0 + away]), slopes=lambda: np.ones((1, SIZE)))

    assert np.array_equal(levelled(asked, reach(), misled), asked)
