import numpy as np
import pytest

from explorer.widgets.colours import colour_table, difference_table
from explorer.widgets.pixels import NO_CHANGE

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("dark", [True, False])
def test_the_colours_go_evenly_from_silence_to_loudness(dark: bool) -> None:
    lightness = colour_table(dark=dark).astype(float) @ LUMINANCE
    steps = np.diff(lightness) * (1 if dark else -1)
    assert np.all(steps >= -1.5)
    assert abs(lightness[-1] - lightness[0]) > 150
    assert (lightness[0] < 10) == dark


@pytest.mark.parametrize("dark", [True, False])
def test_no_change_is_of_the_window_s_own_lightness(dark: bool) -> None:
    table = difference_table(24.0, dark=dark).astype(float)
    lightness = table @ LUMINANCE
    furthest = lightness.argmin() if dark else lightness.argmax()
    assert abs(int(furthest) - NO_CHANGE) <= 4
    assert table[0, 2] > table[0, 0]
    assert table[-1, 0] > table[-1, 2]
