"""Batch norm and leaky ReLU in training, for channels that fill no CPU's cache lines.

In torch's own backward pass each thread sums up its part of the positions in as many
numbers as there are channels, one thread's beside the next's: where both lie in one
cache line, threads wait for one another at every position, and two of them take longer
than one. Here a row of a map, all columns and channels of it, is taken for channels
while sums are made. Maps may have room that they need not have after, or the other way
round: to norm them is to copy them, whatever their channels fill. Results are those of
torch's own up to rounding.

Letters: B batch, P rows and Q columns of a map, W columns with its room, C channels.
"""

from typing import Any, TypeGuard

import torch
from torch import Tensor, nn
from torch.nn import functional

from vae.network.blocks import VECTOR
from vae.network.room import NONE, Room


def fits(norm: nn.Module, maps: Tensor, has: Room = NONE) -> TypeGuard[nn.BatchNorm2d]:
    """Whether (B, C, P, W) maps with such room are normed faster here."""
    return (
        type(norm) is nn.BatchNorm2d
        and norm.training
        and maps.device.type == "cpu"
        and maps.dtype == norm.weight.dtype
        and (maps.shape[1] % VECTOR > 0 or has != NONE)
    )


def activated(
    maps: Tensor,
    norm: nn.BatchNorm2d,
    leak: float,
    has: Room = NONE,
    wanted: Room = NONE,
) -> Tensor:
    """What norm and leaky ReLU give of maps; the norm's statistics take them in.

    Parameters
    ----------
    maps : (B, C, P, W)
        That fit, with the room they have; what lies in it may be anything.
    norm : nn.BatchNorm2d
    leak : float
        Slope of the leaky ReLU below zero.
    has, wanted : Room
        Of the maps, and of those given: zeros.
    """
    assert norm.num_batches_tracked is not None
    norm.num_batches_tracked += 1
    last = maps.contiguous(memory_format=torch.channels_last)
    out: Tensor = _RowNorm.apply(  # type: ignore[no-untyped-call]  # torch
        last, norm.weight, norm.bias, norm, leak, has, wanted
    )
    return out


class _RowNorm(torch.autograd.Function):
    """Both ways by rows."""

    @staticmethod
    def forward(
        ctx: Any, maps: Tensor, weight: Tensor, bias: Tensor, *others: Any
    ) -> Tensor:
        norm, leak, has, wanted = others
        inside = has.inside(maps)
        mean, variance = _statistics(maps, has)
        _take_in(norm, mean, variance, inside.numel() // len(mean))
        reciprocal = torch.rsqrt(variance + norm.eps)
        scale = weight * reciprocal
        out: Tensor = wanted.around(inside)
        torch.addcmul(
            _along(bias - mean * scale, inside),
            _rows(inside),
            _along(scale, inside),
            out=_rows(wanted.inside(out)),
        )
        functional.leaky_relu_(out, leak)
        ctx.save_for_backward(maps, out, weight, mean, reciprocal)
        ctx.others = leak, has, wanted
        return out

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        maps, out, weight, mean, reciprocal = ctx.saved_tensors
        leak, has, wanted = ctx.others
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        by_normed = has.around(has.inside(maps))
        torch.ops.aten.leaky_relu_backward.grad_input(
            _rows(wanted.inside(gradient)),
            _rows(wanted.inside(out)),
            leak,
            True,
            grad_input=_rows(has.inside(by_normed)),
        )
        # At a fixed mean and variance torch gives the sums that are wanted.
        _, by_weight, by_bias = torch.ops.aten.native_batch_norm_backward(
            _rows(by_normed),
            _rows(maps),
            None,
            _along(mean, maps),
            _along(reciprocal**-2, maps),
            None,
            None,
            False,
            0.0,
            [False, True, True],
        )
        by_weight, by_bias = (
            _inside(each, maps, has).sum(0) for each in (by_weight, by_bias)
        )
        count = has.inside(maps).numel() // len(mean)
        scale = weight * reciprocal
        slope = -scale * reciprocal * by_weight / count
        shift = -scale * by_bias / count - slope * mean
        along = [_along(each, maps, has) for each in (shift, slope, scale)]
        rows = _rows(by_normed)  # its memory is taken for what is given
        torch.addcmul(along[0], rows, along[2], out=rows)
        rows.addcmul_(_rows(maps), along[1])
        return by_normed, by_weight, by_bias, *[None] * 4


def _rows(maps: Tensor) -> Tensor:
    """(B, C, P, Q) as (B·P, Q·C), the same memory where it lies channels last."""
    last = maps.permute(0, 2, 3, 1)
    batch, rows, columns, channels = last.shape
    return last.view(batch * rows, columns * channels)


def _statistics(maps: Tensor, room: Room) -> tuple[Tensor, Tensor]:
    """Mean and variance of each channel, (C,) each, from those of each column."""
    means, variances = (
        _inside(each, maps, room)
        for each in torch.ops.aten.batch_norm_update_stats(
            _rows(maps)[..., None, None], None, None, 0.0
        )
    )
    between, mean = torch.var_mean(means, dim=0, correction=0)
    return mean, variances.mean(0) + between


def _take_in(norm: nn.BatchNorm2d, mean: Tensor, variance: Tensor, count: int) -> None:
    """Running statistics a step on, as torch moves them."""
    assert norm.momentum is not None
    assert norm.running_mean is not None
    assert norm.running_var is not None
    norm.running_mean.lerp_(mean, norm.momentum)
    norm.running_var.lerp_(variance * count / (count - 1), norm.momentum)


def _along(each: Tensor, maps: Tensor, room: Room = NONE) -> Tensor:
    """(C,) for every column of maps, (W·C,); 0 in their room."""
    wide = each.new_zeros(maps.shape[3], len(each))
    wide[room.left : maps.shape[3] - room.right] = each
    return wide.flatten()


def _inside(each: Tensor, maps: Tensor, room: Room) -> Tensor:
    """Of (W·C,) the (Q, C) of the columns inside a room."""
    columns = each.view(maps.shape[3], -1)
    return columns[room.left : maps.shape[3] - room.right]
