import numpy as np
import pytest

from vae.codec import Envelope
from vae.synthesis.filtering import excited, gain_over, spread_power, top_octave

SHAPE = (2, 3, 8)
SCALE = np.arange(1, 9, dtype=np.float32)


def scaled(log_scale: float) -> Envelope:
    return Envelope(None, np.full(SHAPE, log_scale, np.float32))


@pytest.mark.parametrize(("moved_db", "heard_db"), [(90, 30), (-90, -30), (20, 20)])
def test_no_gain_goes_beyond_30_db(moved_db: float, heard_db: float) -> None:
    nats = moved_db / 20 * np.log(10)
    gain = gain_over(scaled(1 + nats), scaled(1))
    assert gain is not None
    assert np.allclose(20 * gain / np.log(10), heard_db)


def test_where_one_says_no_scale_there_is_no_gain() -> None:
    mean = Envelope(np.zeros(SHAPE, np.float32), None)
    assert gain_over(scaled(0), mean) is None
    assert gain_over(mean, scaled(0)) is None


def test_the_highs_follow_the_upper_half_of_the_band_alone() -> None:
    gain = np.zeros(SHAPE, np.float32)
    gain[..., 4:] = 0.5
    gain[..., :4] = 7
    assert np.allclose(top_octave(gain), 0.5)
    assert top_octave(gain).shape == SHAPE[:2]


def test_what_is_excited_has_the_power_that_is_told_of() -> None:
    ones = np.ones(SHAPE, np.float32)
    said = scaled(np.log(3))
    assert np.allclose(excited(said, ones, SCALE) ** 2, spread_power(said, SCALE))
    assert np.allclose(spread_power(said, SCALE), 9 * SCALE**2)
    mean = Envelope(5 * ones, None)
    assert np.allclose(excited(mean, ones, SCALE), SCALE)
    assert np.allclose(spread_power(mean, SCALE), SCALE**2)
