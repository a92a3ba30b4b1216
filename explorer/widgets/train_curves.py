"""The loss over the epochs: on the songs trained on, and on those held out."""

from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from explorer.session.session import Session
from explorer.session.training.course import Course, Floats
from explorer.widgets.still_plot import StillPlot, dress_axes, fill_panel, show_values

OUTLIERS = 3.0  # percent of the points at each end that the range may leave out
FAR = 3.0  # times what others are apart: a point so far off has gone astray
LABEL = 0.09  # of the range, the height of a baseline's name
ROOM = 0.08  # of the range, above and below
LEAST_RANGE = 0.02  # nats
MOST_TICKS = 12  # of the axis of epochs
STEPS = tuple(n * 10**k for k in range(7) for n in (1, 2, 5))
SHORTEST = 5  # epochs the axis shows at least
TIP = (
    "Nats per coefficient on the songs trained on and on those held out; lower is "
    "better. Where the held-out curve rises while the other falls, it learns by heart"
)

Role = QPalette.ColorRole


class TrainCurves(QWidget):
    """Two curves, the best epoch, and what simpler methods reach.

    Attributes
    ----------
    plot : pyqtgraph.PlotWidget
    training, validation : pyqtgraph.PlotDataItem
    readout : QLabel
        The figures under the pointer, or of the last epoch.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched = session.training.watched
        self._lines: list[pg.InfiniteLine] = []
        self._pointed: float | None = None  # the epoch under the pointer
        self.readout = QLabel()
        self.readout.setTextFormat(Qt.TextFormat.RichText)
        self.plot = StillPlot()
        self.plot.setAccessibleName("Loss over the epochs")
        self.plot.showGrid(y=True, alpha=0.15)
        self.training = self.plot.plot(antialias=True)
        self.validation = self.plot.plot(antialias=True)
        self._best = pg.ScatterPlotItem(size=9)
        self.plot.addItem(self._best)
        self.plot.viewport().setMouseTracking(True)
        self.plot.viewport().installEventFilter(self)
        fill_panel(self, "Loss", TIP, self.readout, self.plot)
        self._watched.changed.connect(self._show)
        self._dress()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_best"):
            self._dress()
            self._show()

    def eventFilter(self, _: object, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            box = self.plot.getViewBox()
            scene = self.plot.mapToScene(event.position().toPoint())
            place: QPointF = box.mapSceneToView(scene)
            self._pointed = place.x()
            self._read_out()
        elif event.type() == QEvent.Type.Leave:
            self._pointed = None
            self._read_out()
        return False

    def _dress(self) -> None:
        palette = self.palette()
        dress_axes(self.plot, palette, width=52)
        self.plot.getAxis("left").tickStrings = _nats_texts
        self.training.setPen(pg.mkPen(palette.color(Role.PlaceholderText), width=1.5))
        self.validation.setPen(pg.mkPen(palette.color(Role.Highlight), width=2))
        self._best.setBrush(palette.color(Role.BrightText))
        self._best.setPen(pg.mkPen(palette.color(Role.Window), width=1))

    def _show(self) -> None:
        course = self._watched.course
        self.training.setData(course.training.epochs, course.training.values)
        self.validation.setData(course.validation.epochs, course.validation.values)
        begun = len(course.training.epochs) > 0
        show_values(self.plot, begun)
        best = _best_point(course)
        self._best.setData([best[0]] if best else [], [best[1]] if best else [])
        low, high = _span(course)
        self._show_baselines(course, LABEL * (high - low))
        last = float(course.training.epochs[-1]) if len(course.training.epochs) else 0.0
        last = max(last, SHORTEST)
        self.plot.setRange(xRange=(1, last), yRange=(low, high), padding=0)
        self.plot.getAxis("bottom").setTicks([_epoch_ticks(last)])
        self._read_out()

    def _show_baselines(self, course: Course, label_nats: float) -> None:
        """A line for each, whose name stands above it, or below where there is none."""
        for line in self._lines:
            self.plot.removeItem(line)
        colour = self.palette().color(Role.Dark)
        ordered = sorted(course.baselines, key=lambda one: -one.nats)
        heights = [np.inf, *(one.nats for one in ordered)]
        gaps = [above - below for above, below in pairwise(heights)]
        self._lines = [
            pg.InfiniteLine(
                pos=one.nats,
                angle=0,
                pen=pg.mkPen(colour, width=1, style=Qt.PenStyle.DashLine),
                label=one.name,
                labelOpts={
                    "position": 0.98,
                    "anchors": [(1, 0 if gap < label_nats else 1)] * 2,
                    "color": self.palette().color(Role.PlaceholderText),
                },
            )
            for one, gap in zip(ordered, gaps, strict=True)
        ]
        for line in self._lines:
            self.plot.addItem(line, ignoreBounds=True)

    def _read_out(self) -> None:
        course = self._watched.course
        epochs = course.training.epochs
        if not len(epochs):
            self.readout.setText("The curves begin with the first epoch.")
            return
        at = epochs[-1] if self._pointed is None else self._pointed
        index = int(np.argmin(np.abs(epochs - at)))
        palette = self.palette()
        own = f"trained on {_figure(course.training.values[index])}"
        parts = [f"epoch {epochs[index]:.0f}", own]
        held = course.validation
        if len(held.epochs):
            nearest = int(np.argmin(np.abs(held.epochs - epochs[index])))
            accent = palette.color(Role.Highlight).name()
            parts.append(
                f'<span style="color:{accent}">held out '
                f"{_figure(held.values[nearest])}</span>"
            )
        self.readout.setText(" · ".join(parts))


def _epoch_ticks(last: float) -> list[tuple[float, str]]:
    """Whole epochs, so many that they can be read."""
    step = next(one for one in STEPS if last / one <= MOST_TICKS)
    return [(float(one), str(one)) for one in range(step, int(last) + 1, step)]


def _nats_texts(values: list[float], _: float, __: float) -> list[str]:
    return [f"{value:.6g}".replace("-", "−") for value in values]


def _figure(nats: float) -> str:
    return f"{nats:.4f}".replace("-", "−")


def _best_point(course: Course) -> tuple[float, float] | None:
    at = np.flatnonzero(course.validation.epochs == course.best_epoch)
    if not len(at):
        return None
    return float(course.validation.epochs[at[0]]), float(
        course.validation.values[at[0]]
    )


def _span(course: Course) -> tuple[float, float]:
    """What the vertical axis shows: nearly all points, and every baseline."""
    values: Floats = np.concatenate([course.training.values, course.validation.values])
    shown = [one.nats for one in course.baselines]
    values = _not_astray(values[np.isfinite(values)], shown)
    if len(values):
        shown += np.percentile(values, (OUTLIERS, 100 - OUTLIERS)).tolist()
        shown += [float(values.min()), float(values[-1])]
    if not shown:
        return 0.0, 1.0
    low, high = min(shown), max(shown)
    room = max(ROOM * (high - low), LEAST_RANGE / 2)
    return low - room, high + room


def _not_astray(values: Floats, baselines: list[float]) -> Floats:
    """The values without those that a step has led far away from all others."""
    if not len(values):
        return values
    usual = [*np.percentile(values, (25, 75)).tolist(), *baselines]
    low, high = min(usual), max(usual)
    reach = FAR * max(high - low, LEAST_RANGE)
    near: Floats = values[(values >= low - reach) & (values <= high + reach)]
    return near
