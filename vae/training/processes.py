"""The processes that train together, as `torchrun` starts them; mostly just one.

Each takes its part of every batch. What depends on the whole batch (batch norm, the
latents' covariance) is summed over all of them, with gradients, so that N processes
take the same step as one with the joined batch.

Letters: B images of this process, N processes.
"""

import atexit
import gc
import os
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.distributed.nn.functional import all_reduce

from vae.errors import TrainingError

PATIENCE = timedelta(hours=2)  # for the process that prepares the songs

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Processes:
    """Which of them this is."""

    rank: int = 0  # of all; 0 writes the run folder
    count: int = 1  # N
    local_rank: int = 0  # of those on this machine

    @property
    def leads(self) -> bool:
        """True in the one that writes."""
        return self.rank == 0

    def wait(self) -> None:
        """Until all have come so far."""
        if self.count > 1:
            dist.barrier()

    def told(self, value: T) -> T:
        """The value of the process that leads."""
        if self.count == 1:
            return value
        values = [value]
        dist.broadcast_object_list(values, src=0)
        return values[0]

    def mean(self, values: Tensor) -> Tensor:
        """The mean over all processes of values of any shape, without gradients."""
        if self.count == 1:
            return values
        values = values.clone()
        dist.all_reduce(values)
        return values / self.count

    def joined(self, values: Tensor) -> Tensor:
        """(B, …) of this process as (N·B, …) of all, with gradients."""
        if self.count == 1:
            return values
        whole = values.new_zeros((self.count, *values.shape))
        whole = whole.index_copy(
            0, torch.tensor([self.rank], device=values.device), values[None]
        )
        return _summed(whole).flatten(0, 1)

    def join_norms(self, model: nn.Module) -> None:
        """Have every batch norm of a network see the joined batch."""
        if self.count == 1:
            return
        for module in model.modules():
            if type(module) is nn.BatchNorm2d:
                module.__class__ = JoinedBatchNorm2d


class JoinedBatchNorm2d(nn.BatchNorm2d):
    """Batch norm over the images of all processes; on any device, unlike torch's."""

    def forward(self, maps: Tensor) -> Tensor:
        """(B, channels, rows, columns) in and out."""
        if not self.training:
            return super().forward(maps)
        assert self.running_mean is not None
        assert self.running_var is not None
        assert self.num_batches_tracked is not None
        count = dist.get_world_size()
        values = maps.float()
        mean = _summed(values.mean(dim=(0, 2, 3))) / count
        centred = values - mean[:, None, None]
        variance = _summed(centred.square().mean(dim=(0, 2, 3))) / count
        with torch.no_grad():
            number = count * maps.numel() / maps.shape[1]
            unbiased = variance * number / max(1.0, number - 1)
            momentum = 0.1 if self.momentum is None else self.momentum
            self.running_mean.lerp_(mean, momentum)
            self.running_var.lerp_(unbiased, momentum)
            self.num_batches_tracked += 1
        normed = centred * torch.rsqrt(variance + self.eps)[:, None, None]
        scaled: Tensor = normed * self.weight[:, None, None] + self.bias[:, None, None]
        return scaled.to(maps.dtype)


def _summed(values: Tensor) -> Tensor:
    """Of all processes, with gradients."""
    total: Tensor = all_reduce(values)  # type: ignore[no-untyped-call]  # torch
    return total


def leads() -> bool:
    """True in the process that writes, of those that `torchrun` started."""
    return os.environ.get("RANK", "0") == "0"


def join_processes(device_type: str) -> Processes:
    """Find the processes that `torchrun` started; or this one is alone.

    They stay together until this one ends.

    Raises
    ------
    TrainingError
        They do not find one another.
    """
    count = int(os.environ.get("WORLD_SIZE", "1"))
    if count == 1:
        return Processes()
    try:
        backend = "nccl" if device_type == "cuda" else "gloo"
        dist.init_process_group(backend, timeout=PATIENCE)
    except (RuntimeError, ValueError) as error:
        raise TrainingError(
            f"the processes do not find one another: {error}"
        ) from error
    atexit.register(_part)
    return Processes(
        rank=dist.get_rank(),
        count=count,
        local_rank=int(os.environ.get("LOCAL_RANK", "0")),
    )


def _part() -> None:
    """Leave the others, when nothing but torch itself holds the group any more.

    Whoever lets go of the group last waits for its threads, and they may wait for the
    interpreter's lock. Torch gives the lock away meanwhile, except where the last to
    let go is a `DistributedDataParallel`: then neither ever ends.
    """
    gc.collect()
    dist.destroy_process_group()
