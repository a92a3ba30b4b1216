"""The whole song in a strip: where it is loud, and which part the picture shows."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.session.session import Session
from explorer.session.span import Span
from explorer.widgets.bubble import bubble
from explorer.widgets.overview_drag import OverviewDrag
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.wheel import notches

HEIGHT = 30
EDGE_REACH = 5  # pixels within which an end of the part is taken
VEIL = 0.55  # of what the picture does not show
ZOOM_EACH_NOTCH = 1.25
STEP = 0.1  # of what is seen, moved by a key
TIP = (
    "The whole song. Drag over a part to see it larger, drag what is framed to see "
    "another part, drag its ends to zoom; click to go there, double-click to see all"
)

KEYS = (
    ("Click", "Go there"),
    ("Drag", "See that part larger; drag what is framed, or its ends, to see another"),
    ("Double-click", "See all of the song"),
    ("Wheel", "Zoom in time, at the pointer"),
    ("Left, Right", "See another part"),
    ("Up, Down", "Zoom in and out"),
)

Role = QPalette.ColorRole


class OverviewStrip(QWidget):
    """As wide as the plot under it; what the picture shows is bright and framed."""

    def __init__(
        self, session: Session, plot: PicturePlot, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plot = plot
        self._drag = OverviewDrag(session)
        self._wave: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setToolTip(bubble(TIP))
        self.setAccessibleName("Overview of the song")
        session.song_changed.connect(self._begin)
        session.point_changed.connect(self._repaint)
        session.view.span_changed.connect(self._repaint)
        session.playback.position_changed.connect(self._follow)
        self._drawn_x = -1

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def x_of(self, share: float) -> float:
        """Where a share of the song lies, pixels."""
        area = self._plot.area
        return float(area.left() + share * area.width())

    def share_at(self, x: float) -> float:
        """The share of the song at a pixel, 0 to 1."""
        area = self._plot.area
        share = (x - area.left()) / max(area.width(), 1.0)
        return float(min(max(share, 0.0), 1.0))

    # ------------------------------------------------------------ mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            x = event.position().x()
            reach = EDGE_REACH / max(self._plot.area.width(), 1.0)
            self._drag.begin(self.share_at(x), reach)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        share = self.share_at(event.position().x())
        reach = EDGE_REACH / max(self._plot.area.width(), 1.0)
        if not self._drag.move(share, reach):
            self.setCursor(
                {
                    "end": Qt.CursorShape.SplitHCursor,
                    "part": Qt.CursorShape.OpenHandCursor,
                    "": Qt.CursorShape.CrossCursor,
                }[self._drag.kind_at(share, reach)]
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag.end(self.share_at(event.position().x()))

    def mouseDoubleClickEvent(self, _: QMouseEvent) -> None:
        view = self._session.view
        view.see(Span(), view.frequency)

    def wheelEvent(self, event: QWheelEvent) -> None:
        share = self.share_at(event.position().x())
        self._session.view.zoom_time(ZOOM_EACH_NOTCH ** notches(event).y(), share)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view = self._session.view
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        zooms = {Qt.Key.Key_Up: ZOOM_EACH_NOTCH, Qt.Key.Key_Down: 1 / ZOOM_EACH_NOTCH}
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in steps:
                view.pan(steps[Qt.Key(event.key())])
                return
            if event.key() in zooms:
                view.zoom_time(zooms[Qt.Key(event.key())])
                return
        super().keyPressEvent(event)

    # ------------------------------------------------------------ drawing

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._wave = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wave = None

    def paintEvent(self, _: QPaintEvent) -> None:
        session = self._session
        if session.song is None or session.picture.pixels.size == 0:
            return
        area, time = self._plot.area, session.view.time
        wave = self._drawn_wave(round(area.width()), self.height())
        painter = QPainter(self)
        painter.drawPixmap(QPointF(area.left(), 0), wave)
        left, right = self.x_of(time.low), self.x_of(time.high)
        veil = self.palette().color(Role.Window)
        veil.setAlphaF(VEIL)
        painter.fillRect(QRectF(area.left(), 0, left - area.left(), HEIGHT), veil)
        painter.fillRect(QRectF(right, 0, area.right() - right, HEIGHT), veil)
        self._draw_spans(painter)
        if not time.whole or self.hasFocus():
            role = Role.Highlight if self.hasFocus() else Role.PlaceholderText
            painter.setPen(self.palette().color(role))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left, 0.5, right - left - 1, self.height() - 2))
        painter.setPen(self.palette().color(Role.Text))
        x = self._playhead_x
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _draw_spans(self, painter: QPainter) -> None:
        session, song = self._session, self._session.song
        if song is None or not song.samples:
            return
        for index, span in enumerate(session.point.spans):
            left, right = (self.x_of(x / song.samples) for x in (span.start, span.stop))
            focused = index == session.point.focus
            colour = self.palette().color(
                Role.Highlight if focused else Role.BrightText
            )
            area = QRectF(left, self.height() - 4, max(right - left, 2.0), 3)
            painter.fillRect(area, colour)

    def _drawn_wave(self, width: int, height: int) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = QSize(max(round(width * ratio), 1), round(height * ratio))
        if self._wave is None or self._wave.size() != size:
            self._wave = QPixmap(size)
            self._wave.fill(Qt.GlobalColor.transparent)
            song = self._session.song
            if song is not None and len(song.overview_peak):
                _draw_wave(
                    self._wave,
                    (song.overview_peak, self.palette().color(Role.Dark)),
                    (song.overview_rms, self.palette().color(Role.PlaceholderText)),
                )
            self._wave.setDevicePixelRatio(ratio)
        return self._wave

    @property
    def _playhead_x(self) -> float:
        duration_s = self._session.picture.duration_s
        share = self._session.transport.position_s / duration_s if duration_s else 0.0
        return self.x_of(min(share, 1.0))

    def _begin(self) -> None:
        self._wave = None
        self.update()

    def _repaint(self) -> None:
        self.update()

    def _follow(self) -> None:
        x = round(self._playhead_x)
        if x != self._drawn_x:  # no sooner: painting costs
            self._drawn_x = x
            self.update()


Layer = tuple[np.ndarray, QColor]


def _draw_wave(pixmap: QPixmap, *layers: Layer) -> None:
    """Draw levels (N,), full scale 1, as bars about the middle, later ones on top."""
    width, height = pixmap.width(), pixmap.height()
    painter = QPainter(pixmap)
    for levels, colour in layers:
        edges = np.linspace(0, len(levels), width + 1).astype(int)
        for x in range(width):
            stretch = levels[edges[x] : max(edges[x + 1], edges[x] + 1)]
            tall = max(min(float(stretch.max(initial=0.0)), 1.0) * (height - 4), 1.0)
            painter.fillRect(QRectF(x, (height - tall) / 2, 1, tall), colour)
    painter.end()
