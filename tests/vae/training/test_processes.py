import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from tests.models import TINY
from tests.vae.training.songs import SHORT, begun, options_of, run_of, trained_split
from vae.checkpoint import load_checkpoint
from vae.config import ModelConfig, TrainConfig
from vae.errors import TrainingError
from vae.training.processes import Processes
from vae.training.reader import read_log
from vae.training.records import End, Start
from vae.training.trainer import Trainer

CONFIG = replace(SHORT, samples_per_epoch=4, beta_warmup_epochs=0, gradient_norm=1e9)
MODELS: dict[str, ModelConfig] = {
    "dictionary": replace(TINY, frames=256, frames_per_latent=8),
    "strided": replace(TINY, network="strided", widths=(8,), likelihood="gaussian"),
}


def gradients(songs: Path, model: ModelConfig) -> dict[str, torch.Tensor]:
    options = options_of(songs, model, CONFIG)
    trainer = Trainer(options, trained_split(options), torch.device("cpu"))
    for _ in trainer.train_epoch(0, 0):
        pass
    return {
        name: parameter.grad
        for name, parameter in trainer.model.named_parameters()
        if parameter.grad is not None
    }


def in_two_processes(module: str, *arguments: str) -> None:
    """Run a module as `torchrun` does, and see that it went well.

    A group of processes is made once in a run: made again, it may find the addresses of
    the one before and wait for them without end.
    """
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    done = subprocess.run(
        [sys.executable, *launch, "-m", module, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,  # on a busy machine torch alone takes half a minute to come up
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("name", MODELS)
def test_two_processes_take_the_step_that_one_takes_with_the_joined_batch(
    songs: Path, tmp_path: Path, name: str
) -> None:
    expected = gradients(songs, MODELS[name])
    alone = run_of(tmp_path / "alone", songs, MODELS[name], replace(CONFIG, epochs=2))
    in_two_processes("tests.vae.training.twin", str(songs), str(tmp_path), name)
    largest = max(float(gradient.abs().max()) for gradient in expected.values())
    for rank in (0, 1):
        found = safetensors.torch.load_file(tmp_path / f"{rank}.safetensors")
        assert set(found) == set(expected)
        for key, gradient in expected.items():
            assert (found[key] - gradient).abs().max() < 1e-5 * max(1, largest), key
    run = begun(
        tmp_path / "run", options_of(songs, MODELS[name], replace(CONFIG, epochs=2))
    )
    cache = str(songs.parent / "cache")
    in_two_processes("vae", "train", "--resume", str(run.path), "--cache", cache)
    records = read_log(tmp_path / "run")
    assert len([record for record in records if isinstance(record, End)]) == 1
    (start,) = [record for record in records if isinstance(record, Start)]
    assert start.processes == 2
    together = load_checkpoint(tmp_path / "run" / "model.safetensors")
    for key, tensor in alone.checkpoint.weights.items():
        assert torch.allclose(tensor, together.weights[key], atol=1e-3), key


def test_a_batch_that_cannot_be_shared_is_refused(songs: Path) -> None:
    options = options_of(songs, TINY, replace(SHORT, batch_size=4))
    with pytest.raises(TrainingError, match="multiples of 3"):
        Trainer(
            options,
            trained_split(options),
            torch.device("cpu"),
            Processes(rank=0, count=3),
        )


def test_the_first_losses_are_the_same_in_bfloat16(songs: Path) -> None:
    def losses(config: TrainConfig) -> list[float]:
        options = options_of(songs, TINY, config)
        trainer = Trainer(options, trained_split(options), torch.device("cpu"))
        trainer.start(lambda _share: None)
        steps = [step for some in trainer.train_epoch(0, 0) for step in some]
        return [step.nats for step in steps]

    config = replace(SHORT, learning_rate=3e-4)
    full = losses(config)
    half = losses(replace(config, precision="bfloat16"))
    assert full != half
    assert half == pytest.approx(full, abs=1e-2)
