"""Which axes the tools may move: locks, one for each axis, and "the first n only".

Letters: L latent size.
"""

from collections.abc import Mapping
from pathlib import Path

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
        self._model_hash = ""
        self._path: Path | None = None
        self._others: dict[str, frozenset[int]] = {}  # by model hash

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

    def show_model(self, model_hash: str, path: Path | None = None) -> None:
        """Speak of another model's axes from now on: its own locks come back.

        A model from the same file is the same one trained further, and keeps them.
        """
        if model_hash == self._model_hash:
            return
        grown = path is not None and path == self._path
        first = not self._model_hash  # what was locked before any model is of this one
        if not first and not grown:
            self._others[self._model_hash] = self.locked
        known = self._others.pop(model_hash, None)
        self._model_hash, self._path = model_hash, path
        if known is not None and not (first and self.locked):
            self._set(known, self.first)
        elif not (first or grown):
            self.unlock_all()

    @property
    def everything(self) -> Mapping[str, frozenset[int]]:
        """All locks by model hash, to be remembered."""
        every = {**self._others, self._model_hash: self.locked}
        return {one: locked for one, locked in every.items() if one and locked}

    def restore_all(self, everything: Mapping[str, frozenset[int]]) -> None:
        """Take over the locks of other models that were remembered."""
        self._others.update(everything)

    def _set(self, locked: frozenset[int], first: int | None) -> None:
        if (locked, first) != (self.locked, self.first):
            self.locked, self.first = locked, first
            self.changed.emit()
