"""What keys do on the picture while it has the focus."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.session.session import Session
from explorer.widgets.picture_plot import PicturePlot

PAN = 0.1  # of what is seen
ZOOM = 1.25

KEYS = (
    ("Arrow keys", "Move about in what is zoomed"),
    ("Shift + up and down", "Zoom in frequency"),
    ("Enter", "See the playhead again"),
)

Key = Qt.Key
_PANS = {
    Key.Key_Left: (-PAN, 0.0),
    Key.Key_Right: (PAN, 0.0),
    Key.Key_Down: (0.0, -PAN),
    Key.Key_Up: (0.0, PAN),
}
_ZOOMS = {Key.Key_Up: ZOOM, Key.Key_Down: 1 / ZOOM}


class PictureKeys(QObject):
    """Takes the keys and the focus of a widget that holds a plot."""

    def __init__(self, session: Session, plot: PicturePlot, widget: QWidget) -> None:
        super().__init__(widget)
        self._session = session
        self._plot = plot
        widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._plot.show_focus(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        view, key = self._session.view, Key(event.key())
        if event.modifiers() == Qt.KeyboardModifier.ShiftModifier and key in _ZOOMS:
            middle = (view.frequency.low + view.frequency.high) / 2
            view.zoom_frequency(_ZOOMS[key], middle)
        elif event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        elif key in _PANS:
            view.pan(*_PANS[key])
        elif key in {Key.Key_Return, Key.Key_Enter}:
            self._see_playhead()
        else:
            return False
        return True

    def _see_playhead(self) -> None:
        session, duration_s = self._session, self._session.picture.duration_s
        if duration_s:
            session.view.centre(session.transport.position_s / duration_s)
