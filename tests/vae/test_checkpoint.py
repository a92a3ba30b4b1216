from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch

from tests.models import TINY, saved, untrained
from vae.checkpoint import (
    FORMAT,
    Checkpoint,
    load_checkpoint,
    save_checkpoint,
    write_traits,
)
from vae.errors import CheckpointError
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits, Change


def test_a_model_comes_back_as_it_was(tmp_path: Path) -> None:
    before = untrained()
    after = saved(TINY, tmp_path / "m.safetensors")
    assert after.config == before.config
    assert [song.title for song in after.songs] == ["song 0", "song 1", "song 2"]
    for old, new in zip(before.songs, after.songs, strict=True):
        assert np.allclose(old.path, new.path, atol=1e-2)
    assert np.array_equal(after.statistics.scale, before.statistics.scale)
    assert np.array_equal(after.basis.axes, before.basis.axes)
    path = torch.randn(1, 64, 4)
    old_scale = before.model().eval().decoder(path).log_scale
    assert torch.equal(after.model().eval().decoder(path).log_scale, old_scale)


def test_half_is_half_the_size_and_nearly_the_same(tmp_path: Path) -> None:
    whole, half = tmp_path / "whole.safetensors", tmp_path / "half.safetensors"
    save_checkpoint(whole, untrained())
    save_checkpoint(half, untrained(), half=True)
    assert half.stat().st_size < 0.75 * whole.stat().st_size
    weights = load_checkpoint(half).weights
    for name, tensor in load_checkpoint(whole).weights.items():
        assert weights[name].dtype == tensor.dtype
        assert torch.allclose(weights[name].float(), tensor.float(), atol=1e-2)


def test_the_hash_tells_models_apart(tmp_path: Path) -> None:
    first = saved(TINY, tmp_path / "a.safetensors", seed=0)
    again = saved(TINY, tmp_path / "b.safetensors", seed=0)
    other = saved(TINY, tmp_path / "c.safetensors", seed=1)
    assert first.model_hash == again.model_hash != other.model_hash


def test_a_newer_version_is_refused_politely(tmp_path: Path) -> None:
    path = tmp_path / "new.safetensors"
    metadata = {"format": FORMAT, "version": "99"}
    safetensors.torch.save_file({"a": torch.zeros(1)}, path, metadata)
    with pytest.raises(CheckpointError, match=r"version 99.*newer one is needed"):
        load_checkpoint(path)


def test_other_files_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    with pytest.raises(CheckpointError, match="cannot be opened"):
        load_checkpoint(path)
    path.write_bytes(b"no model at all")
    with pytest.raises(CheckpointError, match="not a model file"):
        load_checkpoint(path)
    safetensors.torch.save_file({"a": torch.zeros(1)}, path)
    with pytest.raises(CheckpointError, match="not a model of this program"):
        load_checkpoint(path)


def test_any_truncation_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    save_checkpoint(path, untrained())
    content = path.read_bytes()
    for share in (0.0, 0.001, 0.3, 0.99):
        path.write_bytes(content[: int(share * len(content))])
        with pytest.raises(CheckpointError):
            load_checkpoint(path)


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    del tmp_path
    wrong: Checkpoint = replace(untrained(), config=replace(TINY, templates=13))
    with pytest.raises(CheckpointError, match="do not fit"):
        wrong.model()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be written"):
        save_checkpoint(tmp_path / "nowhere" / "m.safetensors", untrained())


def test_what_axes_do_is_kept_and_leaves_the_model_the_same(tmp_path: Path) -> None:
    path = tmp_path / "m.safetensors"
    before = saved(TINY, path)
    assert before.traits == ()
    change = Change(trait="width", per_sigma=0.2, correlation=0.9, weight=0.3)
    traits = [AxisTraits(name=f"wide {n}", changes=(change,)) for n in range(64)]
    along = Direction(vector=np.full(64, 0.125, np.float32), does=traits[3])
    write_traits(path, traits, [along], path)
    after = load_checkpoint(path)
    assert after.traits == tuple(traits)
    assert after.model_hash == before.model_hash
    save_checkpoint(path, after)
    again = load_checkpoint(path)
    assert again.traits == tuple(traits)
    (direction,) = again.directions
    assert direction.does == traits[3]
    np.testing.assert_array_equal(direction.vector, along.vector)
    write_traits(path, traits[:3], [], path)
    with pytest.raises(CheckpointError, match="another number of axes"):
        load_checkpoint(path)
    other = tmp_path / "other.safetensors"
    saved(TINY, other)
    short = Direction(vector=np.ones(3, np.float32), does=traits[3])
    write_traits(other, traits, [short], other)
    with pytest.raises(CheckpointError, match="directions are of another size"):
        load_checkpoint(other)
