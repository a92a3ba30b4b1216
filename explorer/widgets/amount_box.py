"""A small number field that leaves the wheel and the keys to the window."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from explorer.widgets.wheel_guard import WheelGuard

PADDING, HEIGHT_PADDING = 18, 12  # pixels beside the digits, above and below
ROUNDING = 6  # pixels, of the corners
BARE = (
    "QLineEdit { background: transparent; border: none }"
    "QLineEdit:disabled { color: palette(dark) }"
)

Role = QPalette.ColorRole


class AmountBox(QSpinBox):
    """A number to type, or to turn with the wheel while it has the focus."""

    def __init__(
        self, name: str, *, tip: str, suffix: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("amount")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrame(False)
        self.lineEdit().setStyleSheet(BARE)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setSuffix(suffix)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        WheelGuard(self)

    def set_span(self, lowest: int, highest: int) -> None:
        """Hold the number within its range, and be wide enough for it."""
        self.setRange(lowest, highest)
        widest = f"{highest}{self.suffix()}"
        self.setFixedHeight(self.fontMetrics().height() + HEIGHT_PADDING)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(widest) + PADDING)

    def show_number(self, number: int) -> None:
        """Show what holds, without saying that it was chosen."""
        self.blockSignals(True)
        self.setValue(number)
        self.blockSignals(False)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the frame as the other fields have it, which no style sheet can here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = Role.PlaceholderText if self.underMouse() else Role.Mid
        if self.hasFocus():
            role = Role.Highlight
        usable = self.isEnabled()
        painter.setPen(self.palette().color(role if usable else Role.Base))
        painter.setBrush(self.palette().color(Role.Button if usable else Role.Base))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, ROUNDING - 0.5, ROUNDING - 0.5)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.clearFocus()  # the keys belong to the window again
