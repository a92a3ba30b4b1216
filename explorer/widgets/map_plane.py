"""The plane that two axes span: where points lie on it, and its grid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPalette

Role = QPalette.ColorRole


@dataclass(frozen=True)
class MapPlane:
    """A part of a widget as a plane of latent space.

    Attributes
    ----------
    area : QRectF
        Pixels.
    axes : tuple of int
        The slider that goes across and the one that goes upward.
    reach : int
        What they show at the edges, in σ where they have a unit; 0 in the middle.
    """

    area: QRectF
    axes: tuple[int, int]
    reach: int

    def place_of(self, values: NDArray[np.float32]) -> QPointF:
        """Where sliders that show (L,) values lie; at the edge if further out."""
        across, upward = (
            min(max(float(values[axis]), -self.reach), self.reach) for axis in self.axes
        )
        x = self.area.center().x() + across / self.reach * self.area.width() / 2
        y = self.area.center().y() - upward / self.reach * self.area.height() / 2
        return QPointF(x, y)

    def sigma_at(self, place: QPointF) -> tuple[float, float]:
        """What the two sliders show at a pixel."""
        right = place.x() - self.area.center().x()
        up = self.area.center().y() - place.y()
        across = right / self.area.width() * 2 * self.reach
        return across, up / self.area.height() * 2 * self.reach

    def draw(self, painter: QPainter, palette: QPalette) -> None:
        """Draw the ground, and a line at each σ."""
        area = self.area
        painter.fillRect(area, palette.color(Role.Base))
        for sigma in range(-self.reach, self.reach + 1):
            share = (sigma + self.reach) / (2 * self.reach)
            painter.setPen(palette.color(Role.Dark if sigma == 0 else Role.Midlight))
            x = area.left() + share * area.width()
            y = area.top() + share * area.height()
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
