"""Convolutions of which any band of frames can be computed alone.

A layer maps `size` rows (frames, or latent vectors) to more or fewer rows. Asked for
output rows start to stop, it says which input rows they need (`span`) and computes just
those (`rows`), exactly as in the whole map: nothing normalises over positions, and
padding is added only where the map really ends.

Maps are (B, channels, rows, columns) float32; columns are coefficients, or 1.
"""

from typing import Self

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from vae.network import blocks, row_norm
from vae.network.room import NONE, Room, cut
from vae.network.spreading import Spreading

LEAK = 0.2  # slope of the leaky ReLU below zero


class Layer(nn.Module):
    """A convolution over rows and columns, then batch norm and leaky ReLU if asked.

    Parameters
    ----------
    convolution : nn.Conv2d or nn.ConvTranspose2d
        Its row stride divides (or multiplies) the number of rows exactly.
    activated : bool
        Whether batch norm and leaky ReLU follow.
    """

    def __init__(
        self, convolution: nn.Conv2d | nn.ConvTranspose2d, *, activated: bool
    ) -> None:
        super().__init__()
        self.convolution = convolution
        self.norm: nn.Module = (
            nn.BatchNorm2d(convolution.out_channels) if activated else nn.Identity()
        )
        self.activated = activated
        self._spreading: Spreading | None = None

    @property
    def transposed(self) -> bool:
        """True where rows multiply instead of divide."""
        return isinstance(self.convolution, nn.ConvTranspose2d)

    @property
    def stride(self) -> int:
        """Rows in for one row out, or out for one in when transposed."""
        return self.convolution.stride[0]

    def forward(self, maps: Tensor) -> Tensor:
        """The whole map, (B, channels, rows, columns) in and out."""
        if self._spans_columns:
            return self._activate(_product(maps, self.convolution))
        if self._spreading is not None:
            end = self._padding + self.output_rows(maps.shape[2])
            return self._activate(self._spreading(maps, self._padding, end))
        if self.trains_by_blocks(maps):
            return cut(*self.trained(maps))
        return self._activate(self.convolution(maps))

    def trained(
        self, maps: Tensor, room: Room = NONE, following: "Layer | None" = None
    ) -> tuple[Tensor, Room]:
        """The whole map, with as much room as the following layer wants, if it can.

        Parameters
        ----------
        maps : (B, channels, rows, columns)
            With the room that they have: zeros. That of the map given is zeros, too,
            but of a last layer's it may be anything.
        """
        if not self.trains_by_blocks(maps):
            return self.forward(cut(maps, room)), NONE
        wide, left = blocks.computed(maps, self.convolution, room)
        if following is None and not self.activated:
            return wide, left
        if not (self.activated and row_norm.fits(self.norm, wide, left)):
            maps = cut(wide, left).contiguous(memory_format=torch.channels_last)
            return self._activate(maps), NONE
        wanted = NONE
        if following is not None:
            wanted = blocks.room_wanted(following.convolution, left.inside(wide))
        out = row_norm.activated(wide, self.norm, LEAK, left, wanted)
        return out, wanted

    def trains_by_blocks(self, maps: Tensor) -> bool:
        """Whether `blocks` computes this layer of such maps."""
        on_cpu = self.training and maps.device.type == "cpu"
        return on_cpu and blocks.fits(self.convolution)

    def output_rows(self, size: int) -> int:
        """Rows that `size` input rows give."""
        return size * self.stride if self.transposed else size // self.stride

    def span(self, start: int, stop: int, size: int) -> tuple[int, int]:
        """Input rows, of `size`, that output rows start to stop depend on."""
        kernel, padding = self.convolution.kernel_size[0], self._padding
        if self.transposed:
            # Input i reaches outputs i·stride - padding + (0 … kernel-1).
            first = -(-(start + padding - kernel + 1) // self.stride)
            last = (stop - 1 + padding) // self.stride
        else:
            # Output o reads inputs o·stride - padding + (0 … kernel-1).
            first = start * self.stride - padding
            last = (stop - 1) * self.stride - padding + kernel - 1
        return max(first, 0), min(last + 1, size)

    def rows(
        self, maps: Tensor, offset: int, start: int, stop: int, size: int
    ) -> Tensor:
        """Output rows start to stop, (B, channels, stop - start, columns).

        Parameters
        ----------
        maps : (B, channels, rows, columns)
            Input rows, the first of which is row `offset` of a map of `size` rows.
        """
        conv, padding = self.convolution, self._padding
        if self._spans_columns:
            return self._activate(
                _product(maps[:, :, start - offset : stop - offset], conv)
            )
        if isinstance(conv, nn.ConvTranspose2d):
            first = offset * self.stride - padding
            out = self._spread_out(maps, conv, start - first, stop - first)
        else:
            above = max(0, -(start * self.stride - padding))
            last = (stop - 1) * self.stride - padding + conv.kernel_size[0]
            below = max(0, last - size)
            padded = functional.pad(maps, (0, 0, above, below))
            out = functional.conv2d(
                padded,
                conv.weight,
                conv.bias,
                conv.stride,
                (0, conv.padding[1]),  # type: ignore[arg-type]  # ints, not "same"
            )
        return self._activate(out)

    def fold(self) -> Self:
        """Fold the batch norm, at its running statistics, into the convolution."""
        if isinstance(self.norm, nn.BatchNorm2d):
            self.convolution = fuse_conv_bn_eval(
                self.convolution.eval(), self.norm.eval(), self.transposed
            )
            self.norm = nn.Identity()
        conv = self.convolution
        if isinstance(conv, nn.ConvTranspose2d) and Spreading.suits(conv):
            self._spreading = Spreading.of(conv)
        return self

    @property
    def _spans_columns(self) -> bool:
        """True where each output row is made of one input row, all its columns."""
        conv = self.convolution
        plain = conv.kernel_size[0] == 1 and conv.stride == (1, 1)
        return plain and conv.kernel_size[1] > 1 and not self.transposed

    @property
    def _padding(self) -> int:
        return int(self.convolution.padding[0])

    def _spread_out(
        self, maps: Tensor, conv: nn.ConvTranspose2d, start: int, stop: int
    ) -> Tensor:
        """Rows start to stop of all that these reach, also past the map's ends."""
        if self._spreading is not None:
            return self._spreading(maps, start, stop)
        reached = functional.conv_transpose2d(
            maps,
            conv.weight,
            conv.bias,
            conv.stride,
            (0, conv.padding[1]),  # type: ignore[arg-type]  # ints, not "same"
            (0, conv.output_padding[1]),
        )
        return reached[:, :, start:stop]

    def _activate(self, maps: Tensor) -> Tensor:
        if not self.activated:
            return maps
        return functional.leaky_relu(self.norm(maps), LEAK, inplace=True)


def _product(maps: Tensor, convolution: nn.Conv2d | nn.ConvTranspose2d) -> Tensor:
    """A convolution over one row and all its columns, as the matrix product it is.

    On a CPU that is several times as fast as the convolution of (B, C, F, K) maps.
    """
    rows = maps.transpose(1, 2).flatten(2)  # (B, F, C·K)
    product = functional.linear(rows, convolution.weight.flatten(1), convolution.bias)
    return product.transpose(1, 2)[..., None]
