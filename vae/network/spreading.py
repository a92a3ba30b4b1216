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

import torch
from torch import Tensor, nn
from torch.nn import functional


class Spreading:
    """What a transposed convolution does, without gradients of its weights.

    Parameters
    ----------
    convolution : nn.ConvTranspose2d
        One that `suits`; its weights are taken as they are now.
    """

    def __init__(self, convolution: nn.ConvTranspose2d) -> None:
        inputs, outputs = convolution.weight.shape[:2]
        (tall, broad), (left, more) = convolution.stride, _columns(convolution)
        high, wide = _taps(convolution)
        taps = convolution.weight.detach().view(
            inputs, outputs, high, tall, wide, broad
        )
        rows = taps.flip(2, 4).permute(3, 5, 1, 0, 2, 4)  # a block's, row after row
        self._kernel = rows.reshape(-1, inputs, high, wide).contiguous(
            memory_format=torch.channels_last
        )
        bias = convolution.bias
        self._bias = None if bias is None else bias.detach().repeat(tall * broad)
        self._outputs, self._stride, self._taps = outputs, (tall, broad), (high, wide)
        self._left, self._more = left, more

    @staticmethod
    def suits(convolution: nn.ConvTranspose2d) -> bool:
        """True where the kernel spans one or two strides on each axis."""
        sizes = zip(convolution.kernel_size, convolution.stride, strict=True)
        return all(kernel in (stride, 2 * stride) for kernel, stride in sizes)

    def __call__(self, maps: Tensor, start: int, stop: int) -> Tensor:
        """Rows start to stop of what maps (B, inputs, P, Q) give.

        They count from the first one that maps reach: the convolution's own padding of
        rows is not cut off.
        """
        width = maps.shape[3] * self._stride[1] + self._more
        last = maps.contiguous(memory_format=torch.channels_last)
        runs = [self._run(last, *run) for run in _runs(start, stop, self._stride[0])]
        out = runs[0] if len(runs) == 1 else torch.cat(runs, dim=1)
        return out[:, :, self._left : self._left + width].permute(0, 3, 1, 2)

    def _run(self, maps: Tensor, start: int, stop: int) -> Tensor:
        """Rows of one block, or of whole ones: (B, stop - start, columns, outputs)."""
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
        laid = blocks.permute(0, 2, 3, 1).reshape(
            len(maps), end - first, -1, count, each
        )
        return laid.transpose(2, 3).reshape(len(maps), stop - start, -1, self._outputs)


def _taps(convolution: nn.ConvTranspose2d) -> tuple[int, int]:
    """Inputs that a block takes on each axis."""
    (tall, broad), (high, wide) = convolution.stride, convolution.kernel_size
    return high // tall, wide // broad


def _columns(convolution: nn.ConvTranspose2d) -> tuple[int, int]:
    """Columns cut off at the left, and how many more there are than whole blocks."""
    left, broad = int(convolution.padding[1]), convolution.stride[1]
    reached = convolution.kernel_size[1] + convolution.output_padding[1]
    return left, reached - broad - 2 * left


def _runs(start: int, stop: int, tall: int) -> Iterator[tuple[int, int]]:
    """Rows start to stop cut into those of one block, or of whole blocks."""
    first, last = -(-start // tall) * tall, stop // tall * tall
    edges = [start, first, last, stop] if first <= last else [start, stop]
    for edge, following in pairwise(edges):
        if edge < following:
            yield edge, following
