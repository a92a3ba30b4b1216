from pathlib import Path

import numpy as np
import pytest

from explorer.engine.axes import AxesMeasurement, levels_db
from tests.models import TINY, saved
from vae.codec import Codec, Envelope
from vae.latents.basis import LatentBasis
from vae.synthesis.course import reconstruction
from vae.synthesis.synthesis import Synthesis


def test_an_envelope_says_how_loud_it_is() -> None:
    ones = np.ones((2, 3, 4), np.float32)
    assert np.allclose(levels_db(Envelope(None, np.log(10) * ones)), 20.0)
    assert np.allclose(levels_db(Envelope(3 * ones, None)), 10.0)
    both = Envelope(3 * ones, np.log(3) * ones)
    assert np.allclose(levels_db(both), 10 * np.log10(18.0))


@pytest.mark.parametrize("frames", [5, 50])
def test_each_axis_is_measured_and_a_lame_one_does_nothing(
    frames: int, tmp_path: Path
) -> None:
    checkpoint = saved(TINY, tmp_path / "tiny.safetensors")
    basis = checkpoint.basis
    sigma = basis.sigma.copy()
    sigma[3] = 1e-9
    lame = LatentBasis(
        mean=basis.mean,
        axes=basis.axes,
        sigma=sigma,
        song_mean=basis.song_mean,
        song_spread=basis.song_spread,
    )
    codec = Codec(checkpoint)
    codec.basis = lame
    path = np.tile(basis.mean, (codec.path_length(frames), 1))
    measurement = AxesMeasurement(codec, path, frames)
    for _ in range(TINY.latent_size):
        assert measurement.change_db is None
        measurement.go_on()
    change_db = measurement.change_db
    assert change_db is not None
    assert change_db[3] < 1e-4
    assert np.delete(change_db, 3).min() > 1e-3


def test_how_loud_an_axis_makes_the_song_is_what_its_noise_says(
    tmp_path: Path,
) -> None:
    checkpoint = saved(TINY, tmp_path / "tiny.safetensors")
    codec = Codec(checkpoint)
    path = np.tile(codec.basis.mean, (codec.path_length(16), 1))
    measurement = AxesMeasurement(codec, path, 16)
    for _ in range(TINY.latent_size):
        measurement.go_on()
    synthesis = Synthesis(codec, path=path, frames=16)
    push = np.zeros(TINY.latent_size, np.float32)
    push[2] = 2.0
    before, up, down = (
        np.square(synthesis.coefficients(reconstruction(one), 0, 16)).mean()
        for one in (path, *(codec.basis.offset_path(path, p) for p in (push, -push)))
    )
    heard_db = 10 * np.log10(np.array([up, down]) / before)
    assert measurement.level_db[:, 2] == pytest.approx(heard_db, abs=0.7)
    assert np.abs(measurement.level_db).max() > 2
