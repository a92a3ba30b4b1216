from pathlib import Path

import numpy as np
import pytest

from tests.models import TINY, saved
from vae.codec import Codec, Envelope
from vae.latents.basis import LatentBasis
from vae.synthesis.axes import AxesMeasurement, levels_db
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
    measurement = AxesMeasurement(Synthesis(codec, path=path, frames=frames))
    for _ in range(basis.latent_size):
        assert measurement.change_db is None
        measurement.go_on()
    change_db = measurement.change_db
    assert change_db is not None
    assert change_db[3] < 1e-4
    assert np.delete(change_db, 3).min() > 1e-3
