"""Where the time of training goes, by a profiler."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import torch
from torch.profiler import ProfilerActivity, profile

# What operations and kernels of layers are called after…
ARITHMETIC = (
    "conv",
    "mm",
    "gemm",
    "xmma",
    "nvjet",
    "cutlass",
    "dgrad",
    "wgrad",
    "fprop",
)
# …and what the compiler's own ones begin with, whose names list all that they follow
FUSED = "triton_"
FUSED_PRODUCT = "triton_tem"
BUSY = 0.7  # less, and the device waits for the processor that gives it its work
SHOWN = 10

Bound = Literal["arithmetic", "memory", "waiting"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What a device does while it trains.

    Attributes
    ----------
    busy : float
        Share of the time in which it works; on a CPU, that of torch's operations.
    arithmetic : float
        Share of its work that is convolutions and matrix products; the rest passes
        through memory with little to compute: norms, activations, losses, the step.
    bound_by : str
        "waiting" for the processor, or whichever of the two is more.
    largest : dict of str to float
        The operations that take most, and their shares of its work.
    """

    busy: float
    arithmetic: float
    bound_by: Bound
    largest: dict[str, float]


def profiled(
    device: torch.device,
    timed: Callable[[Callable[[], object]], float],
    call: Callable[[], object],
) -> Profile:
    """What a device does during a call.

    Parameters
    ----------
    device : torch.device
    timed : callable
        Gives the seconds that a call takes until the device is done with it.
    call : callable
    """
    activities = [ProfilerActivity.CPU]
    if device.type == "cuda":
        activities.append(ProfilerActivity.CUDA)
    with profile(activities=activities, acc_events=True) as found:
        seconds = timed(call)
    taken = {
        one.key: float(one.self_device_time_total or one.self_cpu_time_total)
        for one in found.key_averages()
        if one.device_type.name == device.type.upper() and not one.is_user_annotation
    }
    work = max(sum(taken.values()), 1e-9)
    shares = {name: one / work for name, one in taken.items()}
    busy = min(1.0, work / (seconds * 1e6))
    arithmetic = sum(share for name, share in shares.items() if _computes(name))
    bound_by: Bound = "arithmetic" if arithmetic > 0.5 else "memory"
    most = sorted(shares, key=lambda name: -shares[name])[:SHOWN]
    return Profile(
        busy=busy,
        arithmetic=arithmetic,
        bound_by=bound_by if busy >= BUSY else "waiting",
        largest={name: shares[name] for name in most},
    )


def _computes(name: str) -> bool:
    if name.startswith(FUSED):
        return name.startswith(FUSED_PRODUCT)
    return any(word in name.lower() for word in ARITHMETIC)
