"""All of a training that changes from step to step, to be saved and taken up again."""

from collections.abc import Sequence

import torch
from torch import Tensor

from vae.errors import TrainingError
from vae.training.trainer import Trainer


def snapshot(trainer: Trainer, *, lasting: bool) -> dict[str, Tensor]:
    """All that changes from step to step, on the CPU.

    What is to be `lasting` stays as it is; else it may change with the next step.
    """
    tensors = {f"model.{n}": t for n, t in trainer.model.state_dict().items()}
    for name, tensor in trainer.average.model.state_dict().items():
        tensors[f"average.{name}"] = tensor
    for index, moments in trainer.optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{index}.{n}": t for n, t in moments.items()}
    tensors["average_steps"] = torch.tensor(trainer.average.steps)
    return {name: t.to("cpu", copy=lasting).contiguous() for name, t in tensors.items()}


def restore(trainer: Trainer, tensors: dict[str, Tensor]) -> None:
    """Take back what `snapshot` gave.

    Raises
    ------
    TrainingError
        It belongs to another network.
    """
    try:
        trainer.model.load_state_dict(_under(tensors, "model."))
        trainer.average.model.load_state_dict(_under(tensors, "average."))
        trainer.average.resume(int(tensors["average_steps"]))
        state = trainer.optimizer.state_dict()
        state["state"] = _moments(
            _under(tensors, "optimizer."), list(trainer.model.parameters())
        )
        trainer.optimizer.load_state_dict(state)
    except (RuntimeError, ValueError, KeyError) as error:
        raise TrainingError(f"the run cannot be resumed: {error}") from error


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }


def _moments(
    tensors: dict[str, Tensor], parameters: Sequence[Tensor]
) -> dict[int, dict[str, Tensor]]:
    """By parameter, laid in memory as the parameter is: the optimiser expects it."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        index, moment = name.split(".")
        like = parameters[int(index)]
        alike = tensor.shape == like.shape  # all but a count of steps
        laid = torch.empty_like(like).copy_(tensor) if alike else tensor
        state.setdefault(int(index), {})[moment] = laid
    return state
