import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from vae.config import TransformConfig
from vae.evaluation import scores, texture
from vae.network import likelihood
from vae.network.model import Spectrum


def noise_power(*shape: int, seed: int = 0) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    power = np.square(rng.standard_normal(shape, dtype=np.float32))
    return power.astype(np.float32)


def test_smoothing_keeps_the_mean_and_is_an_average_of_27_numbers() -> None:
    power = noise_power(1, 7, 21)
    smooth = scores.smoothed(power)
    assert smooth[0, 3, 10] == pytest.approx(power[0, 2:5, 6:15].mean(), rel=1e-5)
    flat = np.full((2, 4, 5), 3.0, np.float32)
    assert np.allclose(scores.smoothed(flat), 3.0)


def test_twice_the_amplitude_lies_six_decibels_away() -> None:
    power = 100 * noise_power(2, 8, 40)
    assert scores.lsd_db(power, power) == 0
    assert scores.lsd_db(power, 4 * power) == pytest.approx(6.02, abs=0.01)
    assert scores.lsd_db(4 * power, power) == pytest.approx(6.02, abs=0.01)


def test_distance_says_how_unlike_two_spectra_are_where_both_can_be_heard() -> None:
    silence = np.zeros((1, 4, 20), np.float32)
    faint = np.full_like(silence, 1e-7)
    assert scores.lsd_db(silence, faint) < 0.01
    assert scores.lsd_db(silence, np.ones_like(silence)) == pytest.approx(40, abs=0.01)


def test_nats_are_those_a_model_is_trained_by() -> None:
    power, song = noise_power(2, 6, 10) + np.float32(0.1), noise_power(2, 6, 10, seed=1)
    log_scale = 0.5 * torch.from_numpy(np.log(power))[None]
    u = torch.from_numpy(np.sqrt(song))[None]
    expected = float(likelihood.nats(u, Spectrum(None, log_scale)))
    assert scores.nats(song, power) == pytest.approx(expected, abs=1e-5)


def test_no_gain_is_likelier_than_the_best_one() -> None:
    song = noise_power(1, 20, 30)
    power = noise_power(1, 20, 30, seed=1) + np.float32(0.2)
    best = scores.best_gain(song, power)
    least = scores.nats(song, np.float32(best) * power)
    for other in (0.8, 0.95, 1.05, 1.2):
        assert scores.nats(song, np.float32(other * best) * power) > least


def test_noise_is_flat_and_a_line_is_not() -> None:
    transform = TransformConfig(sample_rate=8192, frame_samples=2048, kept=256)
    flat = np.ones((2, 5, 256), np.float32)
    assert texture.flatness_db(flat, transform) == pytest.approx(0, abs=1e-6)
    # Half of each band at 1, half at 1/100: log mean -10 dB, mean 0.505.
    lines = flat.copy()
    lines[..., ::2] = 0.01
    expected = -10 - 10 * math.log10(0.505)
    assert texture.flatness_db(lines, transform) == pytest.approx(expected, abs=0.01)
    assert texture.flatness_db(100 * lines, transform) == pytest.approx(expected)


def test_dynamics_are_the_spread_of_the_level_over_time() -> None:
    level_db = np.array([-10.0, 0.0, -10.0, 0.0], np.float32)
    level = np.power(np.float32(10), level_db / 10)
    power = np.ones((2, 4, 8), np.float32) * level[:, None]
    assert texture.dynamics_db(power) == pytest.approx(5.0, abs=1e-4)
    assert texture.dynamics_db(np.ones_like(power)) == 0
    assert texture.dynamics_db(np.zeros_like(power)) == 0
