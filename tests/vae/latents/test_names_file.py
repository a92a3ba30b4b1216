from pathlib import Path

import numpy as np
import pytest

from tests.models import TINY, saved
from vae.checkpoint import write_traits
from vae.errors import CheckpointError
from vae.latents.directions import Direction
from vae.latents.names_file import read_names
from vae.latents.traits import AxisTraits, Change


def test_names_are_read_back_and_a_model_without_has_none(tmp_path: Path) -> None:
    model = tmp_path / "model.safetensors"
    saved(TINY, model)
    assert read_names(model).traits == ()
    assert read_names(model).directions == ()
    rise = Change(trait="loudness", per_sigma=2.0, correlation=0.9, weight=2.0)
    louder = AxisTraits(name="louder", opposite="softer", changes=(rise,))
    traits = (louder, *[AxisTraits()] * 63)
    way = Direction(vector=np.eye(64, dtype=np.float32)[3], does=louder)
    write_traits(model, traits, (way,), model)
    found = read_names(model)
    assert found.traits == traits
    assert found.directions[0].does == louder
    assert np.array_equal(found.directions[0].vector, way.vector)


def test_what_is_no_model_has_no_names_to_read(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no such file"):
        read_names(tmp_path / "gone.safetensors")
    (tmp_path / "text.safetensors").write_text("no model")
    with pytest.raises(CheckpointError, match="is not a model file"):
        read_names(tmp_path / "text.safetensors")
