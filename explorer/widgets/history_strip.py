"""Every step of the history as a bar in a row, to go back to any of them."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.session.session import Session

PITCH = 5  # pixels from bar to bar
BAR = 3  # pixels wide
LOW, HIGH = 8, 14  # pixels: a step's bar, and the present one's
NARROWEST, WIDEST = 8, 32  # bars that are seen at once
HINTED = 20
MARGIN = 5
TIP = "Every step so far: click one to go back or forward to it"
OWN_KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)

KEYS = (
    ("Left, Right", "Go a step back, or on"),
    ("Home, End", "Go to the first step, or the last"),
    ("Click, drag", "Go to a step, or through them"),
)

Role = QPalette.ColorRole


class HistoryStrip(QWidget):
    """Oldest on the left, the present one tall, what could be redone faint behind it.

    Where there are more steps than room, those around the present one are seen. Arrow
    keys go from step to step, Home and End to the first and the last.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._hovered: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_width(NARROWEST))
        self.setMaximumWidth(_width(WIDEST))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName("History")
        self.setToolTip(TIP)
        session.history.changed.connect(self._show)
        session.engine.changed.connect(self._show)
        session.song_changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(_width(HINTED), HIGH + 2 * MARGIN)

    def step_at(self, place: QPoint) -> int | None:
        """The step whose bar is at a place, or None."""
        number = (place.x() - self._left) // PITCH
        step = self._first + number
        seen = 0 <= number < self._room and step < len(self._session.history.steps)
        return step if seen else None

    def place_of(self, step: int) -> QPoint:
        """Where the middle of a step's bar is."""
        x = self._left + (step - self._first) * PITCH + BAR // 2
        return QPoint(x, self.height() // 2)

    # ------------------------------------------------------------ the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go(self.step_at(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self.step_at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(hovered)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        history = self._session.history
        steps = {
            Qt.Key.Key_Left: history.index - 1,
            Qt.Key.Key_Right: history.index + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(history.steps) - 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._go(step)

    def event(self, event: QEvent) -> bool:
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() in OWN_KEYS:
            event.setAccepted(not event.modifiers())  # before the window's shortcuts
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            step = self.step_at(event.pos())
            words = TIP if step is None else self._session.history.steps[step].label
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def _go(self, step: int | None) -> None:
        if step is not None and self._session.ready:
            self._session.go_to_step(step)

    # ------------------------------------------------------------ drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        history, palette = self._session.history, self.palette()
        last = min(self._first + self._room, len(history.steps))
        for step in range(self._first, last):
            role = Role.PlaceholderText if step < history.index else Role.Dark
            if step == history.index:
                role = Role.Highlight
            elif step == self._hovered:
                role = Role.Text
            painter.setBrush(palette.color(role))
            height = HIGH if step == history.index else LOW
            middle = self.place_of(step)
            bar = QRectF(middle.x() - BAR / 2, middle.y() - height / 2, BAR, height)
            painter.drawRoundedRect(bar, 1, 1)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(palette.color(Role.Highlight))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, 5, 5)
        painter.end()

    def _show(self) -> None:
        history = self._session.history
        self.setAccessibleDescription(
            f"Step {history.index + 1} of {len(history.steps)}: "
            f"{history.steps[history.index].label}"
        )
        self.setEnabled(self._session.ready)
        self.update()

    @property
    def _left(self) -> int:
        """Where the first bar begins, pixels: the last one is always at the end."""
        missing = self._room - min(len(self._session.history.steps), self._room)
        return MARGIN + missing * PITCH

    @property
    def _room(self) -> int:
        """How many bars there is room for."""
        return max((self.width() - 2 * MARGIN + PITCH - BAR) // PITCH, 1)

    @property
    def _first(self) -> int:
        """The step on the left: the present one is always seen, and so is the last."""
        history, room = self._session.history, self._room
        last = max(len(history.steps) - room, 0)
        return min(max(history.index - room // 2, 0), last)


def _width(bars: int) -> int:
    return bars * PITCH - (PITCH - BAR) + 2 * MARGIN
