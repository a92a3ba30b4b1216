"""A plot that is looked at: nothing in it is dragged, zoomed or has the focus."""

from functools import partial

import pyqtgraph as pg
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from explorer.widgets.bubble import bubble

TICK = -4  # pixels, inward
SIDES = ("left", "bottom")

Role = QPalette.ColorRole


class StillPlot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """An empty plot, whose ground is the window's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, enableMenu=False)
        self.setBackground(None)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.destroyed.connect(partial(_delete, self.getPlotItem().ctrlMenu))


def fill_panel(
    panel: QWidget, heading: str, tip: str, told: QLabel, plot: StillPlot
) -> None:
    """Lay a plot under its heading, and beside that what it says in figures."""
    title = QLabel(heading)
    title.setObjectName("heading")
    told.setObjectName("dim")
    for one in (title, plot):
        one.setToolTip(bubble(tip))
    top = QHBoxLayout()
    top.addWidget(title)
    top.addSpacing(8)
    top.addWidget(told, 1)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addLayout(top)
    column.addWidget(plot, 1)


def dress_axes(plot: pg.PlotWidget, palette: QPalette, *, width: int) -> None:
    """Give the axes the theme's colours, and so many pixels to the numbers."""
    plot.resetCachedContent()
    for side in SIDES:
        axis = plot.getAxis(side)
        axis.setPen(palette.color(Role.Mid))
        axis.setTextPen(palette.color(Role.PlaceholderText))
        axis.setStyle(tickLength=TICK)
        axis.enableAutoSIPrefix(False)
    plot.getAxis("left").setWidth(width)


def show_values(plot: pg.PlotWidget, shown: bool) -> None:
    """Show the numbers of the axes, or not where there is nothing to number."""
    for side in SIDES:
        plot.getAxis(side).setStyle(showValues=shown)


def _delete(menu: QMenu, *_: object) -> None:
    """Take a plot's menu away together with the plot.

    pyqtgraph makes one for each plot, wanted or not, and gives it no parent: it would
    stay until Python collects it, perhaps while Qt goes through all widgets.
    """
    if shiboken6.isValid(menu):
        shiboken6.delete(menu)
