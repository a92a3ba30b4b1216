"""How far a wheel was turned."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QWheelEvent

NOTCH = 120  # of a wheel: so many eighths of a degree


def notches(event: QWheelEvent) -> QPointF:
    """The turn in notches, sideways and along; finer wheels give parts of one."""
    return QPointF(event.angleDelta()) / NOTCH
