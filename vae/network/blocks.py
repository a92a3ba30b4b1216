"""Strided convolutions as a CPU computes them fastest, forward and backward.

Maps of few positions, where the weights outnumber everything else, are gathered into
one matrix product. Channels that do not fill a CPU's vectors leave part of its
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

import torch
from torch import Tensor, nn
from torch.nn import functional

FEW = 64  # positions of the coarser map, up to which a matrix product is faster
VECTOR = 16  # numbers in a CPU's longest vectors


def fits(convolution: nn.Conv2d | nn.ConvTranspose2d) -> bool:
    """Whether a layer can be computed here: a bias, kernel 2s, the same s both ways."""
    (rows, columns), stride = convolution.kernel_size, convolution.stride
    square = rows == columns == 2 * stride[0] and stride[0] == stride[1] > 1
    return square and convolution.bias is not None


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
    last = maps.contiguous(memory_format=torch.channels_last)
    weight = convolution.weight.contiguous(memory_format=torch.channels_last)
    if maps.shape[1] % VECTOR == 0 or not maps.requires_grad:  # or an image
        return functional.conv2d(last, weight, convolution.bias, stride, padding)
    after = (sizes[1] + 1) * stride - padding - maps.shape[3]
    wide = functional.pad(last, (padding, after)).permute(0, 2, 3, 1)
    return functional.conv2d(
        wide.reshape(*wide.shape[:2], sizes[1] + 1, -1).permute(0, 3, 1, 2),
        _cut(weight),
        convolution.bias,
        stride=(stride, 1),
        padding=(padding, 0),
    )


def _spread(maps: Tensor, convolution: nn.ConvTranspose2d) -> Tensor:
    stride, padding = convolution.stride[0], int(convolution.padding[0])
    sizes = [
        (n + 1) * stride - 2 * padding + extra
        for n, extra in zip(maps.shape[2:], convolution.output_padding, strict=True)
    ]
    if maps.shape[2] * maps.shape[3] <= FEW:
        return _few_spread(maps, convolution, sizes)
    last = maps.contiguous(memory_format=torch.channels_last)
    weight = convolution.weight.contiguous(memory_format=torch.channels_last)
    bias = convolution.bias  # added last: its gradient is slow inside a convolution
    assert bias is not None
    if convolution.out_channels % VECTOR == 0:
        whole = functional.conv_transpose2d(
            last,
            weight,
            stride=stride,
            padding=padding,
            output_padding=convolution.output_padding,
        )
        return whole + bias[:, None, None]
    blocks = functional.conv_transpose2d(
        last,
        _cut(weight),
        stride=(stride, 1),
        padding=(padding, 0),
        output_padding=(convolution.output_padding[0], 0),
    )
    rows = blocks.permute(0, 2, 3, 1).flatten(2)  # (B, rows, columns·outputs)
    kept = rows.narrow(2, padding * len(bias), sizes[1] * len(bias))
    spread = kept + bias.repeat(sizes[1])
    return spread.view(*spread.shape[:2], sizes[1], -1).permute(0, 3, 1, 2)


def _cut(weight: Tensor) -> Tensor:
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
