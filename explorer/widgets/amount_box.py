"""A small number field that leaves the wheel and the keys to the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from explorer.widgets.bubble import bubble
from explorer.widgets.wheel_guard import WheelGuard

PADDING = 18  # pixels beside the digits


class AmountBox(QSpinBox):
    """A number to type, or to turn with the wheel while it has the focus."""

    def __init__(
        self, name: str, *, tip: str, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("amount")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setSuffix(suffix)
        self.setAccessibleName(name)
        self.setToolTip(bubble(tip))
        WheelGuard(self)

    def set_span(self, lowest: int, highest: int) -> None:
        """Hold the number within its range, and be wide enough for it."""
        self.setRange(lowest, highest)
        widest = f"{highest}{self.suffix()}"
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(widest) + PADDING)

    def show_number(self, number: int) -> None:
        """Show what holds, without saying that it was chosen."""
        self.blockSignals(True)
        self.setValue(number)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.clearFocus()  # the keys belong to the window again
