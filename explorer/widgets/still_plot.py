"""A plot that is looked at: nothing in it is dragged, zoomed or has the focus."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame

TICK = -4  # pixels, inward
SIDES = ("left", "bottom")

Role = QPalette.ColorRole


def still_plot(name: str, tip: str) -> pg.PlotWidget:
    """An empty plot under an accessible name, with a tooltip."""
    plot = pg.PlotWidget()
    plot.setBackground(None)
    plot.setFrameShape(QFrame.Shape.NoFrame)
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setAccessibleName(name)
    plot.setToolTip(f"<p>{tip}.</p>")
    return plot


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
