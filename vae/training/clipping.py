"""Gradients kept from growing beyond a joint norm."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn


def clip_gradients(parameters: Sequence[Tensor], most: float) -> Tensor:
    """Scale gradients down where their joint norm exceeds `most`; () that norm before.

    On a CPU torch takes the norm of a whole tensor in one thread, but norms of its rows
    in all, and it costs nothing there to see that gradients can stay as they are.
    """
    gradients = [p.grad for p in parameters if p.grad is not None]
    if gradients[0].device.type != "cpu":
        return nn.utils.clip_grad_norm_(parameters, most)
    rows = [g.flatten(1) if g.dim() > 1 else g.view(1, -1) for g in gradients]
    each = [torch.linalg.vector_norm(row, dim=1) for row in rows]
    norm: Tensor = torch.linalg.vector_norm(torch.cat(each))
    if not norm <= most:
        nn.utils.clip_grads_with_norm_(parameters, most, norm)
    return norm
