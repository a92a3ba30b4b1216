"""A plain slider that feels like those of the axes: fine, and to be given up."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider, QWidget

from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.slider_drag import FINE_DRAG, is_fine
from explorer.widgets.wheel_guard import WheelGuard

KEYS = (
    ("Drag", "Move it; with Shift ten times finer, taken from anywhere"),
    ("Escape", "While you drag: give it up, and go back to where it began"),
    ("Double-click", "0 dB; half way from A to B"),
    ("Double-click on the decibels", "Type the gain"),
    ("Arrow keys, Page Up, Page Down", "Move the one with the focus"),
)

_Part = QStyle.SubControl


class HandSlider(QSlider):
    """From left to right; a click beside the handle brings it there.

    With Shift it is taken from afar, and dragged ten times finer. The wheel turns it
    only while it has the focus.
    """

    given_up = Signal(int)  # Escape during a drag: the value before it
    sent_home = Signal()  # a double-click

    def __init__(self, parent: QWidget | None = None) -> None:
        self._held: tuple[float, float] | None = None  # the pointer, and the value
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._before = 0
        self._dragged = False
        self._escape = DragEscape(self._give_up, self)
        WheelGuard(self)

    @property
    def dragged(self) -> bool:
        """True where what was last taken was moved, and not only clicked on."""
        return self._dragged

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x, (left, right) = event.position().x(), self._handle
        on_handle = left <= x <= right
        value = float(self.value())
        if not (on_handle or is_fine(event)):
            value += (x - (left + right) / 2) * self._value_each_pixel
        self._before, self._dragged = self.value(), False
        self._held = (x, value)
        self._escape.watch()
        self.setSliderDown(True)
        self.setSliderPosition(round(value))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            return
        before, value = self._held
        x = event.position().x()
        way = (x - before) * self._value_each_pixel
        value += way * FINE_DRAG if is_fine(event) else way
        self._held, self._dragged = (x, value), True
        self.setSliderPosition(round(value))

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._release()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self._release()  # the release of the button will not be told

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.sent_home.emit()

    def _release(self) -> None:
        if self._held is not None:
            self._held = None
            self._escape.rest()
            self.setSliderDown(False)

    def _give_up(self) -> None:
        self._held = None
        self.blockSignals(True)
        self.setSliderDown(False)
        self.blockSignals(False)
        self.given_up.emit(self._before)

    @property
    def _handle(self) -> tuple[int, int]:
        """Where the handle begins and ends, pixels."""
        rect = self._place(_Part.SC_SliderHandle)
        return rect[0], rect[0] + rect[1] - 1

    @property
    def _value_each_pixel(self) -> float:
        handle, groove = (
            self._place(part)[1]
            for part in (_Part.SC_SliderHandle, _Part.SC_SliderGroove)
        )
        return (self.maximum() - self.minimum()) / max(groove - handle, 1)

    def _place(self, part: QStyle.SubControl) -> tuple[int, int]:
        """Where a part begins, and how wide it is, pixels."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        rect = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, part, self
        )
        return rect.left(), rect.width()
