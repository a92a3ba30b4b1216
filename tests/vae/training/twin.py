"""One of several processes that take a step together; see `test_processes`.

Its arguments: the folder of songs, the folder to leave in what became of its networks.
"""

import sys
from dataclasses import replace
from pathlib import Path

import safetensors.torch
import torch
from torch import Tensor

from tests.models import TINY
from tests.vae.training.songs import SHORT, options_of, trained_split
from vae.config import ModelConfig
from vae.training.processes import Processes, join_processes
from vae.training.trainer import Trainer

CONFIG = replace(SHORT, samples_per_epoch=4, beta_warmup_epochs=0, gradient_norm=1e9)
MODELS: dict[str, ModelConfig] = {
    "dictionary": replace(TINY, frames=256, frames_per_latent=8),
    "strided": replace(TINY, network="strided", widths=(8,), likelihood="gaussian"),
}
GRADIENT = "gradient of "


def after_a_step(
    songs: Path, model: ModelConfig, together: Processes | None = None
) -> dict[str, Tensor]:
    """The gradients of a step, and what the network is after it."""
    options = options_of(songs, model, CONFIG)
    split = trained_split(options)
    trainer = Trainer(options, split, torch.device("cpu"), together or Processes())
    for _ in trainer.train_epoch(0, 0):
        pass
    gradients = {
        GRADIENT + name: parameter.grad
        for name, parameter in trainer.model.named_parameters()
        if parameter.grad is not None
    }
    return gradients | dict(trainer.model.state_dict())


def main(songs: Path, out: Path) -> None:
    torch.set_num_threads(1)
    together = join_processes("cpu")
    for name, model in MODELS.items():
        found = after_a_step(songs, model, together)
        safetensors.torch.save_file(found, out / f"{name} {together.rank}.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
