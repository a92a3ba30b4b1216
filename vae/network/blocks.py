"""Strided convolutions as a CPU computes them fastest, forward and backward.

Maps of few positions, where the weights outnumber everything else, are gathered into
one matrix product, both ways with the weights on its left and upright: any other way it
takes twice as long. Channels that do not fill a CPU's vectors leave part of its
arithmetic unused: where the kernel is twice as wide as the stride s, the s columns of a
block are taken for channels instead. The convolution then has a kernel of two columns,
and no stride along them:

    x:  . . 0 1 2 3 4 5 6 7 8 …     padded by p, cut into blocks of s = 4
        └─────┘ └─────┘ └─────┘
    kernel over two blocks at a time: output o sees blocks o and o + 1

With channels last in memory, maps are such blocks as they lie. Results are those of
torch's own layers up to rounding.

Letters: B batch, O and P rows and columns of the coarser map, s stride.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from vae.network.room import NONE, Room, cut

FEW = 64  # positions of the coarser map, up to which a matrix product is faster
VECTOR = 16  # numbers in a CPU's longest vectors


def fits(convolution: nn.Conv2d | nn.ConvTranspose2d) -> bool:
    """Whether a layer can be computed here: a bias, kernel 2s, the same s both ways."""
    (rows, columns), stride = convolution.kernel_size, convolution.stride
    square = rows == columns == 2 * stride[0] and stride[0] == stride[1] > 1
    return square and convolution.bias is not None


def room_wanted(convolution: nn.Conv2d | nn.ConvTranspose2d, maps: Tensor) -> Room:
    """The room with which (B, channels, rows, columns) maps fill a layer's blocks."""
    if isinstance(convolution, nn.ConvTranspose2d) or not fits(convolution):
        return NONE
    rows, columns = _coarser(maps, convolution)
    if rows * columns <= FEW or maps.shape[1] % VECTOR == 0:
        return NONE
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    return Room(padding, (columns + 1) * stride - padding - maps.shape[3])


def computed(
    maps: Tensor, convolution: nn.Conv2d | nn.ConvTranspose2d, has: Room = NONE
) -> tuple[Tensor, Room]:
    """What a layer that fits gives of (B, channels, rows, columns) maps.

    What lies in the room of the maps given has to be zero; what lies in that of those
    that it returns may be anything.
    """
    if isinstance(convolution, nn.ConvTranspose2d):
        return _spread(cut(maps, has), convolution)
    return _convolved(maps, convolution, has), NONE


def _convolved(wide: Tensor, convolution: nn.Conv2d, has: Room) -> Tensor:
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    maps = has.inside(wide)
    rows, columns = _coarser(maps, convolution)
    if rows * columns <= FEW:
        return _few_convolved(cut(wide, has), convolution, [rows, columns])
    weight = convolution.weight.contiguous(memory_format=torch.channels_last)
    bias = convolution.bias
    assert bias is not None
    if maps.shape[1] % VECTOR == 0 or not maps.requires_grad:  # or an image
        last = cut(wide, has).contiguous(memory_format=torch.channels_last)
        return _convolution(last, weight, bias, (stride, stride), (padding, padding))
    wanted = room_wanted(convolution, maps)
    if has != wanted:
        last = cut(wide, has).contiguous(memory_format=torch.channels_last)
        wide = functional.pad(last, wanted)
    blocks = wide.permute(0, 2, 3, 1).reshape(*wide.shape[::2], columns + 1, -1)
    blocks = blocks.permute(0, 3, 1, 2)
    return _convolution(blocks, _joined(weight), bias, (stride, 1), (padding, 0))


def _coarser(maps: Tensor, convolution: nn.Conv2d) -> tuple[int, int]:
    """Rows and columns that a convolution gives."""
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    rows, columns = ((n + 2 * padding) // stride - 1 for n in maps.shape[2:])
    return rows, columns


def _spread(maps: Tensor, convolution: nn.ConvTranspose2d) -> tuple[Tensor, Room]:
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    extra, bias = convolution.output_padding, convolution.bias
    sizes = [
        (n + 1) * stride - 2 * padding + more
        for n, more in zip(maps.shape[2:], extra, strict=True)
    ]
    if maps.shape[2] * maps.shape[3] <= FEW:
        return _few_spread(maps, convolution, sizes), NONE
    assert bias is not None
    last = maps.contiguous(memory_format=torch.channels_last)
    weight = convolution.weight.contiguous(memory_format=torch.channels_last)
    if extra[1] > padding:  # beyond blocks
        both = (stride, stride), (padding, padding), extra
        return _convolution(last, weight, bias, *both), NONE
    rows_only = (stride, 1), (padding, 0), (extra[0], 0)
    blocks = _convolution(last, _joined(weight), bias.repeat(stride), *rows_only)
    columns = blocks.permute(0, 2, 3, 1).reshape(len(maps), sizes[0], -1, len(bias))
    room = Room(padding, columns.shape[2] - padding - sizes[1])
    return columns.permute(0, 3, 1, 2), room


def _convolution(maps: Tensor, weight: Tensor, bias: Tensor, *others: object) -> Tensor:
    """Of maps that lie channels last; transposed if more than stride and padding."""
    if torch.is_autocast_enabled("cpu"):  # it knows torch's own layers only
        dtype = torch.get_autocast_dtype("cpu")
        maps, weight, bias = (each.to(dtype) for each in (maps, weight, bias))
    out: Tensor = _Convolution.apply(maps, weight, bias, *others)  # type: ignore[no-untyped-call]  # torch
    return out


class _Convolution(torch.autograd.Function):
    """The gradient by its bias, slow inside a convolution, is summed up by rows."""

    @staticmethod
    def forward(
        ctx: Any, maps: Tensor, weight: Tensor, bias: Tensor, *others: Any
    ) -> Tensor:
        stride, padding, *extra = others
        ctx.save_for_backward(maps, weight)
        transposed, (more,) = bool(extra), extra or [(0, 0)]
        ctx.others = stride, padding, (1, 1), transposed, more, 1
        return torch.convolution(maps, weight, bias, *ctx.others)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        maps, weight = ctx.saved_tensors
        last = gradient.contiguous(memory_format=torch.channels_last)
        wanted = [*ctx.needs_input_grad[:2], False]
        by_maps, by_weight, _ = torch.ops.aten.convolution_backward(
            last, maps, weight, None, *ctx.others, wanted
        )
        channels, columns = last.shape[1], last.shape[3]
        rows = last.permute(0, 2, 3, 1).reshape(-1, columns * channels)
        by_bias = rows.sum(0).view(columns, channels).sum(0)
        return by_maps, by_weight, by_bias, *[None] * (len(ctx.needs_input_grad) - 3)


def _joined(weight: Tensor) -> Tensor:
    """Of (coarser, finer, 2s, 2s) what blocks see: (coarser, s·finer, 2s, 2)."""
    last = weight.permute(0, 2, 3, 1)
    return last.reshape(*last.shape[:2], 2, -1).permute(0, 3, 1, 2)


def _few_convolved(maps: Tensor, convolution: nn.Conv2d, sizes: list[int]) -> Tensor:
    columns = functional.unfold(
        maps,
        convolution.kernel_size,
        padding=int(convolution.padding[0]),
        stride=convolution.stride,
    )
    seen = columns.transpose(1, 2).flatten(0, 1)  # (B·O·P, inputs·2s·2s)
    product = (convolution.weight.flatten(1) @ seen.t()).t()
    summed = product.reshape(len(maps), *sizes, -1).permute(0, 3, 1, 2)
    bias = convolution.bias
    return summed if bias is None else summed + bias[:, None, None]


def _few_spread(
    maps: Tensor, convolution: nn.ConvTranspose2d, sizes: list[int]
) -> Tensor:
    flat = maps.transpose(0, 1).flatten(1).t()  # (B·O·P, inputs), lies as (inputs, …)
    product = flat @ convolution.weight.flatten(1)
    columns = product.view(len(maps), -1, product.shape[1]).transpose(1, 2)
    summed = functional.fold(
        columns,
        (sizes[0], sizes[1]),
        convolution.kernel_size,
        padding=int(convolution.padding[0]),
        stride=convolution.stride,
    )
    bias = convolution.bias
    return summed if bias is None else summed + bias[:, None, None]
