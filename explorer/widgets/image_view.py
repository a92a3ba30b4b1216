"""The picture of the decoded song: time to the right, frequency up, a playhead."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from explorer.session.engine_state import PHASE_WORDS
from explorer.session.session import Session
from explorer.widgets.clock_text import clock_text
from explorer.widgets.colour_scale import ColourScale
from explorer.widgets.colours import colour_table
from explorer.widgets.pixels import FittedPixels

SMALLEST_HEIGHT = 120
DRAW_MS = 15  # slices that come closer together are drawn together
TIME_STEPS_S = (0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
PIXELS_PER_TICK = 70
SHADE_OPACITY = (
    0.6  # of the dark edge that keeps the playhead visible on bright colours
)

Role = QPalette.ColorRole


class ImageView(QWidget):
    """Shows the session's picture, and seeks where it is clicked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._fitted = FittedPixels(0, 0, width=1, height=1)
        self._undrawn: tuple[int, int] | None = None
        self.setMinimumHeight(SMALLEST_HEIGHT)
        self.setAccessibleName("Picture of the sound")
        self._plot = pg.PlotWidget(self)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._shade = pg.InfiniteLine(angle=90, movable=False)
        self._playhead = pg.InfiniteLine(angle=90, movable=False)
        self._scale = ColourScale(self)
        self._empty = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("dim")
        self._set_up_plot()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._scale)
        self._draw_due = QTimer(self, singleShot=True, interval=DRAW_MS)
        self._draw_due.timeout.connect(self._draw)
        session.picture.replaced.connect(self._begin)
        session.picture.rows_changed.connect(self._want)
        session.playback.position_changed.connect(self._show_playhead)
        session.song_changed.connect(self._show_playhead)
        session.tasks.changed.connect(self._show_emptiness)
        session.engine.changed.connect(self._show_emptiness)
        session.model_changed.connect(self._show_emptiness)
        self._begin()

    @property
    def viewport(self) -> QWidget:
        """The part that is clicked on."""
        viewport: QWidget = self._plot.viewport()
        return viewport

    @property
    def playhead_s(self) -> float:
        """Where the playhead is drawn, seconds."""
        return float(self._playhead.value())

    def x_of(self, position_s: float) -> float:
        """Where in the viewport a time lies, pixels."""
        place = self._plot.getViewBox().mapViewToScene(QPointF(position_s, 0.0))
        return float(self._plot.mapFromScene(place).x())

    # ------------------------------------------------------------ drawing

    def _begin(self) -> None:
        """Take up a picture of another shape, or another size on the screen."""
        picture = self._session.picture
        frames, kept = picture.pixels.shape
        area = self._plot.getViewBox().boundingRect()
        ratio = self.devicePixelRatioF()
        self._fitted = FittedPixels(
            frames,
            kept,
            width=round(area.width() * ratio),
            height=round(area.height() * ratio),
        )
        self._undrawn = None
        if frames:
            self._fitted.draw(picture.pixels, 0, frames)
            self._image.setImage(self._fitted.image, autoLevels=False)
            self._image.setRect(QRectF(0, 0, picture.duration_s, picture.band_hz))
            self._plot.setXRange(0, picture.duration_s, padding=0)
            self._plot.setYRange(0, picture.band_hz, padding=0)
            self._place_time_ticks()
        self._show_emptiness()
        self._show_playhead()

    def _want(self, start: int, stop: int) -> None:
        """Have some frames drawn soon."""
        before = self._undrawn
        if before is not None:
            start, stop = min(start, before[0]), max(stop, before[1])
        self._undrawn = (start, stop)
        if not self._draw_due.isActive():
            self._draw_due.start()

    def _draw(self) -> None:
        if self._undrawn is not None:
            self._fitted.draw(self._session.picture.pixels, *self._undrawn)
            self._undrawn = None
            self._image.updateImage(autoLevels=False)

    def _show_playhead(self) -> None:
        for line in (self._shade, self._playhead):
            line.setVisible(self._session.song is not None)
        position_s, duration_s = (
            self._session.position_s,
            self._session.picture.duration_s,
        )
        width = self._plot.getViewBox().boundingRect().width()
        step_s = duration_s / max(width * self.devicePixelRatioF(), 1.0)
        if abs(position_s - self._playhead.value()) >= step_s / 2 or position_s == 0:
            for line in (self._shade, self._playhead):
                line.setPos(position_s)  # no sooner than it shows: a line costs

    def _show_emptiness(self) -> None:
        session = self._session
        empty = session.picture.pixels.size == 0
        self._empty.setVisible(empty)
        self._scale.setVisible(not empty)
        for name in ("left", "bottom"):
            self._plot.getAxis(name).setVisible(not empty)
        if empty:
            self._empty.setText(_what_is_awaited(session))

    # ------------------------------------------------------------ the pointer

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and self._seeks(event):
            place = self._plot.mapToScene(event.position().toPoint())
            self._session.seek(self._plot.getViewBox().mapSceneToView(place).x())
            return True
        return super().eventFilter(watched, event)

    def _seeks(self, event: QMouseEvent) -> bool:
        return (
            event.type() == QEvent.Type.MouseButtonPress
            and event.button() == Qt.MouseButton.LeftButton
            and self._session.picture.pixels.size > 0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.rect())
        QTimer.singleShot(0, self, self._begin)  # when the plot has its new size

    # ------------------------------------------------------------ the plot

    def _set_up_plot(self) -> None:
        palette = self.palette()
        plot = self._plot
        plot.setBackground(None)
        plot.setFrameShape(QFrame.Shape.NoFrame)
        plot.setMouseEnabled(x=False, y=False)
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.disableAutoRange()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        plot.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        plot.viewport().installEventFilter(self)
        for name, words in (("left", _hertz_texts), ("bottom", _time_texts)):
            axis = plot.getAxis(name)
            axis.setPen(palette.color(Role.Mid))
            axis.setTextPen(palette.color(Role.PlaceholderText))
            axis.setStyle(tickLength=-4, tickTextOffset=5)
            axis.enableAutoSIPrefix(False)
            axis.tickStrings = words
        plot.getAxis("left").setWidth(
            self.fontMetrics().horizontalAdvance("2.5 kHz") + 12
        )
        self._image.setLookupTable(colour_table())
        shade = palette.color(Role.Shadow)
        shade.setAlphaF(SHADE_OPACITY)
        self._shade.setPen(pg.mkPen(shade, width=3))
        self._playhead.setPen(pg.mkPen(palette.color(Role.Text), width=1))
        plot.addItem(self._image)
        plot.addItem(self._shade, ignoreBounds=True)
        plot.addItem(self._playhead, ignoreBounds=True)

    def _place_time_ticks(self) -> None:
        """Ticks on round times, far enough apart to be read."""
        duration_s = self._session.picture.duration_s
        width = max(self._plot.getViewBox().boundingRect().width(), 1.0)
        wanted_s = duration_s * PIXELS_PER_TICK / width
        major = next((one for one in TIME_STEPS_S if one >= wanted_s), TIME_STEPS_S[-1])
        self._plot.getAxis("bottom").setTickSpacing(major=major, minor=major)


def _what_is_awaited(session: Session) -> str:
    task = session.tasks.newest
    if session.engine.phase != "running":
        return PHASE_WORDS[session.engine.phase]
    if task is not None:
        return task.label.removesuffix("…") + "…"
    if session.model is None:
        return "No model is open. Open one from the File menu."
    if session.song is None:
        return "No song is open. Drop one here, or open one from the File menu."
    return "Drawing the picture…"


def _hertz_texts(values: list[float], _: float, __: float) -> list[str]:
    return [f"{v / 1000:g} kHz" if v >= 1000 else f"{v:g} Hz" for v in values]


def _time_texts(values: list[float], _: float, spacing: float) -> list[str]:
    return [clock_text(value, tenths=spacing < 1) for value in values]
