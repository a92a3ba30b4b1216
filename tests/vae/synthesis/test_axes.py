from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models import TINY, saved
from vae.codec import Codec, Envelope
from vae.latents.basis import LatentBasis
from vae.synthesis.axes import AxesMeasurement, band_starts, levels_db
from vae.synthesis.course import Course
from vae.synthesis.edits import Source, Voicing
from vae.synthesis.matching import spots
from vae.synthesis.synthesis import Synthesis


def test_an_envelope_says_how_loud_it_is() -> None:
    ones = np.ones((2, 3, 4), np.float32)
    assert np.allclose(levels_db(Envelope(None, np.log(10) * ones)), 20.0)
    assert np.allclose(levels_db(Envelope(3 * ones, None)), 10.0)
    both = Envelope(3 * ones, np.log(3) * ones)
    assert np.allclose(levels_db(both), 10 * np.log10(18.0))


def measured(synthesis: Synthesis) -> AxesMeasurement:
    measurement = AxesMeasurement(synthesis)
    for _ in range(synthesis.codec.basis.latent_size):
        assert measurement.change_db is None
        measurement.go_on()
    return measurement


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
    measurement = measured(Synthesis(codec, path=path, frames=frames))
    change_db = measurement.change_db
    assert change_db is not None
    assert change_db[3] < 1e-4
    assert np.delete(change_db, 3).min() > 1e-3
    assert np.abs(measurement.levels.recorded.slope_db[3]).max() < 1e-3


@pytest.mark.parametrize("source", ["song", "noise"])
def test_how_loud_axes_make_a_song_is_what_it_sounds_like(
    source: Source, tmp_path: Path
) -> None:
    checkpoint = saved(TINY, tmp_path / "tiny.safetensors")
    codec = Codec(checkpoint)
    rng = np.random.default_rng(3)
    samples = 30 * TINY.transform.frame_samples
    sound = 0.1 * rng.standard_normal((2, samples), dtype=np.float32)
    path = np.tile(codec.basis.mean, (codec.path_length(30), 1))
    synthesis = Synthesis(codec, sound=sound, path=path)
    levels = measured(synthesis).levels
    told = levels.recorded if source == "song" else levels.decoded

    def power(path: NDArray[np.float32]) -> float:
        course = Course(path=path, voicing=Voicing(source=source))
        heard = [synthesis.coefficients(course, *one) for one in spots(30)]
        return float(np.square(np.concatenate(heard, axis=1)).mean())

    for axis in range(TINY.latent_size):
        push = 2 * np.eye(TINY.latent_size, dtype=np.float32)[axis]
        for offset in (push, -push):
            moved = codec.basis.offset_path(path, offset)
            heard_db = 10 * np.log10(power(moved) / power(path))
            assert told.level_db(offset) == pytest.approx(heard_db, abs=3.0)
    assert np.abs(told.slope_db).max() > 1


def test_bands_hold_every_coefficient_once() -> None:
    for kept in (1, 5, 40, 1378):
        starts = band_starts(kept)
        assert starts[0] == 0
        assert np.all(np.diff(starts) > 0)
        assert starts[-1] < kept
