import numpy as np
import pytest
from numpy.typing import NDArray

from tests.sounds import song
from vae import dct, fidelity
from vae.config import TransformConfig

Floats = NDArray[np.float32]

CONFIG = TransformConfig(frame_samples=100, kept=50, overlap=0)


def test_a_step_at_every_boundary_shows() -> None:
    time = np.arange(1000)
    smooth = np.sin(time / 5)[None].astype(np.float32)
    stepped = smooth + 0.5 * (time // 100 % 2)
    assert fidelity.edge_ratio(smooth, CONFIG) == pytest.approx(1, abs=0.3)
    assert fidelity.edge_ratio(stepped, CONFIG) > 3


def faded(sound: Floats, config: TransformConfig) -> Floats:
    """The sound with another gain for each of its frames."""
    own = dct.forward(sound, config)
    rng = np.random.default_rng(3)
    gain_db = 6 * rng.standard_normal((2, own.shape[1], 1))
    edited = dct.inverse((own * 10 ** (gain_db / 20)).astype(np.float32), config)
    return edited[:, : sound.shape[1]]


def test_edges_that_an_edit_adds_stand_out_from_what_it_does_elsewhere() -> None:
    sound = song(seconds=10)
    for overlap, heard in [(0, True), (1024, False)]:
        config = TransformConfig(overlap=overlap, kept=11_025)
        added = fidelity.edges_added(faded(sound, config), sound, config)
        assert (added.edge_ratio > 1.5 * added.elsewhere) == heard


def test_beats_on_the_boundaries_are_not_taken_for_edges_that_an_edit_adds() -> None:
    sound = song(seconds=10)
    drum = 0.3 * np.random.default_rng(3).standard_normal(400)
    config = TransformConfig(kept=11_025)
    for start in range(11_025 - 1, sound.shape[1] - 400, 11_025):
        sound[:, start : start + 400] += drum
    edited = faded(sound, config)
    assert fidelity.edge_ratio(edited, config) > 1.5, "the drum does that"
    added = fidelity.edges_added(edited, sound, config)
    assert added.edge_ratio <= added.elsewhere


def test_a_recording_that_was_not_changed_has_no_edges_added() -> None:
    sound = song(seconds=2)
    added = fidelity.edges_added(sound, sound, TransformConfig())
    assert added == (1.0, 1.0)


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
