"""The plot that holds the picture: its axes, the playhead and the loop's region."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QWidget

from explorer.session.span import Span
from explorer.widgets.clock_text import clock_text
from explorer.widgets.frequency_scale import FrequencyScale
from explorer.widgets.pixels import Pixels
from explorer.widgets.still_plot import StillPlot

TIME_STEPS_S = (0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
PIXELS_PER_TIME, PIXELS_PER_FREQUENCY = 70, 36  # between figures
SHADE_OPACITY = 0.6  # of the edge that keeps the playhead visible on bright colours
REGION_OPACITY = {True: 0.1, False: 0.05}  # while it is played round, and not

Role = QPalette.ColorRole


class PicturePlot(StillPlot):
    """Time in seconds to the right, shares of the frequency axis upward.

    Signals
    -------
    area_changed
        The picture lies elsewhere, or is of another size: the axes have come, too.
    """

    area_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = pg.ImageItem(axisOrder="row-major")
        self._region = pg.LinearRegionItem(movable=False)
        self._shade = pg.InfiniteLine(angle=90, movable=False)
        self._playhead = pg.InfiniteLine(angle=90, movable=False)
        self.disableAutoRange()
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.viewport().setMouseTracking(True)
        self.getAxis("bottom").tickStrings = _time_texts
        self._region.hide()
        self.addItem(self.image)
        for item in (self._region, self._shade, self._playhead):
            self.addItem(item, ignoreBounds=True)
        self.getViewBox().sigResized.connect(self.area_changed)
        self.dress()

    @property
    def area(self) -> QRectF:
        """Where the picture is, in the viewport's pixels."""
        box = self.getViewBox()
        return QRectF(self.mapFromScene(box.sceneBoundingRect()).boundingRect())

    @property
    def playhead_s(self) -> float:
        """Where the playhead is drawn."""
        return float(self._playhead.value())

    @property
    def region_s(self) -> tuple[float, float] | None:
        """Where the loop's region is drawn."""
        if not self._region.isVisible():
            return None
        start, stop = self._region.getRegion()
        return float(start), float(stop)

    def x_of(self, position_s: float) -> float:
        """Where in the viewport a time lies, pixels."""
        place = self.getViewBox().mapViewToScene(QPointF(position_s, 0.0))
        return float(self.mapFromScene(place).x())

    def y_of(self, share: float) -> float:
        """Where in the viewport a share of the frequency axis lies, pixels."""
        place = self.getViewBox().mapViewToScene(QPointF(0.0, share))
        return float(self.mapFromScene(place).y())

    def seconds_of(self, pixels: float) -> float:
        """How long so many pixels of the time axis last."""
        (low, high), _ = self.getViewBox().viewRange()
        return float(pixels * (high - low) / max(self.area.width(), 1.0))

    def place_at(self, pixel: QPointF) -> tuple[float, float]:
        """The time in seconds and the share of the frequency axis at a pixel."""
        scene = self.mapToScene(pixel.toPoint())
        place = self.getViewBox().mapSceneToView(scene)
        return float(place.x()), float(place.y())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_playhead"):
            self.resetCachedContent()  # the ground is drawn once and kept
            self.dress()

    def dress(self) -> None:
        """Take on the palette's colours."""
        palette = self.palette()
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setPen(palette.color(Role.Mid))
            axis.setTextPen(palette.color(Role.PlaceholderText))
            axis.setStyle(tickLength=-4, tickTextOffset=5)
            axis.enableAutoSIPrefix(False)
        words = self.fontMetrics().horizontalAdvance("1.76 kHz")
        self.getAxis("left").setWidth(words + 12)
        shade = palette.color(Role.Shadow)
        shade.setAlphaF(SHADE_OPACITY)
        self._shade.setPen(pg.mkPen(shade, width=3))
        self._playhead.setPen(pg.mkPen(palette.color(Role.Text), width=1))

    def show_focus(self, focused: bool) -> None:
        """Draw a frame while the keys are the picture's, or none."""
        colour = self.palette().color(Role.Highlight)
        self.getViewBox().setBorder(pg.mkPen(colour, width=2) if focused else None)

    def show_axes(self, shown: bool) -> None:
        """Show the figures, or nothing."""
        for name in ("left", "bottom"):
            self.getAxis(name).setVisible(shown)

    def show_image(self, image: Pixels, place: QRectF) -> None:
        """Show other pixels: (k, f) uint8, C-contiguous."""
        self.image.setImage(image, autoLevels=False)
        self.image.setRect(place)

    def show_part(
        self, time: tuple[float, float], frequency: Span, scale: FrequencyScale
    ) -> None:
        """Look from one time to another, and at a part of the frequency axis."""
        low, high = frequency.low, frequency.high
        self.setRange(xRange=time, yRange=(low, high), padding=0)
        area = self.area
        wanted_s = (time[1] - time[0]) * PIXELS_PER_TIME / max(area.width(), 1.0)
        major = next((one for one in TIME_STEPS_S if one >= wanted_s), TIME_STEPS_S[-1])
        self.getAxis("bottom").setTickSpacing(major=major, minor=major)
        count = max(int(area.height() / PIXELS_PER_FREQUENCY), 2)
        self.getAxis("left").setTicks([scale.figures(low, high, count)])

    def show_playhead(self, position_s: float | None) -> None:
        """Draw the playhead, or none."""
        for line in (self._shade, self._playhead):
            line.setVisible(position_s is not None)
            if position_s is not None:
                line.setPos(position_s)

    def show_region(self, region_s: tuple[float, float] | None, *, used: bool) -> None:
        """Shade the loop's region, or none; faintly where it is not used."""
        self._region.setVisible(region_s is not None)
        if region_s is None:
            return
        colour = self.palette().color(Role.Highlight)
        for line in self._region.lines:
            line.setPen(pg.mkPen(colour, width=1))
        veil = self.palette().color(Role.Text)  # of no hue: the colours keep theirs
        veil.setAlphaF(REGION_OPACITY[used])
        self._region.setBrush(veil)
        self._region.setRegion(region_s)


def _time_texts(values: list[float], _: float, spacing: float) -> list[str]:
    return [clock_text(value, tenths=spacing < 1) for value in values]
