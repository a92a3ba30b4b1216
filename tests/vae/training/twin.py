"""One of several processes that take a step together; see `test_processes`.

Its arguments: the folder of songs, the folder to leave its gradients in, the network.
"""

import sys
from pathlib import Path

import safetensors.torch
import torch

from tests.vae.training.songs import options_of, trained_split
from tests.vae.training.test_processes import CONFIG, MODELS
from vae.training.processes import join_processes
from vae.training.trainer import Trainer


def main(songs: Path, out: Path, name: str) -> None:
    torch.set_num_threads(1)
    options = options_of(songs, MODELS[name], CONFIG)
    together = join_processes("cpu")
    trainer = Trainer(options, trained_split(options), torch.device("cpu"), together)
    for _ in trainer.train_epoch(0, 0):
        pass
    gradients = {
        name: parameter.grad
        for name, parameter in trainer.model.named_parameters()
        if parameter.grad is not None
    }
    safetensors.torch.save_file(gradients, out / f"{together.rank}.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
