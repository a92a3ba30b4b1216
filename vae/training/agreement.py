"""Whether a device learns as a CPU does: the losses of the first steps of both.

The same weights, songs, draws and noise go into both, so that losses differ by rounding
alone: float32 on a graphics card sums in another order, bfloat16 keeps 8 bits.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import torch

from vae.config import Precision
from vae.dataset import Split
from vae.training.options import Options
from vae.training.trainer import Trainer

STEPS = 3


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """The largest differences of losses, as shares of the CPU's in float32."""

    float32: float  # 1e-4 and less is as it should be
    bfloat16: float  # 1e-2


def agreement(
    options: Options,
    split: Split,
    device: torch.device,
    told: Callable[[str, float], None],
) -> Agreement:
    """Take the first steps on a CPU, and on a device in either precision.

    Parameters
    ----------
    options : Options
        Of a run; its device and precision do not count.
    split : Split
    device : torch.device
    told : callable
        Called with what is done, and the share of it.
    """

    def losses(place: torch.device, precision: Precision, done: int) -> list[float]:
        told("comparing losses", done / 3)
        train = replace(options.train, precision=precision)
        return _first_losses(replace(options, train=train), split, place)

    expected = losses(torch.device("cpu"), "float32", 0)
    return Agreement(
        float32=_difference(losses(device, "float32", 1), expected),
        bfloat16=_difference(losses(device, "bfloat16", 2), expected),
    )


def _first_losses(options: Options, split: Split, device: torch.device) -> list[float]:
    trainer = Trainer(options, split, device)
    steps = (step for some in trainer.train_epoch(0, 0) for step in some)
    return [step.loss for step in islice(steps, STEPS)]


def _difference(losses: list[float], expected: list[float]) -> float:
    pairs = zip(losses, expected, strict=True)
    return max(abs(loss - other) / abs(other) for loss, other in pairs)
