"""How loud the sound is that goes out: left and right, in dB."""

import math

from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.session.session import Session

FLOOR_DB = -54.0
WARM_DB = -9.0  # from here the bar is drawn in the colour of marks
FALL_DB = 1.6  # each tick, when the sound grows quieter
TICK_MS = 33
BAR_HEIGHT, GAP = 4, 3

Role = QPalette.ColorRole


class LevelMeter(QWidget):
    """Two bars that rise at once and fall slowly."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown_db = [FLOOR_DB, FLOOR_DB]
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip("Level of what is played, left above right")
        self.setAccessibleName("Output level")
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._follow)
        session.playback.levels_changed.connect(self._wake)

    def sizeHint(self) -> QSize:
        return QSize(72, 2 * BAR_HEIGHT + GAP)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        for channel, level_db in enumerate(self._shown_db):
            top = channel * (BAR_HEIGHT + GAP)
            groove = QRect(0, top, self.width(), BAR_HEIGHT)
            painter.fillRect(groove, palette.color(Role.Mid))
            self._fill(painter, top, FLOOR_DB, level_db, palette.color(Role.Highlight))
            self._fill(painter, top, WARM_DB, level_db, palette.color(Role.BrightText))
        painter.end()

    def _fill(
        self,
        painter: QPainter,
        top: int,
        from_db: float,
        to_db: float,
        colour: QColor,
    ) -> None:
        left, right = (self._x(level_db) for level_db in (from_db, to_db))
        if right > left:
            painter.fillRect(left, top, right - left, BAR_HEIGHT, colour)

    def _x(self, level_db: float) -> int:
        return round((level_db - FLOOR_DB) / -FLOOR_DB * self.width())

    def _wake(self) -> None:
        if not self._tick.isActive():
            self._tick.start()

    def _follow(self) -> None:
        playback = self._session.playback
        peaks = (playback.peak_left, playback.peak_right)
        self._shown_db = [
            max(_decibels(peak), shown - FALL_DB, FLOOR_DB)
            for peak, shown in zip(peaks, self._shown_db, strict=True)
        ]
        if max(self._shown_db) <= FLOOR_DB and not playback.playing:
            self._tick.stop()
        self.update()


def _decibels(peak: float) -> float:
    return min(20 * math.log10(peak), 0.0) if peak > 0 else FLOOR_DB
