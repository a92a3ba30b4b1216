import numpy as np
import pytest
from numpy.typing import NDArray

from vae.config import TransformConfig
from vae.evaluation.descriptors import describe, regions

TRANSFORM = TransformConfig()
FRAMES = 48
Floats = NDArray[np.float32]


def music(seed: int = 0) -> Floats:
    """Falling spectra whose level moves a little."""
    rng = np.random.default_rng(seed)
    fall = np.geomspace(1, 1e-3, TRANSFORM.kept)
    level = rng.uniform(0.8, 1.2, (2, FRAMES, 1))
    return (fall * level).astype(np.float32)


def heard(power: Floats) -> dict[str, float]:
    return describe(power.astype(np.float32), TRANSFORM)


def raised(power: Floats) -> set[str]:
    """The traits that are clearly higher than in the music as it was."""
    before, after = heard(music()), heard(power)
    return {name for name in before if after[name] > before[name] + 0.05}


def test_louder_is_louder_and_nothing_else() -> None:
    assert raised(10 * music()) == {"loudness"}
    assert heard(10 * music())["loudness"] - heard(music())["loudness"] == (
        pytest.approx(10)
    )


def test_a_lift_of_the_top_is_brighter() -> None:
    lifted = music() * np.linspace(1, 4, TRANSFORM.kept, dtype=np.float32)
    found = raised(lifted)
    assert {"brightness", "top (2000–2756 Hz)"} <= found
    assert "bass" not in found
    octave = np.zeros((2, FRAMES, TRANSFORM.kept), np.float32)
    low, high = octave.copy(), octave.copy()
    low[..., 100], high[..., 200] = 1, 1
    step = heard(high)["brightness"] - heard(low)["brightness"]
    assert step == pytest.approx(1, abs=0.01)


def test_a_lift_below_150_hz_is_more_bass() -> None:
    lifted = music()
    lifted[..., :75] *= 4
    found = raised(lifted)
    assert {"bass", "sub (0–60 Hz)", "lows (60–120 Hz)"} <= found
    assert "brightness" not in found


def test_the_right_channel_louder_is_right_and_wide() -> None:
    lifted = music()
    lifted[1] *= 4
    assert heard(lifted)["balance"] - heard(music())["balance"] == (
        pytest.approx(6, abs=0.3)
    )
    sides = music()
    sides[0, :, ::2] *= 4
    sides[1, :, 1::2] *= 4
    assert abs(heard(sides)["balance"]) < 1
    spread = music()
    spread[0, :, :300] *= 4
    spread[1, :, 300:] *= 4
    assert heard(spread)["width"] > heard(music())["width"] + 3


def test_noise_is_flatter_than_lines() -> None:
    lines = music()
    lines[..., ::4] *= 100
    assert heard(lines)["noise"] < heard(music())["noise"] - 3


def test_beats_are_found_with_their_period() -> None:
    beating = music()
    beating[:, ::4] *= 30
    found = heard(beating)
    assert found["period"] == pytest.approx(4 * TRANSFORM.frame_s)
    assert found["rhythm"] > 0.7 > heard(music())["rhythm"]
    assert {"dynamics", "density"} <= raised(beating)


def test_a_swell_is_dynamic_but_not_busy() -> None:
    swell = music() * np.geomspace(1, 100, FRAMES)[:, None].astype(np.float32)
    found = heard(swell)
    assert found["dynamics"] > heard(music())["dynamics"] + 4
    assert found["density"] < heard(music())["density"] + 0.5


def test_regions_cover_the_band_once() -> None:
    names = [one.name for one in regions(TRANSFORM)]
    assert names[0] == "sub (0–60 Hz)"
    assert names[-1] == "top (2000–2756 Hz)"
    small = TransformConfig(sample_rate=4000, frame_samples=1000, kept=150, overlap=0)
    assert [one.name for one in regions(small)][-1] == "body (250–300 Hz)"


def test_silence_and_a_single_frame_are_described_too() -> None:
    silence = np.zeros((2, 8, 1378), np.float32)
    for power in (silence, music()[:, :1]):
        assert all(np.isfinite(value) for value in heard(power).values())
