"""Half the mean squared difference of two images, in the fewest passes over memory.

Letters: B images, C channels, F frames, K kept coefficients, W those with room.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from vae.network.room import NONE, Room


def half_mean(mean: Tensor, u: Tensor, room: Room = NONE) -> Tensor:
    """½(u - mean)² of images, () their mean; u is given, not learned.

    Parameters
    ----------
    mean : (B, C, F, W)
        With room, its memory is taken for what is done here.
    u : (B, C, F, K)
    room : Room
    """
    if mean.device.type == "cpu":
        half: Tensor = _HalfMean.apply(mean, u, room)  # type: ignore[no-untyped-call]  # torch
        return half
    # Channels last: in no other order would the gradient be one of such maps.
    return 0.5 * functional.mse_loss(mean.movedim(1, -1), u.movedim(1, -1))


class _HalfMean(torch.autograd.Function):
    """The difference is kept, and becomes the gradient where it lies."""

    @staticmethod
    def forward(ctx: Any, mean: Tensor, u: Tensor, room: Room) -> Tensor:
        if room == NONE:
            error = mean - u
        else:
            error = mean.detach()
            room.inside(error).sub_(u)
            room.clear(error)
        ctx.save_for_backward(error)
        ctx.count = u.numel()
        rows = torch.linalg.vector_norm(error, dim=(1, 3))
        half: Tensor = 0.5 * rows.square().sum() / ctx.count
        return half

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        (error,) = ctx.saved_tensors
        return error.mul_(gradient / ctx.count), None, None
