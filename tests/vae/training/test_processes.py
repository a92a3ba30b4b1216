import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import safetensors.torch
import torch

from tests.models import TINY
from tests.vae.training.songs import SHORT, options_of, run_of, trained_split
from tests.vae.training.twin import CONFIG, GRADIENT, MODELS, after_a_step
from vae.checkpoint import load_checkpoint
from vae.config import TrainConfig
from vae.errors import TrainingError
from vae.training.options import OPTIONS
from vae.training.processes import Processes
from vae.training.reader import read_log
from vae.training.records import End, Start
from vae.training.trainer import Trainer

PATIENCE_S = 200  # on a busy machine torch alone takes half a minute to come up


def in_two_processes(module: str, *arguments: str) -> None:
    """Run a module as `torchrun` does, and see that it went well.

    A group of processes is made once in a run: made again, it may find the addresses of
    the one before and wait for them without end.
    """
    launch = ["-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    with subprocess.Popen(
        [sys.executable, *launch, "-m", module, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as both:
        try:
            _, told = both.communicate()
        except BaseException:
            both.terminate()  # killed, it would leave its two behind
            raise
    assert both.returncode == 0, told[-3000:]


@pytest.fixture(scope="module")
def twins(songs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which two processes have left their networks after a step."""
    folder = tmp_path_factory.mktemp("twins")
    in_two_processes("tests.vae.training.twin", str(songs), str(folder))
    return folder


@pytest.mark.timeout(PATIENCE_S)
@pytest.mark.parametrize("name", MODELS)
def test_two_processes_take_the_step_that_one_takes_with_the_joined_batch(
    songs: Path, twins: Path, name: str
) -> None:
    expected = after_a_step(songs, MODELS[name])
    gradients = [one for key, one in expected.items() if key.startswith(GRADIENT)]
    largest = max(float(gradient.abs().max()) for gradient in gradients)
    for rank in (0, 1):
        found = safetensors.torch.load_file(twins / f"{name} {rank}.safetensors")
        assert set(found) == set(expected)
        for key, one in expected.items():
            allowed = 1e-5 * max(1, largest) if key.startswith(GRADIENT) else 1e-3
            assert (found[key] - one).abs().max() < allowed, key


@pytest.mark.timeout(PATIENCE_S)
def test_two_processes_leave_one_run_and_the_model_of_one_alone(
    songs: Path, tmp_path: Path
) -> None:
    model, config = MODELS["dictionary"], replace(CONFIG, epochs=2)
    alone = run_of(tmp_path / "alone", songs, model, config)
    run, cache = tmp_path / "run", str(songs.parent / "cache")
    run.mkdir()
    options = options_of(songs, model, config)
    (run / OPTIONS).write_text(options.to_json())  # claimed by none yet
    in_two_processes(
        "vae", "train", "--resume", str(run), "--cache", cache, "--no-names"
    )
    records = read_log(run)
    assert len([record for record in records if isinstance(record, End)]) == 1
    (start,) = [record for record in records if isinstance(record, Start)]
    assert start.processes == 2
    together = load_checkpoint(run / "model.safetensors")
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
