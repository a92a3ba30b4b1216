"""Which axes the tools may move: locks, one for each axis, and "the first n only".

Letters: L latent size.
"""

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal


class Locks:
    """What random, mutate and the other tools leave alone; a hand may still move it.

    Attributes
    ----------
    locked : frozenset of int
        The axes a person has locked.
    first : int or None
        Random, mutate and to-the-mean move only this many of the most important axes;
        None: all.
    """

    changed = Signal()

    def __init__(self) -> None:
        self.locked: frozenset[int] = frozenset()
        self.first: int | None = None

    def is_locked(self, axis: int) -> bool:
        """True where a person has locked the axis."""
        return axis in self.locked

    def is_free(self, axis: int) -> bool:
        """True where the tools may move the axis."""
        return axis not in self.locked and (self.first is None or axis < self.first)

    def free_axes(self, latent_size: int) -> NDArray[np.bool_]:
        """(L,) bool, true where the tools may move the axis."""
        return np.array([self.is_free(axis) for axis in range(latent_size)], dtype=bool)

    def open_axes(self, latent_size: int) -> NDArray[np.bool_]:
        """(L,) bool, true where no lock is, however many come first."""
        return np.array(
            [axis not in self.locked for axis in range(latent_size)], dtype=bool
        )

    def lock(self, axis: int) -> None:
        """Keep the tools from moving an axis."""
        self._set(self.locked | {axis}, self.first)

    def unlock(self, axis: int) -> None:
        """Let the tools move an axis again."""
        self._set(self.locked - {axis}, self.first)

    def toggle(self, axis: int) -> None:
        """Lock an axis, or unlock it where it is locked."""
        if self.is_locked(axis):
            self.unlock(axis)
        else:
            self.lock(axis)

    def unlock_all(self) -> None:
        """Let the tools move every axis again."""
        self._set(frozenset(), self.first)

    def restore(self, locked: frozenset[int]) -> None:
        """Take over locks that were saved."""
        self._set(locked, self.first)

    def set_first(self, first: int | None) -> None:
        """Let the tools move only the most important axes, at least one; None: all."""
        self._set(self.locked, None if first is None else max(first, 1))

    def fit(self, latent_size: int) -> None:
        """Forget the locks on axes that another model does not have."""
        kept = frozenset(axis for axis in self.locked if axis < latent_size)
        self._set(kept, self.first)

    def _set(self, locked: frozenset[int], first: int | None) -> None:
        if (locked, first) != (self.locked, self.first):
            self.locked, self.first = locked, first
            self.changed.emit()
