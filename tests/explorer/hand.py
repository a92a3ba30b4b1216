"""What a person does with mouse and keyboard, sent to real widgets."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.widgets.axis_slider import AxisSlider

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTCH = 120  # of a wheel


def place(slider: AxisSlider, sigma: float) -> QPoint:
    """Where on a slider a value lies."""
    x = slider.row.x_of(sigma, slider.rect())
    return QPoint(round(x), slider.rect().center().y())


def drag(slider: AxisSlider, *sigmas: float, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Take the handle where it is, pull it along, and let go."""
    QTest.mousePress(slider, LEFT, keys, place(slider, slider.state.value))
    for sigma in sigmas:
        move(slider, place(slider, sigma), keys=keys)
    QTest.mouseRelease(slider, LEFT, keys, place(slider, sigmas[-1]))


def move(widget: QWidget, to: QPoint, *, keys: Qt.KeyboardModifier = PLAIN) -> None:
    """Move the pointer with the left button held."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(widget.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        LEFT,
        keys,
    )
    QApplication.sendEvent(widget, event)


def turn_wheel(
    widget: QWidget,
    notches: int,
    *,
    keys: Qt.KeyboardModifier = PLAIN,
    at: QPoint | None = None,
) -> bool:
    """Turn the wheel over a widget; True where it took notice."""
    centre = at or widget.rect().center()
    event = QWheelEvent(
        QPointF(centre),
        QPointF(widget.mapToGlobal(centre)),
        QPoint(),
        QPoint(0, NOTCH * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()
