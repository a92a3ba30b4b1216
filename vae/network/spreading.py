"""A transposed convolution as an ordinary one with more channels.

Where its kernel spans one or two strides, each input position and the one before it
give a whole block of outputs, `stride` long on each axis: the weights of a place in the
block are a channel, and the channels are laid side by side at the end. It is the same
sum, without a sum of overlapping parts, and up to three times as fast on a CPU.

    input            i-1       i                 kernel of 8, stride 4
    output   ... 0 1 2 3 | 4 5 6 7 | ...         block q takes w[4…7] of input q-1
                  block q-1  block q                      and w[0…3] of input q
"""

from torch import Tensor, nn
from torch.nn import functional


class Spreading:
    """What a transposed convolution does, without gradients.

    Parameters
    ----------
    convolution : nn.ConvTranspose2d
        One that `suits`; its weights are taken as they are now.
    """

    def __init__(self, convolution: nn.ConvTranspose2d) -> None:
        self._convolution = convolution
        inputs, self._outputs = convolution.weight.shape[:2]
        (high, wide), (tall, broad) = _taps(convolution), convolution.stride
        taps = convolution.weight.detach().view(
            inputs, self._outputs, high, tall, wide, broad
        )
        blocks = taps.flip(2, 4).permute(1, 3, 5, 0, 2, 4)
        self._kernel = blocks.reshape(-1, inputs, high, wide).contiguous()
        self._padding = (high - 1, wide - 1)

    @staticmethod
    def suits(convolution: nn.ConvTranspose2d) -> bool:
        """True where the kernel spans one or two strides on each axis."""
        sizes = zip(convolution.kernel_size, convolution.stride, strict=True)
        return all(kernel in (stride, 2 * stride) for kernel, stride in sizes)

    def __call__(self, maps: Tensor, *, row_padding: int) -> Tensor:
        """Maps (B, …) with `row_padding` rows cut off at either end, not its own."""
        conv = self._convolution
        blocks = functional.conv2d(maps, self._kernel, padding=self._padding)
        tall, broad = conv.stride
        rows, columns = blocks.shape[2:]
        laid = blocks.view(-1, self._outputs, tall, broad, rows, columns)
        out = laid.permute(0, 1, 4, 2, 5, 3).reshape(
            -1, self._outputs, rows * tall, columns * broad
        )
        left = int(conv.padding[1])
        width = (
            (maps.shape[3] - 1) * broad
            - 2 * left
            + conv.kernel_size[1]
            + conv.output_padding[1]
        )
        kept = out[:, :, row_padding : out.shape[2] - row_padding, left : left + width]
        return kept if conv.bias is None else kept + conv.bias[:, None, None]


def _taps(convolution: nn.ConvTranspose2d) -> tuple[int, int]:
    """Inputs that a block takes on each axis."""
    (tall, broad), (high, wide) = convolution.stride, convolution.kernel_size
    return high // tall, wide // broad
