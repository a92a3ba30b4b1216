import numpy as np
import pytest
from numpy.typing import NDArray

from vae import fidelity
from vae.config import TransformConfig

Floats = NDArray[np.float32]

CONFIG = TransformConfig(frame_samples=100, kept=50, overlap=0)


def test_a_step_at_every_boundary_shows() -> None:
    time = np.arange(1000)
    smooth = np.sin(time / 5)[None].astype(np.float32)
    stepped = smooth + 0.5 * (time // 100 % 2)
    assert fidelity.edge_ratio(smooth, CONFIG) == pytest.approx(1, abs=0.3)
    assert fidelity.edge_ratio(stepped, CONFIG) > 3


def test_snr_is_in_decibels() -> None:
    reference = np.ones((2, 100), np.float32)
    assert fidelity.snr_db(reference, 1.1 * reference) == pytest.approx(20, abs=1e-3)


def test_low_pass_keeps_below_and_removes_above() -> None:
    time = np.arange(44_100) / 44_100
    low = np.sin(2 * np.pi * 2_700 * time)[None].astype(np.float32)
    high = np.sin(2 * np.pi * 2_800 * time)[None].astype(np.float32)
    passed = fidelity.low_passed(low + high, TransformConfig())
    away_from_the_ends = np.abs(passed - low)[:, 4410:-4410]
    assert away_from_the_ends.max() < 0.01
