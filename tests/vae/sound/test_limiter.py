import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.explorer.engine.doubles import Floats, tone
from vae.sound.limiter import BLOCK, HOLD_SAMPLES, LIMIT_DB, Limiter

CEILING = 10 ** (LIMIT_DB / 20)
SAMPLES = 6_000


def limited(sound: Floats, cuts: list[int]) -> tuple[Floats, float]:
    """(n, 2) after a limiter that is given blocks, and how much that took away."""
    limiter = Limiter()
    out = sound.copy()
    edges = sorted({0, len(out), *cuts, *range(0, len(out), BLOCK)})
    for start, stop in itertools.pairwise(edges):
        limiter.limit(out[start:stop], np.abs(out[start:stop]))
    return out, limiter.reduction_db


@settings(max_examples=50)
@given(
    seed=st.integers(0, 99),
    level=st.floats(0.1, 8.0),
    cuts=st.lists(st.integers(0, SAMPLES), max_size=12),
)
def test_nothing_passes_the_ceiling_however_it_is_cut(
    seed: int, level: float, cuts: list[int]
) -> None:
    rng = np.random.default_rng(seed)
    bursts = rng.random(SAMPLES // 500).repeat(500)[:, np.newaxis]
    sound = (level * bursts * rng.standard_normal((SAMPLES, 2))).astype(np.float32)
    out, reduction_db = limited(sound, cuts)
    assert np.abs(out).max() <= CEILING * (1 + 1e-5)
    assert reduction_db <= 0.0
    assert np.allclose(out, limited(sound, [])[0], atol=1e-4)


@given(cuts=st.lists(st.integers(0, SAMPLES), max_size=12))
def test_what_is_under_the_ceiling_stays_bit_for_bit(cuts: list[int]) -> None:
    sound = np.ascontiguousarray(tone(SAMPLES, level=0.89).T)
    out, reduction_db = limited(sound, cuts)
    assert np.array_equal(out, sound)
    assert reduction_db == 0.0


def test_both_sides_are_lowered_alike_and_a_steady_tone_keeps_its_shape() -> None:
    sound = np.ascontiguousarray(tone(SAMPLES, hz=100.0, level=2.0).T)
    sound[:, 1] *= 0.25
    out, _ = limited(sound, [])
    settled = slice(HOLD_SAMPLES, None)
    assert np.allclose(out[settled], sound[settled] * CEILING / 2, atol=2e-3)
