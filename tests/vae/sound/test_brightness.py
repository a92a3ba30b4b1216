import numpy as np
import pytest

from vae.sound.brightness import brightness, brightness_slope

HZ = np.geomspace(50, 3_200, 7)


def test_a_spectrum_is_as_bright_as_its_middle() -> None:
    assert brightness(np.eye(7)[3] + 1e-12, HZ) == pytest.approx(np.log2(400), abs=1e-4)
    octave_up = brightness(np.eye(7)[4] + 1e-12, HZ)
    assert octave_up == pytest.approx(np.log2(800), abs=1e-4)


def test_the_slope_tells_what_more_power_does() -> None:
    power = np.random.default_rng(0).gamma(1.0, size=7)
    for place, slope in enumerate(brightness_slope(power, HZ)):
        more = power * np.exp(1e-4 * np.eye(7)[place])
        rise = brightness(more, HZ) - brightness(power, HZ)
        assert rise / 1e-4 == pytest.approx(slope, rel=1e-3, abs=1e-6)
