"""Training that goes on from a model's weights."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.models import TINY
from tests.vae.training.songs import SHORT, begun, options_of, resumed, run_of
from vae.checkpoint import load_checkpoint
from vae.errors import CheckpointError, TrainingError
from vae.presets import SEED, STILL, further
from vae.training.loop import train
from vae.training.records import Epoch, Record

FEW = replace(SHORT, epochs=1, learning_rate=1e-5, beta_warmup_epochs=0, norm_epochs=0)


def begun_from(base: Path, folder: Path, songs: Path) -> list[Record]:
    """What a short run from a model told."""
    run = begun(folder, options_of(songs, TINY, FEW, base))
    told: list[Record] = []
    options = run.reopen()
    train(options, run, cache=songs.parent / "cache", listen=told.append)
    return told


def test_a_run_begins_where_its_base_ended(tmp_path: Path, songs: Path) -> None:
    before = run_of(tmp_path / "before", songs)
    base = tmp_path / "before" / "best.safetensors"
    told = begun_from(base, tmp_path / "after", songs)
    (epoch,) = [record for record in told if isinstance(record, Epoch)]
    best = min(one.validation.nats for one in before.epochs)
    assert epoch.validation.nats == pytest.approx(best, abs=0.02)
    assert before.epochs[0].validation.nats > best + 0.02  # as one from nothing
    after = load_checkpoint(tmp_path / "after" / "model.safetensors")
    assert (after.statistics.scale == before.checkpoint.statistics.scale).all()


def test_it_goes_on_when_its_base_is_gone(tmp_path: Path, songs: Path) -> None:
    run_of(tmp_path / "before", songs)
    base = (tmp_path / "before" / "model.safetensors").rename(tmp_path / "base.st")
    begun_from(base, tmp_path / "whole" / "run", songs)
    begun_from(base, tmp_path / "cut" / "run", songs)
    base.unlink()
    for left in ("last", "best", "model"):
        (tmp_path / "cut" / "run" / f"{left}.safetensors").unlink()
    again = resumed(tmp_path / "cut" / "run", songs).checkpoint
    whole = load_checkpoint(tmp_path / "whole" / "run" / "model.safetensors")
    for name, weights in whole.weights.items():
        assert torch.equal(weights, again.weights[name])


def test_a_base_that_does_not_fit_is_refused(tmp_path: Path, songs: Path) -> None:
    run_of(tmp_path / "before", songs)
    base = tmp_path / "before" / "model.safetensors"
    wider = replace(TINY, widths=(24,))
    run = begun(tmp_path / "wide", options_of(songs, wider, FEW, base))
    with pytest.raises(TrainingError, match="another network"):
        train(run.reopen(), run, cache=songs.parent / "cache")
    nothing = options_of(songs, TINY, FEW, tmp_path / "nothing.safetensors")
    run = begun(tmp_path / "none", nothing)
    with pytest.raises(CheckpointError, match="no such file"):
        train(run.reopen(), run, cache=songs.parent / "cache")


def test_a_trained_model_is_trained_further_by_its_own_recipe() -> None:
    for preset in (SEED, STILL):
        found = further(preset.model)
        assert found.samples_per_epoch == preset.train.samples_per_epoch
        assert found.learning_rate < preset.train.learning_rate
        assert (found.beta_warmup_epochs, found.norm_epochs) == (0, 0)
    assert further(replace(STILL.model, latent_size=32)).sample_frames == 0
