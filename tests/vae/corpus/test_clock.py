import numpy as np
import pytest

from vae.corpus.clock import DRIFT, Clock, draw_clock


def clock(*, drift: float = 0.0, swing: float = 0.0, unit: float = 0.5) -> Clock:
    rng = np.random.default_rng(0)
    return draw_clock(rng, tempo=120, drift=drift, swing=swing, unit=unit, seconds=60)


def test_a_machine_keeps_its_tempo() -> None:
    assert clock().at(100) == pytest.approx(50)


def test_a_tempo_that_wanders_stays_near() -> None:
    wandering = clock(drift=1.0)
    beats = np.diff([wandering.at(beat) for beat in range(100)])
    assert np.abs(beats / 0.5 - 1).max() <= DRIFT + 1e-9
    assert np.ptp(beats) > 0.01


@pytest.mark.parametrize("unit", [0.25, 0.5])
def test_full_swing_makes_triplets_and_leaves_the_beat(unit: float) -> None:
    swung = clock(swing=1.0, unit=unit)
    assert swung.at(2 * unit) == pytest.approx(unit)
    assert swung.at(unit) == pytest.approx(unit * 2 / 3)
    times = [swung.at(beat) for beat in np.arange(0, 8, 0.0625)]
    assert (np.diff(times) > 0).all()
