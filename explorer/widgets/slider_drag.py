"""Dragging a slider's handle."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent

from explorer.widgets.slider_row import HANDLE_WIDTH, SliderRow

FINE_DRAG = 0.1  # of the pointer's way, with Shift


def is_fine(event: QMouseEvent) -> bool:
    """True where Shift asks for a fine drag."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class SliderDrag:
    """Places are pixels of the slider, from its left; values are in σ.

    Parameters
    ----------
    move_to : callable
        Told each value the handle is dragged to.
    """

    def __init__(self, row: SliderRow, move_to: Callable[[float], None]) -> None:
        self._row = row
        self._move_to = move_to
        self._held: tuple[float, float] | None = (
            None  # the pointer, and the value there
        )
        self._moved = False

    @property
    def holding(self) -> bool:
        """True from the press of the button until it is let go."""
        return self._held is not None

    @property
    def moving(self) -> bool:
        """True once what is held has been moved."""
        return self._moved

    def begin(self, x: float, value: float, area: QRect, *, fine: bool) -> None:
        """Take the handle, which stands at a value; one that is elsewhere comes here.

        A fine drag takes it from afar; beside the track there is nothing to take.
        """
        track = self._row.track(area)
        if fine or abs(x - self._row.x_of(value, area)) <= HANDLE_WIDTH:
            self._held = (x, value)
        elif track.left() - HANDLE_WIDTH <= x <= track.right() + HANDLE_WIDTH:
            here = self._row.sigma_of(x, area)
            self._held = (x, here)
            self._move_to(here)

    def move(self, x: float, area: QRect, *, fine: bool) -> None:
        """Drag to here."""
        if self._held is None:
            return
        before, value = self._held
        way = (x - before) * self._row.sigma_per_pixel(area)
        value += way * FINE_DRAG if fine else way
        self._held, self._moved = (x, value), True
        self._move_to(value)

    def end(self) -> bool:
        """Let go; True where it was moved, and not only clicked on."""
        moved = self._moved
        self._held, self._moved = None, False
        return moved
