"""Batch norm in training, for channels that do not fill a CPU's cache lines.

In torch's own backward pass each thread sums up its part of the positions in as many
numbers as there are channels, one thread's beside the next's: where both lie in one
cache line, threads wait for one another at every position, and two of them take longer
than one. Here a row of a map, all columns and channels of it, is taken for channels
while sums are made. Results are those of torch's own up to rounding.

Letters: B batch, P and Q rows and columns of a map, C channels.
"""

from typing import Any, TypeGuard

import torch
from torch import Tensor, nn

from vae.network.blocks import VECTOR


def fits(norm: nn.Module, maps: Tensor) -> TypeGuard[nn.BatchNorm2d]:
    """Whether (B, C, P, Q) maps are normed faster here."""
    return (
        type(norm) is nn.BatchNorm2d
        and norm.training
        and maps.device.type == "cpu"
        and maps.dtype == norm.weight.dtype
        and maps.shape[1] % VECTOR > 0
    )


def normed(maps: Tensor, norm: nn.BatchNorm2d) -> Tensor:
    """What the norm gives of maps that fit; its running statistics take them in."""
    assert norm.num_batches_tracked is not None
    norm.num_batches_tracked += 1
    last = maps.contiguous(memory_format=torch.channels_last)
    out: Tensor = _RowNorm.apply(  # type: ignore[no-untyped-call]  # torch
        last,
        norm.weight,
        norm.bias,
        norm.running_mean,
        norm.running_var,
        norm.momentum,
        norm.eps,
    )
    return out


class _RowNorm(torch.autograd.Function):
    """Forward as torch does it, backward by rows."""

    @staticmethod
    def forward(ctx: Any, maps: Tensor, weight: Tensor, *others: Any) -> Tensor:
        bias, running_mean, running_variance, momentum, eps = others
        out, mean, reciprocal = torch.native_batch_norm(
            maps, weight, bias, running_mean, running_variance, True, momentum, eps
        )
        ctx.save_for_backward(maps, weight, mean, reciprocal)
        return out

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        maps, weight, mean, reciprocal = ctx.saved_tensors
        batch, channels, rows, columns = maps.shape

        def laid(tensor: Tensor) -> Tensor:  # (B·P, Q·C)
            return tensor.permute(0, 2, 3, 1).reshape(batch * rows, -1)

        def along(each: Tensor) -> Tensor:  # (C,) to (Q·C,)
            return each.repeat(columns)

        def summed(each: Tensor) -> Tensor:  # (Q·C,) to (C,)
            return each.view(columns, channels).sum(0)

        # At a fixed mean and variance torch gives the sums that are wanted.
        _, by_weight, by_bias = torch.ops.aten.native_batch_norm_backward(
            laid(gradient),
            laid(maps),
            None,
            along(mean),
            along(reciprocal**-2),
            None,
            None,
            False,
            0.0,
            [False, True, True],
        )
        by_weight, by_bias = summed(by_weight), summed(by_bias)
        scale = weight * reciprocal
        slope = -scale * reciprocal * by_weight / (batch * rows * columns)
        shift = -scale * by_bias / (batch * rows * columns) - slope * mean
        by_maps = torch.addcmul(along(shift), laid(maps), along(slope))
        by_maps.addcmul_(laid(gradient), along(scale))
        last = by_maps.view(batch, rows, columns, channels)
        return last.permute(0, 3, 1, 2), by_weight, by_bias, *[None] * 4
