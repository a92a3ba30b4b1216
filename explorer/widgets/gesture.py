"""Moves of one slider that follow each other closely are one step of the history."""

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.session.session import Session

PAUSE_MS = 500  # key presses and wheel turns further apart are steps of their own


class Gesture(QObject):
    """Opens and closes the session's gesture for a bank of sliders."""

    ended = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._axis: int | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.end)

    @property
    def going(self) -> bool:
        """True while one is open."""
        return self._axis is not None

    def begin(self, axis: int) -> None:
        """Go on with the gesture on this axis, or begin one."""
        self._pause.stop()
        if axis != self._axis or not self._session.history.in_gesture:
            self._session.begin_gesture()
            self._axis = axis

    def end(self) -> None:
        """What comes next is another step."""
        self._pause.stop()
        if self._axis is not None:
            self._axis = None
            self._session.end_gesture()
            self.ended.emit()

    def cancel(self) -> None:
        """Go back to where it began."""
        self._pause.stop()
        if self._axis is not None:
            self._axis = None
            self._session.cancel_gesture()
            self.ended.emit()

    def end_later(self) -> None:
        """What comes next is another step, unless it comes at once."""
        self._pause.start()
