import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.explorer.engine.doubles import Floats, tone
from vae.sound.limiter import (
    BLOCK,
    HOLD_SAMPLES,
    LIMIT_DB,
    Limiter,
    ceiling_of_peak_db,
)

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


@pytest.mark.parametrize("peak", [0.3, 0.95, 0.9999, 1.0])
def test_a_recording_is_not_touched_under_its_own_ceiling(peak: float) -> None:
    sound = np.ascontiguousarray(tone(SAMPLES, level=1.0).T)
    sound *= np.float32(peak) / np.abs(sound).max()
    limiter = Limiter(ceiling_of_peak_db(float(np.abs(sound).max())))
    out = sound.copy()
    for start in range(0, len(out), BLOCK):
        part = out[start : start + BLOCK]
        limiter.limit(part, np.abs(part))
    assert np.array_equal(out, sound)
    assert limiter.reduction_db == 0.0


@pytest.mark.parametrize(
    ("peak", "ceiling_db"), [(0.0, LIMIT_DB), (0.5, LIMIT_DB), (1.0, 0.0), (1.8, 0.0)]
)
def test_a_ceiling_is_never_below_the_usual_one_nor_above_full_scale(
    peak: float, ceiling_db: float
) -> None:
    assert ceiling_of_peak_db(peak) == ceiling_db


@pytest.mark.parametrize("ceilings_db", [(-0.1003, -1.0), (-1.0, -0.1003)])
@pytest.mark.parametrize("block", [1, 7, 220, BLOCK])
def test_another_ceiling_is_soon_reached_without_a_step(
    ceilings_db: tuple[float, float], block: int
) -> None:
    sound = np.ascontiguousarray(tone(2 * SAMPLES, level=2.0).T)
    limiter = Limiter(ceilings_db[0])
    for start in range(0, len(sound), block):
        if start >= SAMPLES:
            limiter.ceiling_db = ceilings_db[1]
        part = sound[start : start + block]
        limiter.limit(part, np.abs(part))
    before, after = sound[SAMPLES - 2_000 : SAMPLES], sound[-2_000:]
    for part, ceiling_db in zip((before, after), ceilings_db, strict=True):
        assert np.abs(part).max() == pytest.approx(10 ** (ceiling_db / 20), rel=1e-3)
    assert np.abs(np.diff(sound[HOLD_SAMPLES:], axis=0)).max() < 0.04
