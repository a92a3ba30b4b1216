"""Escape gives up a drag, wherever the focus is."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class DragEscape(QObject):
    """Takes the Escape key from everything else while something is dragged.

    Parameters
    ----------
    give_up : callable
        Told once a drag, when the key is pressed: let go, and go back.
    """

    def __init__(self, give_up: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._give_up = give_up

    def watch(self) -> None:
        """A drag has begun."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def rest(self) -> None:
        """The drag is over; may be said twice."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in KEYS or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()  # before any shortcut
        if event.type() == QEvent.Type.KeyPress:
            self.rest()
            self._give_up()
        return True
