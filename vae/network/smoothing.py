"""Power averaged over blocks in time and frequency, as its logarithm.

The power of a single coefficient is mostly chance: its logarithm is taken only after
averaging over neighbours.
"""

import torch
from torch import Tensor
from torch.nn import functional

from vae.network.dictionary import POWER_FLOOR

SMOOTH_FRAMES, SMOOTH_COEFFICIENTS = 3, 9


def log_blocks(power: Tensor, *, frames: int = SMOOTH_FRAMES) -> Tensor:
    """Logarithm of (B, C, F, K) power in corpus units, floored at -40 dB.

    (B, C, ⌈F / frames⌉, bands): the mean over `frames` × `SMOOTH_COEFFICIENTS`, at the
    ends over those that there are.
    """
    averaged = functional.avg_pool2d(
        power, (frames, SMOOTH_COEFFICIENTS), ceil_mode=True
    )
    return torch.log(averaged + POWER_FLOOR)


def band_count(kept: int) -> int:
    """How many blocks lie over `kept` coefficients."""
    return -(-kept // SMOOTH_COEFFICIENTS)
