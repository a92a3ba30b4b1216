"""Typing on a slider: its exact value, or its name."""

import math
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.session.point import RANGE_SIGMA


class SliderEditor(QLineEdit):
    """A line over a slider; Enter keeps what it says, Escape gives it up.

    Parameters
    ----------
    slider : QWidget
        Gets the focus back.
    area : QRect
        Which part of the slider it covers.
    keep : callable
        Takes the text; gives False where it cannot be meant, and it stays open.
    """

    def __init__(
        self,
        slider: QWidget,
        area: QRect,
        text: str,
        *,
        name: str,
        keep: Callable[[str], bool],
    ) -> None:
        super().__init__(text, slider)
        self._slider = slider
        self._keep = keep
        self._open = True
        self.setObjectName("onSlider")
        self.setAccessibleName(name)
        self.setToolTip(f"{name}: Enter keeps it, Escape gives it up")
        self.setFrame(False)
        self.setGeometry(area)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.selectAll()
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._keep(self.text()):
                self._close()
            else:
                self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._open:
            self._keep(self.text())
            self._close(refocus=False)

    def _close(self, *, refocus: bool = True) -> None:
        self._open = False
        if refocus:
            self._slider.setFocus()
        self.hide()
        self.deleteLater()


def sigma_of_text(text: str) -> float | None:
    """The value a person has typed, held within the range; None where it is none."""
    plain = text.replace("−", "-").replace(",", ".").replace("σ", "").strip()
    try:
        sigma = float(plain)
    except ValueError:
        return None
    if math.isnan(sigma):
        return None
    return min(max(sigma, -RANGE_SIGMA), RANGE_SIGMA)
