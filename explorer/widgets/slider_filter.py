"""Finding sliders by what they are called."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.widgets.find_line import FindLine

WIDTH = 150


class SliderFilter(FindLine):
    """A line to type a name or a number into.

    Signals
    -------
    chosen
        Enter: go to the first slider found.
    left
        Escape: everything is shown again, and the focus may go elsewhere.
    """

    chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "Find a slider",
            tip="A number or a part of a name; the other sliders fade (Ctrl+F)",
            clear_tip="Show every slider again (Escape)",
            parent=parent,
        )
        self.setAccessibleName("Find a slider")
        self.setFixedWidth(WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def is_found(text: str, *, axis: int, name: str, noun: str = "Axis") -> bool:
    """True where a text stands for an axis: everything does where nothing is typed."""
    wanted = text.strip().casefold()
    if wanted.isdecimal():
        return str(axis + 1).startswith(wanted) or wanted in name.casefold()
    return wanted in name.casefold() or wanted in f"{noun} {axis + 1}".casefold()
