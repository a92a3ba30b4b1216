"""How loud the sound is that goes out: left and right, in dB."""

import math

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.session.session import Session

FLOOR_DB = -54.0
WARM_DB = -9.0  # from here the bar is drawn in the colour of marks
FALL_DB = 1.6  # each tick, when the sound grows quieter
TICK_MS = 33
HOLD_TICKS = 40  # for which a peak is remembered
NARROWEST, WIDTH = 64, 104  # pixels
BAR_HEIGHT, GAP = 5, 3
LIGHT_WIDTH, LIGHT_GAP = 9, 3

Role = QPalette.ColorRole


class LevelMeter(QWidget):
    """Two bars that rise at once and fall slowly, and a light that remembers clipping.

    Attributes
    ----------
    held_db : list of float
        The latest peaks, left and right.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown_db = [FLOOR_DB, FLOOR_DB]
        self.held_db = [FLOOR_DB, FLOOR_DB]
        self._hold_ticks = [0, 0]
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Output level")
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._follow)
        session.playback.levels_changed.connect(self._wake)
        session.output.levels_changed.connect(self._show_light)
        self._show_light()

    @property
    def lit(self) -> bool:
        """True where the clip light is on."""
        return self._session.output.clipping

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 2 * BAR_HEIGHT + GAP)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.held_db, self._hold_ticks = [FLOOR_DB, FLOOR_DB], [0, 0]
            self._session.output.clear_clipping()
            self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self.palette()
        for channel, level_db in enumerate(self._shown_db):
            top = channel * (BAR_HEIGHT + GAP)
            groove = QRect(0, top, self._span, BAR_HEIGHT)
            painter.fillRect(groove, palette.color(Role.Mid))
            self._fill(painter, top, FLOOR_DB, level_db, palette.color(Role.Highlight))
            self._fill(painter, top, WARM_DB, level_db, palette.color(Role.BrightText))
            held_db = self.held_db[channel]
            if held_db > FLOOR_DB:
                x = min(self._x(held_db), self._span - 2)
                painter.fillRect(x, top, 2, BAR_HEIGHT, palette.color(Role.Text))
        light = QRect(self.width() - LIGHT_WIDTH, 0, LIGHT_WIDTH, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(Role.LinkVisited if self.lit else Role.Mid))
        painter.drawRoundedRect(light, 2.5, 2.5)
        painter.end()

    @property
    def _span(self) -> int:
        """The width of the bars, pixels."""
        return self.width() - LIGHT_WIDTH - LIGHT_GAP

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
        return round((level_db - FLOOR_DB) / -FLOOR_DB * self._span)

    def _show_light(self) -> None:
        words = "Level of what is played, left above right, with the latest peaks"
        light = (
            "It was over full scale: click to put out the light"
            if self.lit
            else "The light at the end says that it was over full scale"
        )
        self.setToolTip(f"{words}\n{light}")
        self.setAccessibleDescription(light)
        self.update()

    def _wake(self) -> None:
        if not self._tick.isActive():
            self._tick.start()

    def _follow(self) -> None:
        playback = self._session.playback
        for channel, peak in enumerate((playback.peak_left, playback.peak_right)):
            self._follow_channel(channel, _decibels(peak))
        rested = max(*self._shown_db, *self.held_db) <= FLOOR_DB
        if rested and not playback.playing:
            self._tick.stop()
        self.update()

    def _follow_channel(self, channel: int, level_db: float) -> None:
        fallen_db = max(self._shown_db[channel] - FALL_DB, FLOOR_DB)
        self._shown_db[channel] = max(level_db, fallen_db)
        if level_db >= self.held_db[channel]:
            self.held_db[channel] = max(level_db, FLOOR_DB)
            self._hold_ticks[channel] = HOLD_TICKS
        elif self._hold_ticks[channel] > 0:
            self._hold_ticks[channel] -= 1
        else:
            held_db = self.held_db[channel] - FALL_DB
            self.held_db[channel] = max(held_db, self._shown_db[channel], FLOOR_DB)


def _decibels(peak: float) -> float:
    return min(20 * math.log10(peak), 0.0) if peak > 0 else FLOOR_DB
