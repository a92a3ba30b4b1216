"""The button of the limiter, with a bar that shows how much it takes away."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPalette

from explorer.session.session import Session
from explorer.widgets.buttons import ICON_SIZE, ActionButton

MOST_DB = 12.0  # that fills the bar
LEAST_DB = 0.1  # that lights it
LINGER_MS = 250  # for which the largest reduction stays in sight
BAR_HEIGHT = 3


class LimiterButton(ActionButton):
    """Switches the limiter; its lower edge lights up while it works.

    Attributes
    ----------
    shown_db : float
        What the bar shows, 0 or more.
    """

    def __init__(self, session: Session, action: QAction) -> None:
        super().__init__(action, text="", name="quiet", size=ICON_SIZE)
        self._session = session
        self.shown_db = 0.0
        self._linger = QTimer(self, singleShot=True, interval=LINGER_MS)
        self._linger.timeout.connect(self._fall)
        session.output.levels_changed.connect(self._rise)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.shown_db < LEAST_DB:
            return
        painter = QPainter(self)
        room = self.rect().adjusted(4, 0, -4, 0)
        width = round(max(min(self.shown_db / MOST_DB, 1.0) * room.width(), BAR_HEIGHT))
        top = self.height() - BAR_HEIGHT - 2
        colour = self.palette().color(QPalette.ColorRole.BrightText)
        painter.fillRect(room.left(), top, width, BAR_HEIGHT, colour)
        painter.end()

    def _rise(self) -> None:
        taken_db = -self._session.output.reduction_db
        if taken_db >= max(self.shown_db, LEAST_DB):
            self._linger.start()
            self._show(taken_db)
        elif not self._linger.isActive():
            self._fall()

    def _fall(self) -> None:
        self._show(-self._session.output.reduction_db)

    def _show(self, taken_db: float) -> None:
        if taken_db != self.shown_db:
            self.shown_db = taken_db
            now = f"takes away {taken_db:.1f} dB now" if taken_db >= LEAST_DB else ""
            self.setAccessibleDescription(now)
            self.update()
