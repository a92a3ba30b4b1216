"""What the latents are used for: a bar each, the busiest first."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from explorer.session.session import Session
from explorer.session.training.course import Course
from explorer.widgets.still_plot import StillPlot, dress_axes, fill_panel, show_values

TIP = (
    "How much each latent number tells of a song (KL, nats a vector), the busiest "
    "first. Live sliders are those that are heard; more is better. Where hardly any "
    "bar is left, lower Beta"
)
BAR = 0.8  # of the room there is for each

Role = QPalette.ColorRole


class TrainUsage(QWidget):
    """A bar for each latent, and how many sliders are heard.

    Attributes
    ----------
    plot : pyqtgraph.PlotWidget
    told : QLabel
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched = session.training.watched
        self.told = QLabel()
        self.plot = StillPlot()
        self.plot.setAccessibleName("Use of the latents")
        self.bars = pg.BarGraphItem(x=[], height=[], width=BAR)
        self.plot.addItem(self.bars)
        fill_panel(self, "Latents", TIP, self.told, self.plot)
        self._watched.changed.connect(self._show)
        self._dress()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "bars"):
            self._dress()
            self._show()

    def _dress(self) -> None:
        dress_axes(self.plot, self.palette(), width=40)

    def _show(self) -> None:
        course = self._watched.course
        usage = np.sort(course.usage)[::-1]
        accent = self.palette().color(Role.Highlight)
        self.bars.setOpts(
            x=np.arange(1, len(usage) + 1),
            height=usage,
            width=BAR,
            brush=accent,
            pen=pg.mkPen(None),
        )
        show_values(self.plot, len(usage) > 0)
        top = float(usage.max()) if len(usage) and usage.max() > 0 else 1.0
        self.plot.setRange(
            xRange=(0, max(len(usage), 8) + 0.6), yRange=(0, 1.05 * top), padding=0
        )
        self.told.setText(_told(course))


def _told(course: Course) -> str:
    parts = []
    if course.live_axes is not None:
        parts.append(f"{course.live_axes:.0f} of {len(course.usage)} sliders live")
    if course.participation_ratio is not None:
        parts.append(f"evenness {course.participation_ratio:.1f}")
    return " · ".join(parts)
