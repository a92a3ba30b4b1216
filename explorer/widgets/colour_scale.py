"""Which colour stands for how many decibels; its ends can be moved."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.engine.protocol import PICTURE_FLOOR_DB, PICTURE_TOP_DB
from explorer.session.session import Session
from explorer.session.view import LARGEST_DIFFERENCE_DB
from explorer.widgets.bubble import bubble
from explorer.widgets.colours import (
    DB_EACH,
    colour_table,
    difference_table,
    is_dark,
    level_of,
)
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.pixels import NO_CHANGE

BAR_WIDTH = 8
STEPS_DB = (20, 40, 60)  # between words: the first that has room for them
TOP, BOTTOM = 6, 24  # margins; the lower one stands beside the time axis
HANDLE = 6  # pixels, the length of the marks at the ends
GAP = 5
KEY_STEP_DB = 5.0
TIP = (
    "Level of each frequency, dB below a full-scale sine. Drag the two marks to spread "
    "the colours; double-click for the usual ones"
)
DIFFERENCE_TIP = (
    "How much louder or quieter each frequency has become, dB. Drag a mark to spread "
    "the colours; double-click for the usual ones"
)

KEYS = (
    ("Drag", "Spread the colours over other levels; Escape gives it up"),
    ("Double-click", "Put the usual colours back"),
    ("Up, Down", f"Move the upper mark by {KEY_STEP_DB:.0f} dB; with Shift the lower"),
)


class ColourScale(QWidget):
    """A bar of all levels, loudest on top, and marks where the colours end.

    Arrow keys move the upper mark; with Shift, the lower one.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held: str | None = None  # "floor" or "top", while it is dragged
        self._before_db = 0.0  # where the mark was that is dragged
        self._escape = DragEscape(self._give_up, self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Colour scale in decibels")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        session.view.range_changed.connect(self._repaint)
        session.comparison.changed.connect(self._show_kind)
        self._show_kind()

    @property
    def ends_db(self) -> tuple[float, float]:
        """What the lowest and the highest pixel of the bar stand for."""
        if self._differs:
            return -LARGEST_DIFFERENCE_DB, LARGEST_DIFFERENCE_DB
        return PICTURE_FLOOR_DB, PICTURE_TOP_DB

    @property
    def marks_db(self) -> tuple[float, float]:
        """Where the marks are, the lower and the upper one."""
        view = self._session.view
        if self._differs:
            return -view.difference_db, view.difference_db
        return view.floor_db, view.top_db

    @property
    def worded_db(self) -> list[int]:
        """The levels that are written beside the bar: as many as there is room for."""
        low, high = self.ends_db
        room = self._bar.height() / (high - low)  # pixels for each dB
        words = self.fontMetrics().height()
        step = next((one for one in STEPS_DB if one * room >= words), STEPS_DB[-1])
        return [db for db in range(round(low), round(high) + 1) if db % step == 0]

    def place_of(self, db: float) -> QPoint:
        """Where in the bar a level lies."""
        return QPoint(self._bar.center().x(), round(self._y_of(db)))

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance("−100 dB")
        return QSize(GAP * 3 + HANDLE + BAR_WIDTH + words, 100)

    # ------------------------------------------------------------ the hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            db = self._db_at(event.position().y())
            low, high = self.marks_db
            self._held = "floor" if abs(db - low) < abs(db - high) else "top"
            self._before_db = low if self._held == "floor" else high
            self._escape.watch()
            self._move_to(db)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._move_to(self._db_at(event.position().y()))
        near = any(
            abs(self._y_of(db) - event.position().y()) < HANDLE for db in self.marks_db
        )
        shape = Qt.CursorShape.SplitVCursor if near else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._held = None
        self._escape.rest()

    def mouseDoubleClickEvent(self, _: QMouseEvent) -> None:
        self._held = None
        self._session.view.reset_range()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not steps:
            super().keyPressEvent(event)
            return
        lower = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._held = "floor" if lower else "top"
        self._move_to(self.marks_db[0 if lower else 1] + steps * KEY_STEP_DB)
        self._held = None

    def _give_up(self) -> None:
        if self._held is not None:
            self._move_to(self._before_db)
        self._held = None
        self.update()

    def _move_to(self, db: float) -> None:
        view = self._session.view
        if self._differs:
            view.set_difference_db(-db if self._held == "floor" else db)
        elif self._held == "floor":
            view.set_floor_db(db)
        else:
            view.set_top_db(db)

    # ------------------------------------------------------------ drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawImage(self._bar, self._colours())
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        height = self.fontMetrics().height()
        for db in self.worded_db:
            left = self._bar.right() + HANDLE + GAP
            place = QRect(left, round(self._y_of(db)) - height // 2, 99, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._words(db))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        role = "Highlight" if self.hasFocus() or self._held else "Text"
        painter.setBrush(self.palette().color(QPalette.ColorRole[role]))
        for mark_db in self.marks_db:
            painter.drawPolygon(self._mark(self._y_of(mark_db)))
        painter.end()

    def _colours(self) -> QImage:
        """The bar's levels, one a row, the loudest on top."""
        view, dark = self._session.view, is_dark(self.palette())
        if self._differs:
            table = difference_table(view.difference_db, dark=dark)
            reach = round(LARGEST_DIFFERENCE_DB / DB_EACH)
            first, last = NO_CHANGE - reach, NO_CHANGE + reach
        else:
            table = colour_table(view.floor_db, view.top_db, dark=dark)
            first, last = (level_of(db) for db in self.ends_db)
        column = table[max(first, 0) : last + 1][::-1]
        form = QImage.Format.Format_RGB888
        return QImage(column.tobytes(), 1, len(column), 3, form).copy()

    def _mark(self, y: float) -> QPolygonF:
        """A triangle that points at the bar from the right."""
        x = self._bar.right() + 2.0
        corners = ((x, y), (x + HANDLE, y - HANDLE / 2), (x + HANDLE, y + HANDLE / 2))
        return QPolygonF([QPointF(*corner) for corner in corners])

    def _words(self, db: int) -> str:
        sign = "+" if self._differs and db > 0 else ""
        return f"{sign}{db} dB".replace("-", "−")

    def _show_kind(self) -> None:
        self.setToolTip(bubble(DIFFERENCE_TIP if self._differs else TIP))
        self.update()

    def _repaint(self) -> None:
        self.update()

    @property
    def _differs(self) -> bool:
        return self._session.comparison.reference is not None

    @property
    def _bar(self) -> QRect:
        return QRect(GAP, TOP, BAR_WIDTH, max(self.height() - TOP - BOTTOM, 1))

    def _y_of(self, db: float) -> float:
        low, high = self.ends_db
        bar = QRectF(self._bar)
        return bar.top() + (high - db) / (high - low) * (bar.height() - 1)

    def _db_at(self, y: float) -> float:
        low, high = self.ends_db
        bar = QRectF(self._bar)
        return high - (y - bar.top()) / max(bar.height() - 1, 1.0) * (high - low)
