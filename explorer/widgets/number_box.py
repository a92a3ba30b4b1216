"""A number of a plan: typed, or stepped by an amount or by a factor."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from explorer.session.training.setting import Setting

# What may become 3e-4, 0.5 or 0,5, and 1,024.
BY_FACTOR = re.compile(r"\d*[.,]?\d*(e-?\d*)?", re.IGNORECASE)
DECIMAL = re.compile(r"\d*[.,]?\d*")
WHOLE = re.compile(r"[\d,]*")


class NumberBox(QDoubleSpinBox):
    """Shows one setting's number; the wheel turns it only while it has the focus.

    Numbers are written as in the rest of the program, whatever the system's language
    is; a decimal comma is understood.
    """

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self.setDecimals(setting.decimals)
        self.setRange(setting.lowest, setting.highest)
        self.setSingleStep(setting.step)
        self.setSuffix(setting.unit)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(setting.title)
        self.setAccessibleDescription(setting.tip)
        lowest, highest = (
            self.textFromValue(one) for one in (setting.lowest, setting.highest)
        )
        span = f"{lowest} to {highest}{setting.unit}"
        self.setToolTip(f"<p>{setting.tip}.</p><p>{span}</p>")

    def show_number(self, number: float) -> None:
        """Show what holds, without saying that it was chosen."""
        self.blockSignals(True)
        self.setValue(number)
        self.blockSignals(False)

    def stepBy(self, steps: int) -> None:
        if self._setting.by_factor:
            exact = self.value() * self._setting.step**steps
            self.setValue(float(f"{exact:.2g}"))
        else:
            super().stepBy(steps)

    def textFromValue(self, value: float) -> str:
        if self._setting.decimals == 0:
            return f"{round(value):,}"
        return f"{value:.{self._setting.decimals}f}".rstrip("0").rstrip(".") or "0"

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let what may become a number be typed."""
        pattern = DECIMAL if self._setting.decimals else WHOLE
        if self._setting.by_factor:
            pattern = BY_FACTOR
        fits = pattern.fullmatch(self._figures(text)) is not None
        state = QValidator.State
        return state.Acceptable if fits else state.Invalid, text, position

    def valueFromText(self, text: str) -> float:
        point = "." if self._setting.decimals else ""
        try:
            return self._setting.held(float(self._figures(text).replace(",", point)))
        except ValueError:
            return self.value()

    def _figures(self, text: str) -> str:
        return text.removesuffix(self._setting.unit).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
