from pathlib import Path

import numpy as np
import pytest

from tests.models import TINY, saved
from vae.errors import CheckpointError
from vae.latents.basis_file import read_basis


def test_it_is_the_basis_of_the_whole_model(tmp_path: Path) -> None:
    basis = saved(TINY, tmp_path / "model.safetensors").basis
    again = read_basis(tmp_path / "model.safetensors")
    for name in ("mean", "axes", "sigma", "song_mean", "song_spread"):
        np.testing.assert_array_equal(getattr(again, name), getattr(basis, name))


def test_what_holds_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be opened"):
        read_basis(tmp_path / "none.safetensors")
    (tmp_path / "song.safetensors").write_bytes(b"la la la")
    with pytest.raises(CheckpointError, match=r"song\.safetensors holds no latent"):
        read_basis(tmp_path / "song.safetensors")
