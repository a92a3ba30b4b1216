"""Which colour stands for how many decibels."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.engine.protocol import PICTURE_FLOOR_DB, PICTURE_TOP_DB
from explorer.widgets.colours import LEVELS, LOUDEST_DB, QUIETEST_DB, colour_table

BAR_WIDTH = 8
STEP_DB = 20
TOP, BOTTOM = 6, 24  # margins; the lower one stands beside the time axis
GAP = 5


class ColourScale(QWidget):
    """A bar of all colours, loudest on top, with a figure each 20 dB."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setToolTip("Level of each frequency, dB below a full-scale sine")
        self.setAccessibleName("Colour scale in decibels")
        column = colour_table().reshape(LEVELS, 1, 3)[::-1].copy()
        self._bar = QImage(
            column.tobytes(), 1, LEVELS, 3, QImage.Format.Format_RGB888
        ).copy()

    def sizeHint(self) -> QSize:
        return QSize(
            GAP * 3 + BAR_WIDTH + self.fontMetrics().horizontalAdvance("−100 dB"), 100
        )

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        bar = QRect(GAP, TOP, BAR_WIDTH, max(self.height() - TOP - BOTTOM, 1))
        span = PICTURE_TOP_DB - PICTURE_FLOOR_DB
        first = round((PICTURE_TOP_DB - LOUDEST_DB) / span * LEVELS)
        count = round((LOUDEST_DB - QUIETEST_DB) / span * LEVELS)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(bar, self._bar, QRect(0, first, 1, count))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        height = self.fontMetrics().height()
        for level_db in range(round(QUIETEST_DB), round(LOUDEST_DB) + 1, STEP_DB):
            share = (LOUDEST_DB - level_db) / (LOUDEST_DB - QUIETEST_DB)
            y = bar.top() + round(share * (bar.height() - 1))
            place = QRect(bar.right() + GAP, y - height // 2, self.width(), height)
            text = f"{level_db} dB".replace("-", "−")
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
