"""What mouse, wheel and fingers do on the picture."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QNativeGestureEvent, QWheelEvent

from explorer.session.session import Session
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.loop_drag import LoopDrag
from explorer.widgets.loop_strip import EDGE_REACH
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.wheel import notches

ZOOM_EACH_NOTCH = 1.25
PAN_EACH_NOTCH = 0.1  # of what is seen

GESTURES = (
    ("Click", "Go there"),
    (
        "Shift + drag, or drag above it",
        "Loop a stretch of the song; edges can be moved",
    ),
    (
        "Escape, double-click above it",
        "Loop that stretch no more; while you drag: give the drag up",
    ),
    ("Ctrl + wheel, pinch", "Zoom in time, at the pointer"),
    ("Shift + wheel", "Zoom in frequency, at the pointer"),
    ("Wheel, middle button + drag", "Move about in what is zoomed"),
    ("Double-click", "See all of it"),
)

Button, Key, Shape = Qt.MouseButton, Qt.KeyboardModifier, Qt.CursorShape


class PictureHand(QObject):
    """Filters the events of a plot's viewport.

    Parameters
    ----------
    point_at : callable
        Told where the pointer is, or None where it has left.
    """

    def __init__(
        self,
        session: Session,
        plot: PicturePlot,
        point_at: Callable[[QPointF | None], None],
    ) -> None:
        super().__init__(plot)
        self._session = session
        self._plot = plot
        self._point_at = point_at
        self._loop = LoopDrag(session)
        self._escape = DragEscape(self._loop.give_up, self)
        self._panned_from: QPointF | None = None
        plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._session.picture.pixels.size == 0:
            return super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QWheelEvent):
            self._turn(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            return self._pinch(event)
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------ the mouse

    def _mouse(self, event: QMouseEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._press(event)
            case QEvent.Type.MouseMove:
                self._move(event)
            case QEvent.Type.MouseButtonRelease:
                self._escape.rest()
                self._loop.end()
                self._panned_from = None
            case QEvent.Type.MouseButtonDblClick if event.button() == Button.LeftButton:
                self._session.view.fit()
            case _:
                return False
        return True

    def _press(self, event: QMouseEvent) -> None:
        time_s = self._plot.place_at(event.position())[0]
        if event.button() == Button.MiddleButton:
            self._panned_from = event.position()
        elif event.button() == Button.LeftButton:
            shifted = bool(event.modifiers() & Key.ShiftModifier)
            if shifted or self._loop.on_edge(time_s, self._reach_s):
                self._escape.watch()
                self._loop.begin(time_s, self._reach_s)
            else:
                self._session.transport.seek(time_s)

    def _move(self, event: QMouseEvent) -> None:
        place = event.position()
        time_s = self._plot.place_at(place)[0]
        self._point_at(place)
        self._loop.move(time_s)
        if self._panned_from is not None:
            way, area = place - self._panned_from, self._plot.area
            self._panned_from = place
            across, up = max(area.width(), 1.0), max(area.height(), 1.0)
            self._session.view.pan(-way.x() / across, way.y() / up)
        self._show_shape(event, time_s)

    def _show_shape(self, event: QMouseEvent, time_s: float) -> None:
        if self._panned_from is not None:
            shape = Shape.ClosedHandCursor
        elif self._loop.going or self._loop.on_edge(time_s, self._reach_s):
            shape = Shape.SplitHCursor
        elif event.modifiers() & Key.ShiftModifier:
            shape = Shape.IBeamCursor
        else:
            shape = Shape.PointingHandCursor
        if self._plot.viewport().cursor().shape() != shape:
            self._plot.viewport().setCursor(shape)

    @property
    def _reach_s(self) -> float:
        return self._plot.seconds_of(EDGE_REACH)

    # ------------------------------------------------------------ wheel and fingers

    def _turn(self, event: QWheelEvent) -> None:
        event.accept()
        view, keys = self._session.view, event.modifiers()
        across, along = notches(event).toTuple()
        turned = along or across  # Alt, and Shift on some systems, turn it sideways
        time, share = self._shares_at(event.position())
        if keys & Key.ControlModifier:
            view.zoom_time(ZOOM_EACH_NOTCH**turned, time)
        elif keys & Key.ShiftModifier:
            view.zoom_frequency(ZOOM_EACH_NOTCH**turned, share)
        elif event.hasPixelDelta():  # a touch pad
            view.pan(-across * PAN_EACH_NOTCH, along * PAN_EACH_NOTCH)
        else:
            view.pan(-turned * PAN_EACH_NOTCH)

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        time, _ = self._shares_at(event.position())
        self._session.view.zoom_time(max(1.0 + event.value(), 0.1), time)
        return True

    def _shares_at(self, pixel: QPointF) -> tuple[float, float]:
        """Where on the time and the frequency axis a pixel is."""
        time_s, share = self._plot.place_at(pixel)
        return time_s / self._session.picture.duration_s, share
