"""Convolutions of which any band of frames can be computed alone.

A layer maps `size` rows (frames, or latent vectors) to more or fewer rows. Asked for
output rows start to stop, it says which input rows they need (`span`) and computes just
those (`rows`), exactly as in the whole map: nothing normalises over positions, and
padding is added only where the map really ends.

Maps are (B, channels, rows, columns) float32; columns are coefficients, or 1.
"""

from typing import Self

from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from vae.network import blocks, row_norm
from vae.network.room import NONE, Room, cut
from vae.network.spreading import Spreading

LEAK = 0.2  # slope of the leaky ReLU below zero
KERNEL_OF_STRIDE = {1: (3, 1), 2: (4, 1), 4: (8, 2)}  # stride: (kernel, padding)


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
        if self._trains_by_blocks(maps):
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
        if not self._trains_by_blocks(maps):
            return self.forward(cut(maps, room)), NONE
        wide, left = blocks.computed(maps, self.convolution, room)
        if following is None and not self.activated:
            return wide, left
        if not (self.activated and row_norm.fits(self.norm, wide)):
            return self._activate(cut(wide, left)), NONE
        wanted = NONE
        if following is not None:
            wanted = blocks.room_wanted(following.convolution, left.inside(wide))
        out = row_norm.activated(wide, self.norm, LEAK, left, wanted)
        return out, wanted

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
        """Output rows start to stop.

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
            self._spreading = Spreading(conv)
        return self

    def _trains_by_blocks(self, maps: Tensor) -> bool:
        on_cpu = self.training and maps.device.type == "cpu"
        return on_cpu and blocks.fits(self.convolution)

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


class Stack(nn.Module):
    """Layers one after another, whole or by bands of rows."""

    def __init__(self, layers: list[Layer]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, maps: Tensor) -> Tensor:
        """The whole map through every layer."""
        return cut(*self.roomy(maps))

    def roomy(self, maps: Tensor) -> tuple[Tensor, Room]:
        """The whole map with the room that the last layer leaves, of anything."""
        room, each = NONE, self._each()
        for number, layer in enumerate(each):
            following = each[number + 1] if number + 1 < len(each) else None
            maps, room = layer.trained(maps, room, following)
        return maps, room

    def span(self, start: int, stop: int, size: int) -> tuple[int, int]:
        """Input rows, of `size`, that output rows start to stop depend on."""
        return self._spans(start, stop, self._sizes(size))[0]

    def rows(
        self, maps: Tensor, offset: int, start: int, stop: int, size: int
    ) -> Tensor:
        """Output rows start to stop, from input rows that hold at least their span."""
        sizes = self._sizes(size)
        spans = self._spans(start, stop, sizes)
        first, last = spans[0]
        maps = maps[:, :, first - offset : last - offset]
        for index, layer in enumerate(self._each()):
            maps = layer.rows(maps, spans[index][0], *spans[index + 1], sizes[index])
        return maps

    def fold(self) -> Self:
        """Fold every batch norm."""
        for layer in self._each():
            layer.fold()
        return self

    def split(self, size: int, most: int) -> tuple["Stack", "Stack"]:
        """In two: the layers that give at most `most` rows of `size`, and the rest."""
        sizes = self._sizes(size)
        count = sum(rows <= most for rows in sizes[1:])
        each = self._each()
        return Stack(each[:count]), Stack(each[count:])

    @property
    def first(self) -> Layer:
        """The layer that is given what the stack is given."""
        return self._each()[0]

    @property
    def last(self) -> Layer:
        """The layer that gives what the stack gives."""
        return self._each()[-1]

    def last_bias(self) -> Tensor:
        """The bias of the last layer, to be changed in place."""
        bias = self.last.convolution.bias
        assert bias is not None
        return bias

    def _each(self) -> list[Layer]:
        return [layer for layer in self.layers if isinstance(layer, Layer)]

    def _sizes(self, size: int) -> list[int]:
        sizes = [size]
        for layer in self._each():
            sizes.append(layer.output_rows(sizes[-1]))
        return sizes

    def _spans(self, start: int, stop: int, sizes: list[int]) -> list[tuple[int, int]]:
        spans = [(start, stop)]
        for layer, size in zip(reversed(self._each()), sizes[-2::-1], strict=True):
            spans.insert(0, layer.span(*spans[0], size))
        return spans


def row_strides(frames_per_latent: int, layers: int) -> list[int]:
    """Strides along time, image first, whose product is `frames_per_latent`.

    Four as often as it divides, then two; the last takes whatever is left over.
    """
    strides = []
    rest = frames_per_latent
    for _ in range(layers - 1):
        stride = 4 if rest % 4 == 0 else 2 if rest % 2 == 0 else 1
        strides.append(stride)
        rest //= stride
    return [*strides, rest]


def kernel_and_padding(stride: int) -> tuple[int, int]:
    """Kernel and padding along time for a stride; beyond 4, blocks side by side."""
    return KERNEL_OF_STRIDE.get(stride, (stride, 0))
