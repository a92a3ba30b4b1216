"""Half the mean squared difference of two images, in the fewest passes over memory.

Letters: B images, C channels, F frames, K kept coefficients.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


def half_mean(mean: Tensor, u: Tensor) -> Tensor:
    """½(u - mean)² of (B, C, F, K) images, () their mean; u is given, not learned."""
    # Channels last: in no other order would the gradient be one of such maps.
    mean, u = mean.movedim(1, -1), u.movedim(1, -1)
    if mean.device.type != "cpu":
        return 0.5 * functional.mse_loss(mean, u)
    half: Tensor = _HalfMean.apply(mean, u)  # type: ignore[no-untyped-call]  # torch
    return half


class _HalfMean(torch.autograd.Function):
    """The difference is kept, and is the gradient but for a factor."""

    @staticmethod
    def forward(ctx: Any, mean: Tensor, u: Tensor) -> Tensor:
        error = mean - u
        ctx.save_for_backward(error)
        rows = torch.linalg.vector_norm(error.flatten(2), dim=2)
        half: Tensor = 0.5 * rows.square().sum() / error.numel()
        return half

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        (error,) = ctx.saved_tensors
        return error * (gradient / error.numel()), None
