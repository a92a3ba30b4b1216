"""A transposed convolution by rows, each an ordinary one with more channels.

Where its kernel spans one or two strides, an output row is made of one or two input
rows, by the taps that reach it; which they are repeats with the stride. Rows of the
same block, as many as the stride, are a convolution without a stride: the taps of each
of them are channels of their own. It is the same sum, without a sum of overlapping
parts, several times as fast on a CPU, and no row is computed but those wanted:

    input                  i-1             i        kernel of 8, stride 4
    output   …  0  1  2  3  |  4  5  6  7  …        row 4 takes w[4] of input i-1 and
    block           q-1            q                w[0] of i; row 5 takes w[5] and w[1]

So it is along columns, but there a block is always wanted as a whole: its outputs are
channels that lie side by side already where maps are channels last.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional


def block_kernel(weight: Tensor, stride: tuple[int, int]) -> Tensor:
    """What gives the blocks of a transposed convolution, as an ordinary one.

    Of a weight (inputs, outputs, rows, columns) that suits: (tall·broad·outputs,
    inputs, rows / tall, columns / broad), a block's rows one after another.
    """
    tall, broad = stride
    inputs, _, rows, columns = weight.shape
    high, wide = rows // tall, columns // broad
    taps = weight.reshape(inputs, -1, high, tall, wide, broad)
    kernel = taps.flip(2, 4).permute(3, 5, 1, 0, 2, 4)
    flat = kernel.reshape(-1, inputs, high, wide)
    return flat.contiguous(memory_format=torch.channels_last)


def runs(start: int, stop: int, tall: int) -> Iterator[tuple[int, int]]:
    """Rows start to stop cut into those of one block, or of whole blocks."""
    first, last = -(-start // tall) * tall, stop // tall * tall
    edges = [start, first, last, stop] if first <= last else [start, stop]
    for edge, following in pairwise(edges):
        if edge < following:
            yield edge, following


class Spreading:
    """What a transposed convolution does, without gradients of its weights.

    Parameters
    ----------
    weight : (inputs, outputs, rows, columns)
        A kernel that `suits`, as it is now.
    bias : (outputs,), optional
    stride : (int, int)
    left, extra : int
        Columns that padding cuts off at either end, and that are given beyond it.
    """

    def __init__(
        self,
        weight: Tensor,
        bias: Tensor | None,
        *,
        stride: tuple[int, int],
        left: int = 0,
        extra: int = 0,
    ) -> None:
        self._outputs, self._stride = weight.shape[1], stride
        self._kernel = block_kernel(weight.detach(), stride)
        self._taps = self._kernel.shape[2:]
        repeats = stride[0] * stride[1]
        self._bias = None if bias is None else bias.detach().repeat(repeats)
        self._left, self._right = left, left - extra

    @classmethod
    def of(cls, convolution: nn.ConvTranspose2d) -> Self:
        """That of a layer."""
        conv = convolution
        tall, broad = conv.stride
        columns = {"left": int(conv.padding[1]), "extra": conv.output_padding[1]}
        return cls(conv.weight, conv.bias, stride=(tall, broad), **columns)

    @staticmethod
    def suits(convolution: nn.ConvTranspose2d) -> bool:
        """True where the kernel spans one or two strides, and reaches every column."""
        sizes = zip(convolution.kernel_size, convolution.stride, strict=True)
        spans = all(kernel in (stride, 2 * stride) for kernel, stride in sizes)
        return spans and convolution.output_padding[1] <= int(convolution.padding[1])

    def __call__(self, maps: Tensor, start: int, stop: int) -> Tensor:
        """Rows start to stop of what maps (B, inputs, P, Q) give, channels last.

        They count from the first one that maps reach: padding cuts off no rows.
        """
        (tall, broad), (_, wide) = self._stride, self._taps
        last = maps.contiguous(memory_format=torch.channels_last)
        width = (maps.shape[3] + wide - 1) * broad
        out = maps.new_empty(len(maps), stop - start, width, self._outputs)
        for first, end in runs(start, stop, tall):
            self._fill(out[:, first - start : end - start], last, first, end)
        kept = out[:, :, self._left : width - self._right]
        return kept.permute(0, 3, 1, 2)

    def _fill(self, out: Tensor, maps: Tensor, start: int, stop: int) -> None:
        """Rows of one block, or of whole ones, (B, stop - start, columns, outputs)."""
        (tall, broad), (high, wide) = self._stride, self._taps
        first, end = start // tall, -(-stop // tall)
        count, phase = (stop - start) // (end - first), start % tall
        above, below = max(0, high - 1 - first), max(0, end - maps.shape[2])
        seen = maps[:, :, max(0, first - high + 1) : end]
        if above or below:
            seen = functional.pad(seen, (0, 0, above, below))
        each = broad * self._outputs
        mine = slice(phase * each, (phase + count) * each)
        bias = None if self._bias is None else self._bias[mine]
        blocks = functional.conv2d(seen, self._kernel[mine], bias, 1, (0, wide - 1))
        laid = (len(maps), end - first, count, blocks.shape[3], each)
        side_by_side = blocks.permute(0, 2, 3, 1).reshape(*laid[:2], -1, *laid[2::2])
        out.view(laid).copy_(side_by_side.transpose(2, 3))
