"""Two points side by side, to be compared, and everything between them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from psygnal import Signal

from explorer.session.numerals import percent_text
from explorer.session.point import LatentPoint

if TYPE_CHECKING:
    from explorer.session.session import Session

SlotName = Literal["A", "B"]
SLOT_NAMES: tuple[SlotName, ...] = ("A", "B")
OTHER: dict[SlotName, SlotName] = {"A": "B", "B": "A"}


class Slots:
    """Slot A and slot B: what is kept in them stays until it is replaced.

    Going to a slot, or between them, is a step of the history; keeping is none, for it
    moves nothing. Where something that was kept is lost, a message can bring it back.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._kept: dict[SlotName, LatentPoint] = {}

    def __getitem__(self, name: SlotName) -> LatentPoint | None:
        """The point kept in a slot that still fits the model, or None."""
        point = self._kept.get(name)
        size = self._session.point.latent_size
        return point if point is not None and point.latent_size == size else None

    @property
    def full(self) -> bool:
        """True where both slots hold a point: one can go between them."""
        return self["A"] is not None and self["B"] is not None

    @property
    def any(self) -> bool:
        """True where either slot holds a point."""
        return self["A"] is not None or self["B"] is not None

    @property
    def kept(self) -> dict[str, LatentPoint]:
        """All that is kept, also what does not fit the model that is open."""
        return {str(name): point for name, point in self._kept.items()}

    def restore(self, kept: Mapping[str, LatentPoint]) -> None:
        """Take over what was kept."""
        self._set({name: kept[name] for name in SLOT_NAMES if name in kept})

    def keep(self, name: SlotName) -> None:
        """Keep the present point in a slot."""
        self._replace({**self._kept, name: self._session.point}, f"{name} is replaced.")

    def go(self, name: SlotName) -> None:
        """Go to the point of a slot, where it holds one."""
        point = self[name]
        if point is not None:
            self._session.go(f"Slot {name}", point)

    def go_or_keep(self, name: SlotName) -> None:
        """Go to the point of a slot; keep the present one there if it is empty."""
        if self[name] is None:
            self.keep(name)
        else:
            self.go(name)

    def swap(self) -> None:
        """Exchange A and B."""
        self._set({OTHER[name]: point for name, point in self._kept.items()})

    def copy(self, name: SlotName) -> None:
        """Keep in the other slot what this one holds."""
        point = self[name]
        if point is not None:
            other = OTHER[name]
            self._replace({**self._kept, other: point}, f"{other} is replaced.")

    def clear(self) -> None:
        """Empty both."""
        self._replace({}, "A and B are empty.")

    def between(self, share: float) -> LatentPoint | None:
        """The point at a share of the way from A, 0, to B, 1; None without either."""
        start, end = self["A"], self["B"]
        if start is None or end is None:
            return None
        if share in {0.0, 1.0}:
            return end if share else start
        whole = (1.0 - share) * start.whole + share * end.whole
        nearer = start if share < 0.5 else end
        spans = nearer.spans
        if _places(start) == _places(end):
            spans = tuple(
                replace(one, offset=(1.0 - share) * one.offset + share * other.offset)
                for one, other in zip(start.spans, end.spans, strict=True)
            )
        return replace(nearer, whole=whole, spans=spans)

    def morph(self, share: float) -> None:
        """Go to a point between A, 0, and B, 1."""
        share = min(max(share, 0.0), 1.0)
        point = self.between(share)
        if point is not None:
            self._session.go(f"Between A and B, {percent_text(share)}", point)

    @property
    def share(self) -> float:
        """How far from A to B the present point lies, 0 to 1, as seen from the line."""
        start, end = self["A"], self["B"]
        if start is None or end is None:
            return 0.0
        course = (end.whole - start.whole).astype(np.float64)
        length = float(course @ course)
        walked = float((self._session.point.whole - start.whole) @ course)
        return min(max(walked / length, 0.0), 1.0) if length else 0.0

    def _replace(self, kept: dict[SlotName, LatentPoint], words: str) -> None:
        """Tell of it, and offer it back, where a point that was kept is lost."""
        before = self._kept
        self._set(kept)
        if any(kept.get(name) != point for name, point in before.items()):
            self._session.messages.notice(
                "point", words, undo=lambda: self._set(before)
            )

    def _set(self, kept: dict[SlotName, LatentPoint]) -> None:
        if kept != self._kept:
            self._kept = kept
            self.changed.emit()


def _places(point: LatentPoint) -> list[tuple[int, int, int]]:
    return [(one.start, one.stop, one.fade) for one in point.spans]
