"""Columns beyond the ends of maps, so that maps need not be copied to be padded or cut.

Letters: B batch, C channels, P rows and Q columns of a map; all lie channels last.
"""

from typing import Any, NamedTuple

import torch
from torch import Tensor


class Room(NamedTuple):
    """How many columns lie beyond either end of a map."""

    left: int = 0
    right: int = 0

    def inside(self, wide: Tensor) -> Tensor:
        """The map itself: (B, C, P, left + Q + right) to its (B, C, P, Q)."""
        return wide.narrow(3, self.left, wide.shape[3] - self.left - self.right)

    def around(self, maps: Tensor) -> Tensor:
        """Memory for maps like (B, C, P, Q) with this room, which is zero already."""
        batch, channels, rows, columns = maps.shape
        wide = maps.new_empty(
            (batch, rows, self.left + columns + self.right, channels)
        ).permute(0, 3, 1, 2)
        self.clear(wide)
        return wide

    def clear(self, wide: Tensor) -> None:
        """Fill the room itself, of (B, C, P, left + Q + right), with zeros."""
        wide[..., : self.left] = 0
        wide[..., wide.shape[3] - self.right :] = 0


NONE = Room()


def cut(wide: Tensor, room: Room) -> Tensor:
    """The map (B, C, P, Q) inside a room, for any layer; itself where there is none."""
    if room == NONE:
        return wide
    maps: Tensor = _Cut.apply(wide, room)  # type: ignore[no-untyped-call]  # torch
    return maps


class _Cut(torch.autograd.Function):
    """Its gradient fills the room with zeros; torch would fill all first."""

    @staticmethod
    def forward(ctx: Any, wide: Tensor, room: Room) -> Tensor:
        ctx.room = room
        return room.inside(wide)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        wide = ctx.room.around(gradient)
        ctx.room.inside(wide).copy_(gradient)
        return wide, None
