"""A line to find something with, and a cross in it that empties it again."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from explorer.widgets.icons import icon


class FindLine(QLineEdit):
    """The cross is drawn as all else is, and can be told what it does."""

    def __init__(
        self, words: str, *, tip: str, clear_tip: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setToolTip(tip)
        self.setClearButtonEnabled(True)
        for clear in self.findChildren(QToolButton):
            clear.setAccessibleName("Find nothing in particular")
            clear.setToolTip(clear_tip)
        self._draw_cross()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_cross()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for clear in self.findChildren(QToolButton):  # Qt leaves it a little too low
            clear.move(clear.x(), (self.height() - clear.height()) // 2)

    def _draw_cross(self) -> None:
        for action in self.findChildren(QAction):
            action.setIcon(icon("close", self.palette()))
