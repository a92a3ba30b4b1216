import numpy as np
import pytest
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig
from vae.synthesis.tones import Tones

TRANSFORM = TransformConfig()
FRAMES = 16
Floats = NDArray[np.float32]


def bank(*, correlation: float = 0.0) -> Tones:
    return Tones(TRANSFORM, np.full(TRANSFORM.kept, correlation, np.float32))


def around(frequency_hz: float, width: int = 3) -> Floats:
    """Power 1 on a few coefficients around a frequency, on all frames."""
    power = np.zeros((2, FRAMES, TRANSFORM.kept), np.float32)
    middle = round(frequency_hz / 2)
    power[..., middle - width : middle + width + 1] = 1
    return power


def sound_of(tones: Tones, power: Floats) -> Floats:
    return dct.inverse(tones.coefficients(power, 0), TRANSFORM)


def test_a_band_sounds_as_its_nearest_note() -> None:
    sound = sound_of(bank(), around(441))[0]
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    heard_hz = np.argmax(spectrum) * TRANSFORM.sample_rate / len(sound)
    assert heard_hz == pytest.approx(440, abs=0.5)


def test_a_held_note_is_held_across_frames() -> None:
    sound = sound_of(bank(), around(440))[0].astype(np.float64)
    inner = sound[11_025:-11_025]
    time = np.arange(len(inner)) / 44_100
    turning = inner * np.exp(-2j * np.pi * 440 * time)
    level = np.abs(turning.reshape(-1, 2205).mean(axis=1))  # every 50 ms
    assert level.std() / level.mean() < 0.003


def test_tones_are_as_loud_as_the_noise_would_be() -> None:
    power = np.zeros((2, FRAMES, TRANSFORM.kept), np.float32)
    power[0] = np.geomspace(1, 1e-3, TRANSFORM.kept)
    made = np.square(bank().coefficients(power, 0)).sum(axis=(1, 2))
    assert made[0] == pytest.approx(power[0].sum(), rel=0.1)
    assert made[1] == 0
    low, high = power.copy(), power.copy()
    low[..., 500:], high[..., :500] = 0, 0
    for part in (low, high):
        made = np.square(bank().coefficients(part, 0)).sum()
        assert made == pytest.approx(part.sum(), rel=0.1)


@pytest.mark.parametrize("correlation", [-0.5, 0.0, 0.8, 1.0])
def test_left_and_right_are_as_alike_as_those_of_the_corpus(
    correlation: float,
) -> None:
    power = np.ones((2, FRAMES, TRANSFORM.kept), np.float32)
    left, right = sound_of(bank(correlation=correlation), power)
    assert np.corrcoef(left, right)[0, 1] == pytest.approx(correlation, abs=0.05)


def test_frames_made_alone_are_those_of_the_whole() -> None:
    power = np.random.default_rng(0).random((2, FRAMES, TRANSFORM.kept), np.float32)
    whole = bank().coefficients(power, 0)
    part = bank().coefficients(power[:, 5:9], 5)
    assert np.allclose(part, whole[:, 5:9], atol=1e-4)


def test_no_two_tones_beat_slowly_and_none_is_out_of_the_band() -> None:
    frequency = bank().frequency
    assert np.diff(frequency).min() >= 9.99
    assert frequency[0] >= 20  # what is lower is no tone to the ear
    assert frequency[-1] <= TRANSFORM.band_hz
    assert np.isclose(frequency, 440).any()
    small = TransformConfig(frame_samples=256, kept=32, overlap=64)
    Tones(small, np.zeros(32, np.float32))
