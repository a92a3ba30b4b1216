"""Layers one after another, of whose output any band of rows can be computed alone.

Maps are (B, channels, rows, columns) float32, in and out; see `layers`.
"""

from itertools import pairwise
from typing import Self

from torch import Tensor, nn

from vae.network.layers import Layer
from vae.network.room import NONE, cut


class Stack(nn.Module):
    """Layers one after another, whole or by bands of rows."""

    def __init__(self, layers: list[Layer]) -> None:
        super().__init__()
        self.layers = nn.ModuleList(layers)

    def forward(self, maps: Tensor) -> Tensor:
        """The whole map through every layer."""
        maps = self.before_last(maps)
        for last in self._each()[-1:]:
            maps = last(maps)
        return maps

    def before_last(self, maps: Tensor) -> Tensor:
        """What the last layer is given of the whole map."""
        room = NONE
        for layer, following in pairwise(self._each()):
            maps, room = layer.trained(maps, room, following)
        return cut(maps, room)

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
