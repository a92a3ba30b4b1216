"""Half the mean squared difference of two images, in the fewest passes over memory.

What a transposed convolution gives is compared where it comes about: in blocks of as
many rows and columns as its stride, which need not be laid out as an image then.

Letters: B images, C channels, F frames, K kept coefficients; P and Q blocks along F and
K, s rows and t columns of a block.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from vae.network.layers import Layer
from vae.network.spreading import Spreading, block_kernel, runs


def half_mean(mean: Tensor, u: Tensor) -> Tensor:
    """½(u - mean)² of images (B, C, F, K), () their mean; u is given, not learned."""
    if mean.device.type == "cpu":
        half: Tensor = _HalfMean.apply(mean, u)  # type: ignore[no-untyped-call]  # torch
        return half
    # Channels last: in no other order would the gradient be one of such maps.
    return 0.5 * functional.mse_loss(mean.movedim(1, -1), u.movedim(1, -1))


def half_mean_of(layer: Layer, maps: Tensor, u: Tensor) -> Tensor:
    """…where a layer that is not activated makes the mean (B, C, F, K) of maps."""
    conv = layer.convolution
    in_blocks = (
        isinstance(conv, nn.ConvTranspose2d)
        and Spreading.suits(conv)
        and layer.trains_by_blocks(maps)
        and not torch.is_autocast_enabled("cpu")  # it knows torch's own layers only
    )
    if not in_blocks:
        return half_mean(layer(maps).float(), u)
    assert conv.bias is not None
    tall, broad = conv.stride
    half: Tensor = _HalfMeanInBlocks.apply(  # type: ignore[no-untyped-call]  # torch
        maps.contiguous(memory_format=torch.channels_last),
        block_kernel(conv.weight, (tall, broad)),
        conv.bias.repeat(tall * broad),
        u,
        (tall, broad),
        (int(conv.padding[0]), int(conv.padding[1])),
    )
    return half


class _HalfMean(torch.autograd.Function):
    """The difference is kept, and becomes the gradient where it lies."""

    @staticmethod
    def forward(ctx: Any, mean: Tensor, u: Tensor) -> Tensor:
        error = mean - u
        ctx.save_for_backward(error)
        return _half_mean_square(error, u.numel())

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        (error,) = ctx.saved_tensors
        return error.mul_(gradient / error.numel()), None


class _HalfMeanInBlocks(torch.autograd.Function):
    """The difference is kept for its own gradient, whose scale the kernel is given."""

    @staticmethod
    def forward(
        ctx: Any, maps: Tensor, kernel: Tensor, bias: Tensor, u: Tensor, *others: Any
    ) -> Tensor:
        stride, padding = others
        ctx.padding = kernel.shape[2] - 1, kernel.shape[3] - 1
        error = torch.conv2d(maps, kernel, bias, 1, ctx.padding)
        last = error.permute(0, 2, 3, 1)
        blocks = last.view(*last.shape[:3], *stride, -1)
        _subtract(blocks, u.permute(0, 2, 3, 1), padding)
        ctx.save_for_backward(maps, kernel, error)
        ctx.count = u.numel()
        return _half_mean_square(error, ctx.count)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        maps, kernel, error = ctx.saved_tensors
        scale = gradient / ctx.count
        by_maps, by_kernel, _ = torch.ops.aten.convolution_backward(
            error,
            maps,
            kernel * scale,
            None,
            *((1, 1), ctx.padding, (1, 1), False, (0, 0), 1),
            [True, True, False],
        )
        rows = error.permute(0, 2, 3, 1).flatten(2)
        by_bias = rows.sum((0, 1)).view(-1, len(kernel)).sum(0)
        return by_maps, by_kernel * scale, by_bias * scale, None, None, None


def _half_mean_square(error: Tensor, count: int) -> Tensor:
    rows = torch.linalg.vector_norm(error, dim=(1, 3))
    half: Tensor = 0.5 * rows.square().sum() / count
    return half


class _Run(NamedTuple):
    """Rows (or columns) of an image that fill blocks alike."""

    inside: slice  # of the image
    blocks: slice
    phases: slice  # of each of those blocks

    @property
    def laid(self) -> tuple[int, int]:
        """How many blocks, and rows of each."""
        return (
            self.blocks.stop - self.blocks.start,
            self.phases.stop - self.phases.start,
        )


def _runs(size: int, padding: int, stride: int) -> Iterator[_Run]:
    """All rows of an image, the first of which is row `padding` of the blocks."""
    for start, stop in runs(padding, padding + size, stride):
        first, last, phase = start // stride, -(-stop // stride), start % stride
        each = (stop - start) // (last - first)
        yield _Run(
            slice(start - padding, stop - padding),
            slice(first, last),
            slice(phase, phase + each),
        )


def _subtract(blocks: Tensor, u: Tensor, padding: tuple[int, int]) -> None:
    """Take (B, F, K, C) from blocks (B, P, Q, s, t, C), 0 where they reach beyond."""
    tall, broad = blocks.shape[3:5]
    (top, left), (frames, kept) = padding, u.shape[1:3]
    bottom, right = (top + frames - 1) % tall + 1, (left + kept - 1) % broad + 1
    blocks[:, 0, :, :top] = 0
    blocks[:, -1, :, bottom:] = 0
    blocks[:, :, 0, :, :left] = 0
    blocks[:, :, -1, :, right:] = 0
    for row in _runs(frames, top, tall):
        for column in _runs(kept, left, broad):
            image = u[:, row.inside, column.inside]
            laid = image.view(len(u), *row.laid, *column.laid, -1)
            mine = blocks[:, row.blocks, column.blocks, row.phases, column.phases]
            mine -= laid.transpose(2, 3)
