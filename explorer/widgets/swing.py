"""The clock of the audition: it lets an axis swing there and back."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from explorer.session.audition import DURATION_S
from explorer.session.session import Session

TICK_MS = 30


class Swing(QObject):
    """Moves the session's audition along while there is one."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._audition = session.audition
        self._since = QElapsedTimer()
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show)

    def begin(self, axis: int) -> None:
        """Let an axis swing, from the start."""
        self._audition.begin(axis)
        self._since.start()
        self._tick.start()

    def _show(self) -> None:
        self._audition.show(self._since.elapsed() / 1000 / DURATION_S)
        if self._audition.axis is None:
            self._tick.stop()
