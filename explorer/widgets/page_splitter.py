"""The picture above, the sliders below, and the border between them to be dragged."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

STRETCH = 3, 1  # of what a window gains in height: the picture's and the sliders' share


class PageSplitter(QSplitter):
    """Shares the room of a page between two widgets.

    What the window gains or loses in height both gain or lose. Where a message comes or
    goes above in a window that stays as it is, the lower one stays too: nothing moves
    away from under a hand that drags a slider.
    """

    def __init__(self, upper: QWidget, lower: QWidget, *, handle_width: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._window_height = 0
        self.addWidget(upper)
        self.addWidget(lower)
        for index, share in enumerate(STRETCH):
            self.setStretchFactor(index, share)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(handle_width)
        self.handle(1).setToolTip("Drag for a larger picture or wider rows")

    def share(self, lower_height: int) -> None:
        """Give the lower one so much of the height, pixels, and the upper the rest."""
        upper_height = self.height() - self.handleWidth() - lower_height
        self.setSizes([max(upper_height, 1), lower_height])

    def resizeEvent(self, event: QResizeEvent) -> None:
        before, (_, lower_height) = self._window_height, self.sizes()
        super().resizeEvent(event)
        self._window_height = self.window().height()
        if self._window_height == before and lower_height > 0:
            self.share(lower_height)
