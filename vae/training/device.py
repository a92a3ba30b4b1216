"""What a training runs on: the device, its precision, how much memory it has."""

import os
import platform
from collections.abc import Callable

import torch
from torch import Tensor, nn

from vae.config import DeviceName, Precision
from vae.errors import TrainingError

Backend = Callable[[torch.fx.GraphModule, list[Tensor]], Callable[..., object]]


def choose_device(name: DeviceName, local_rank: int = 0) -> torch.device:
    """The device of a name; `auto` is the fastest there is.

    Raises
    ------
    TrainingError
        This machine has no such device.
    """
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if present[kind])
    if not present[name]:
        raise TrainingError(f"this machine has no {name} device; use --device auto")
    if name == "cuda":
        torch.cuda.set_device(local_rank)
        return torch.device("cuda", local_rank)
    return torch.device(name)


def choose_dtype(precision: Precision, device: torch.device) -> torch.dtype:
    """What the layers compute in; weights and losses are float32 in any case."""
    if precision == "auto":
        capable = device.type == "cuda" and torch.cuda.is_bf16_supported()
        return torch.bfloat16 if capable else torch.float32
    return torch.bfloat16 if precision == "bfloat16" else torch.float32


def compute_exactly() -> None:
    """Let a graphics card round float32 to nothing less: convolutions keep 10 bits."""
    torch.backends.cudnn.conv.fp32_precision = "ieee"  # type: ignore[attr-defined]  # set at run time


def compile_if_possible(module: nn.Module, backend: Backend | str = "inductor") -> None:
    """Let a module be compiled when it is first called, where there is a compiler.

    A graphics card needs Triton, which Windows has not, and Triton a C compiler, which
    many machines lack. There the module works as it is, only slower; a warning says so.
    """
    from torch._dynamo import config  # takes a second, and only this needs it

    config.suppress_errors = True
    module.compile(dynamic=False, backend=backend)


def device_name(device: torch.device) -> str:
    """What people call it."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return platform.processor() or platform.machine()


def most_memory(device: torch.device) -> int:
    """Bytes allocated on the device at most so far; 0 where it does not tell."""
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    if device.type == "mps":
        return torch.mps.driver_allocated_memory()
    return 0


def free_memory(device: torch.device) -> int:
    """Bytes that are free on the device; 0 where nobody knows."""
    if device.type == "cuda":
        return torch.cuda.mem_get_info(device)[0]
    if device.type == "cpu" and hasattr(os, "sysconf"):
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0
