"""The wheel turns only what has the focus: no accidents on the way elsewhere."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class WheelGuard(QObject):
    """Lets a widget see the wheel only while it has the focus.

    What it does not see goes on to what it lies in, to be scrolled.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or self._widget.hasFocus():
            return False
        event.ignore()
        return True
