"""Words that take as many lines as they need, and never make a window larger."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class WrappedLabel(QLabel):
    """Asks for one line at least, where Qt asks for what it would need if narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wordWrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(super().minimumSizeHint().width(), line)
