"""Undo and redo: every point that was, in order, each with words for what made it."""

from dataclasses import dataclass

from psygnal import Signal

from explorer.session.point import LatentPoint


@dataclass(frozen=True)
class Step:
    """A point, and what was done to come to it."""

    label: str
    point: LatentPoint


class History:
    """The steps so far, and which of them is the present one.

    A gesture, such as a drag, is one step however many points it passes through, and no
    step at all where it ends at the point it began from.

    Attributes
    ----------
    steps : tuple of Step
        Oldest first; never empty.
    index : int
        Of the present step.
    """

    changed = Signal()

    def __init__(self, point: LatentPoint, label: str = "Start") -> None:
        self.steps: tuple[Step, ...] = (Step(label, point),)
        self.index = 0
        self._before_gesture: tuple[tuple[Step, ...], int] | None = None

    @property
    def point(self) -> LatentPoint:
        """The present point."""
        return self.steps[self.index].point

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None where there is nothing."""
        return self.steps[self.index].label if self.index > 0 else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None where there is nothing."""
        following = self.index + 1
        return self.steps[following].label if following < len(self.steps) else None

    @property
    def in_gesture(self) -> bool:
        """True while what is recorded merges into one step."""
        return self._before_gesture is not None

    def restart(self, point: LatentPoint, label: str) -> None:
        """Forget every step and begin from a point."""
        self.steps, self.index = (Step(label, point),), 0
        self._before_gesture = None
        self.changed.emit()

    def resume(self, steps: tuple[Step, ...], index: int) -> None:
        """Go on from steps that were kept."""
        self.steps, self.index = steps, index
        self._before_gesture = None
        self.changed.emit()

    def refocus(self, point: LatentPoint) -> None:
        """Put an equal point in the place of the present one."""
        index = self.index
        step = Step(self.steps[index].label, point)
        self.steps = (*self.steps[:index], step, *self.steps[index + 1 :])
        self.changed.emit()

    def replace(self, before: LatentPoint, after: LatentPoint) -> None:
        """Put a point in the place of another one, in every step that came to it."""

        def replaced(steps: tuple[Step, ...]) -> tuple[Step, ...]:
            return tuple(
                Step(step.label, after.with_focus(step.point.focus))
                if step.point == before
                else step
                for step in steps
            )

        if self._before_gesture is not None:
            steps, index = self._before_gesture
            self._before_gesture = replaced(steps), index
        steps = replaced(self.steps)
        if steps != self.steps:
            self.steps = steps
            self.changed.emit()

    def begin_gesture(self) -> None:
        """Merge what is recorded from now on into one step."""
        self.end_gesture()
        self._before_gesture = (self.steps, self.index)

    def end_gesture(self) -> None:
        """Close the gesture, if one is open."""
        before, self._before_gesture = self._before_gesture, None
        if before is not None and before[1] == self.index and before[0] != self.steps:
            self.steps = before[0]  # nothing came of it: what could be redone still can
            self.changed.emit()

    def cancel_gesture(self) -> bool:
        """Go back to where the open gesture began; False where that changes nothing."""
        before, self._before_gesture = self._before_gesture, None
        if before is None or before == (self.steps, self.index):
            return False
        self.steps, self.index = before
        self.changed.emit()
        return True

    def record(self, label: str, point: LatentPoint) -> None:
        """Make a point the present one, as a new step unless a gesture is open."""
        base = self.index
        if self._before_gesture is not None:
            base = self._before_gesture[1]
        kept = self.steps[: base + 1]
        if point != kept[-1].point:
            kept = (*kept, Step(label, point))
        elif self._before_gesture is None:
            return
        self.steps, self.index = kept, len(kept) - 1
        self.changed.emit()

    def undo(self) -> bool:
        """Go back a step; False where there is none."""
        self.end_gesture()
        return self._go(self.index - 1)

    def redo(self) -> bool:
        """Go forward a step; False where there is none."""
        self.end_gesture()
        return self._go(self.index + 1)

    def go_to(self, index: int) -> bool:
        """Go to any step; False where it is the present one, or there is none."""
        self.end_gesture()
        return index != self.index and self._go(index)

    def _go(self, index: int) -> bool:
        if not 0 <= index < len(self.steps):
            return False
        self.index = index
        self.changed.emit()
        return True
