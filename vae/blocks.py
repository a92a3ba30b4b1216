"""Strided convolutions computed as what they are on blocks: faster to train on a CPU.

Where the kernel is twice as wide as the stride s, the s × s samples of a block can be
taken for channels; the convolution then has a kernel of 2 × 2 and no stride, which
wastes nothing, forward or backward:

    x:  . . 0 1 2 3 4 5 6 7 8 …     padded by p, cut into blocks of s = 4
        └─────┘ └─────┘ └─────┘
    kernel over two blocks at a time: output o sees blocks o and o + 1

Maps of few positions, where the weights outnumber everything else, are gathered into
one matrix product instead. Results are those of torch's own layers up to rounding.

Letters: B batch, O and P rows and columns of the coarser map, s stride.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

FEW = 64  # positions of the coarser map, up to which a matrix product is faster


def fits(convolution: nn.Conv2d | nn.ConvTranspose2d) -> bool:
    """Whether a layer can be computed here: kernel 2s, the same s both ways."""
    (rows, columns), stride = convolution.kernel_size, convolution.stride
    return rows == columns == 2 * stride[0] and stride[0] == stride[1] and stride[0] > 1


def computed(maps: Tensor, convolution: nn.Conv2d | nn.ConvTranspose2d) -> Tensor:
    """What a layer that fits gives of (B, channels, rows, columns) maps."""
    if isinstance(convolution, nn.ConvTranspose2d):
        return _spread(maps, convolution)
    return _convolved(maps, convolution)


def _convolved(maps: Tensor, convolution: nn.Conv2d) -> Tensor:
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    sizes = [(n + 2 * padding) // stride - 1 for n in maps.shape[2:]]
    if sizes[0] * sizes[1] <= FEW:
        return _few_convolved(maps, convolution, sizes)
    if not maps.requires_grad and maps.shape[1] < stride:  # an image, cut for nothing
        last = maps.contiguous(memory_format=torch.channels_last)
        return convolution(last)  # type: ignore[no-any-return]  # torch
    weight = convolution.weight  # (outputs, inputs, 2s, 2s)
    outputs, inputs = weight.shape[:2]
    split = weight.view(outputs, inputs, 2, stride, 2, stride)
    kernel = split.permute(0, 2, 4, 3, 5, 1).reshape(outputs, 2, 2, -1)
    counts = (sizes[0] + 1, sizes[1] + 1)
    blocks: Tensor = _Cut.apply(maps, stride, padding, counts)  # type: ignore[no-untyped-call]  # torch
    return functional.conv2d(blocks, kernel.permute(0, 3, 1, 2), convolution.bias)


def _spread(maps: Tensor, convolution: nn.ConvTranspose2d) -> Tensor:
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    sizes = [
        (n + 1) * stride - 2 * padding + extra
        for n, extra in zip(maps.shape[2:], convolution.output_padding, strict=True)
    ]
    if maps.shape[2] * maps.shape[3] <= FEW:
        return _few_spread(maps, convolution, sizes)
    weight = convolution.weight  # (inputs, outputs, 2s, 2s)
    inputs, outputs = weight.shape[:2]
    split = weight.view(inputs, outputs, 2, stride, 2, stride).permute(2, 4, 3, 5, 1, 0)
    parts = [split[row, column] for row in (1, 0) for column in (1, 0)]
    kernel = torch.stack(parts, dim=3).view(-1, 2, 2, inputs)
    bias = convolution.bias
    blocks = functional.conv2d(
        maps.contiguous(memory_format=torch.channels_last),
        kernel.permute(0, 3, 1, 2),
        None if bias is None else bias.repeat(stride * stride),
        padding=1,
    )
    joined: Tensor = _Join.apply(blocks, stride, padding, sizes)  # type: ignore[no-untyped-call]  # torch
    return joined


class _Cut(torch.autograd.Function):
    """Maps as blocks: each block's samples are channels, channels last in memory."""

    @staticmethod
    def forward(
        ctx: Any, maps: Tensor, stride: int, padding: int, counts: tuple[int, int]
    ) -> Tensor:
        ctx.stride, ctx.padding, ctx.sizes = stride, padding, maps.shape[2:]
        return _cut(maps, stride, padding, counts)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        if not ctx.needs_input_grad[0]:
            return None, None, None, None
        return _joined(gradient, ctx.stride, ctx.padding, ctx.sizes), None, None, None


class _Join(torch.autograd.Function):
    """Blocks as maps again, without what is padding."""

    @staticmethod
    def forward(
        ctx: Any, blocks: Tensor, stride: int, padding: int, sizes: list[int]
    ) -> Tensor:
        ctx.stride, ctx.padding, ctx.counts = stride, padding, blocks.shape[2:]
        return _joined(blocks, stride, padding, sizes)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        return _cut(gradient, ctx.stride, ctx.padding, ctx.counts), None, None, None


class _Region(NamedTuple):
    """Some blocks along one axis, and the positions of the map that lie in them."""

    first: int  # block
    stop: int
    begin: int  # position
    end: int
    before: int  # positions of padding in the first block
    after: int  # and in the last one


def _cut(maps: Tensor, stride: int, padding: int, counts: Sequence[int]) -> Tensor:
    """(B, s·s·channels, *counts) of maps with zeros around them."""
    batch, channels = maps.shape[:2]
    blocks = maps.new_empty((batch, *counts, stride, stride, channels))
    last = maps.permute(0, 2, 3, 1)
    for rows, columns in _regions(maps.shape[2:], stride, padding, counts):
        piece = last[:, rows.begin : rows.end, columns.begin : columns.end]
        pads = (columns.before, columns.after, rows.before, rows.after)
        if any(pads):
            piece = functional.pad(piece, (0, 0, *pads))
        blocks[:, rows.first : rows.stop, columns.first : columns.stop] = _split(
            piece, stride
        )
    return blocks.flatten(3).permute(0, 3, 1, 2)


def _joined(blocks: Tensor, stride: int, padding: int, sizes: Sequence[int]) -> Tensor:
    """The maps that `_cut` would cut so."""
    counts = blocks.shape[2:]
    channels = blocks.shape[1] // stride**2
    shape = (len(blocks), *counts, stride, stride, channels)
    split = blocks.permute(0, 2, 3, 1).reshape(shape)
    last = blocks.new_empty((len(blocks), *sizes, channels))
    for rows, columns in _regions(sizes, stride, padding, counts):
        piece = split[:, rows.first : rows.stop, columns.first : columns.stop]
        target = last[:, rows.begin : rows.end, columns.begin : columns.end]
        if any((rows.before, rows.after, columns.before, columns.after)):
            whole = piece.transpose(2, 3).flatten(3, 4).flatten(1, 2)
            height, width = whole.shape[1] - rows.after, whole.shape[2] - columns.after
            target.copy_(whole[:, rows.before : height, columns.before : width])
        else:
            _split(target, stride).copy_(piece)
    return last.permute(0, 3, 1, 2)


def _split(last: Tensor, stride: int) -> Tensor:
    """A view (B, rows, columns, s, s, channels) of maps, channels last."""
    rows, columns = (size // stride for size in last.shape[1:3])
    steps = last.stride()
    return last.as_strided(
        (len(last), rows, columns, stride, stride, last.shape[3]),
        (steps[0], stride * steps[1], stride * steps[2], *steps[1:]),
        last.storage_offset(),
    )


def _regions(
    sizes: Sequence[int], stride: int, padding: int, counts: Sequence[int]
) -> list[tuple[_Region, _Region]]:
    """The blocks that need no padding, then strips of those around them."""

    def region(axis: int, first: int, stop: int) -> _Region:
        begin, end = first * stride - padding, stop * stride - padding
        before, after = max(0, -begin), max(0, end - sizes[axis])
        return _Region(first, stop, begin + before, end - after, before, after)

    inner = [(size + padding) // stride for size in sizes]
    core = [region(axis, 1, inner[axis]) for axis in (0, 1)]
    whole = region(1, 0, counts[1])
    strips = [(region(0, 0, 1), whole), (region(0, inner[0], counts[0]), whole)]
    strips += [(core[0], region(1, 0, 1)), (core[0], region(1, inner[1], counts[1]))]
    return [
        (rows, columns)
        for rows, columns in [(core[0], core[1]), *strips]
        if rows.first < rows.stop and columns.first < columns.stop
    ]


def _few_convolved(maps: Tensor, convolution: nn.Conv2d, sizes: list[int]) -> Tensor:
    columns = functional.unfold(
        maps,
        convolution.kernel_size,
        padding=int(convolution.padding[0]),
        stride=convolution.stride,
    )
    seen = columns.transpose(1, 2).flatten(0, 1)  # (B·O·P, inputs·2s·2s)
    product = functional.linear(seen, convolution.weight.flatten(1), convolution.bias)
    return product.view(len(maps), *sizes, -1).permute(0, 3, 1, 2)


def _few_spread(
    maps: Tensor, convolution: nn.ConvTranspose2d, sizes: list[int]
) -> Tensor:
    flat = maps.permute(0, 2, 3, 1).flatten(0, 2)  # (B·O·P, inputs)
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
