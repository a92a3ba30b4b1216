"""The stretches with an edit of their own, above the picture: their ends and fades."""

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPolygonF,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from explorer.engine.protocol import SpanEdit
from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.gesture import Gesture
from explorer.widgets.picture_plot import PicturePlot
from explorer.widgets.span_drag import SpanDrag
from vae.sound.layout import SAMPLE_RATE

HEIGHT = 16
REACH = 5  # pixels within which an end is taken
SPAN = -3  # no axis: the gesture's name for it
FADES_S = (0.0, 0.05, 0.25, 1.0, 4.0)
STEP_S = 0.1
TIP = (
    "Stretches with an edit of their own. Click one and the sliders move it alone; "
    "drag its ends, or with Shift its fades; Escape gives a drag up; double-click "
    "beside them for the whole song"
)

KEYS = (
    ("Click", "Let the sliders move that stretch alone"),
    ("Double-click beside them", "Let the sliders move the whole song"),
    ("Drag", "Move a stretch or its ends; with Shift its fades"),
    ("Escape", "While you drag: give it up, and go back to where it began"),
    (
        "Left, Right",
        f"Move it by {STEP_S} s; with Shift only its end, with Alt its start",
    ),
    ("Up, Down", f"Make its fades longer or shorter by {STEP_S} s"),
    ("Delete", "Let it go with the whole song again"),
    ("Right click", "Fades, loop, remove"),
)

Role = QPalette.ColorRole
Key, Modifier = Qt.Key, Qt.KeyboardModifier


class SpanStrip(QWidget):
    """As wide as the plot under it; there only while there are stretches."""

    def __init__(
        self, session: Session, plot: PicturePlot, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plot = plot
        self._gesture = Gesture(session, self)
        self._drag = SpanDrag(session)
        self._escape = DragEscape(self._give_up, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setToolTip(bubble(TIP))
        self.setAccessibleName("Stretches")
        session.point_changed.connect(self._show)
        session.view.span_changed.connect(self._repaint)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def x_of(self, sample: int) -> float:
        """Where a place in the song lies, pixels."""
        return self._plot.x_of(sample / SAMPLE_RATE)

    # ------------------------------------------------------------ mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            fading = bool(event.modifiers() & Modifier.ShiftModifier)
            self._escape.watch()
            self._drag.begin(self._sample_at(event), self._reach, fading=fading)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        sample = self._sample_at(event)
        if self._drag.going:
            self._gesture.begin(SPAN)
            self._drag.move(sample)
        on_end = self._drag.going or self._drag.end_at(sample, self._reach) is not None
        shape = Qt.CursorShape.SplitHCursor if on_end else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._escape.rest()
        self._drag.end()
        self._gesture.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._session.span_edits.at(self._sample_at(event)) is None:
            self._session.span_edits.focus_on(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.open_menu(event.pos())

    def open_menu(self, place: QPoint) -> None:
        """Offer what can be done to the stretch here."""
        index = self._session.span_edits.at(self._sample(place.x()))
        if index is not None:
            menu = self.menu_of(index)
            menu.exec(self.mapToGlobal(place))
            menu.deleteLater()

    def menu_of(self, index: int) -> QMenu:
        """What can be done to a stretch."""
        edits, menu = self._session.span_edits, QMenu(self)
        span = edits.all[index]
        for seconds in FADES_S:
            fade = round(seconds * SAMPLE_RATE)
            text = f"Fade over {seconds:g} s" if fade else "No fade"
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(fade == span.fade)
            action.triggered.connect(lambda _, one=fade: edits.set_fade(index, one))
        menu.addSeparator()
        loop = menu.addAction("&Loop it")
        loop.triggered.connect(lambda _: self._loop(span))
        remove = menu.addAction("&Remove it")
        remove.triggered.connect(lambda _: edits.remove(index))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        edits, span = self._session.span_edits, self._session.span_edits.focused
        key, held = event.key(), event.modifiers()
        if span is None or edits.focus is None:
            super().keyPressEvent(event)
        elif key in {Key.Key_Delete, Key.Key_Backspace}:
            edits.remove_focused()
        elif key in {Key.Key_Left, Key.Key_Right}:
            step = round(STEP_S * SAMPLE_RATE) * (1 if key == Key.Key_Right else -1)
            start = 0 if held & Modifier.ShiftModifier else step
            stop = 0 if held & Modifier.AltModifier else step
            self._gesture.begin(SPAN)
            edits.move(edits.focus, span.start + start, span.stop + stop)
            self._gesture.end_later()
        elif key in {Key.Key_Up, Key.Key_Down}:
            step = round(STEP_S * SAMPLE_RATE) * (1 if key == Key.Key_Up else -1)
            self._gesture.begin(SPAN)
            edits.set_fade(edits.focus, span.fade + step)
            self._gesture.end_later()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------ drawing

    def paintEvent(self, _: QPaintEvent) -> None:
        area, point = self._plot.area, self._session.point
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(round(area.left()), 0, round(area.width()), HEIGHT)
        for index, span in enumerate(point.spans):
            focused = index == point.focus
            role = Role.Highlight if focused else Role.BrightText
            colour = self.palette().color(role)
            painter.setPen(colour)
            colour.setAlphaF(0.7 if focused else 0.3)
            painter.setBrush(colour)
            painter.drawPolygon(self._shape(span))
            self._write(painter, span, f"{index + 1}", focused=focused)
        painter.end()

    def _shape(self, span: SpanEdit) -> QPolygonF:
        """As its share of the sound rises and falls."""
        fade = min(span.fade, (span.stop - span.start) // 2)
        top, bottom = 1.5, HEIGHT - 1.5
        corners = (
            (span.start, bottom),
            (span.start + fade, top),
            (span.stop - fade, top),
            (span.stop, bottom),
        )
        return QPolygonF([QPointF(self.x_of(x), y) for x, y in corners])

    def _write(
        self, painter: QPainter, span: SpanEdit, text: str, *, focused: bool
    ) -> None:
        role = Role.HighlightedText if focused else Role.Text
        painter.setPen(self.palette().color(role))
        area = self._plot.area
        left = max(self.x_of(span.start), area.left())
        right = min(self.x_of(span.stop), area.right())
        if right - left > 2 * self.fontMetrics().horizontalAdvance(text):
            flags = int(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(round(left), 0, round(right - left), HEIGHT, flags, text)

    def _show(self) -> None:
        self.setVisible(bool(self._session.point.spans))
        self.update()

    def _repaint(self) -> None:
        self.update()

    def _give_up(self) -> None:
        self._drag.end()
        self._gesture.cancel()

    def _loop(self, span: SpanEdit) -> None:
        self._session.transport.set_loop_region(
            span.start / SAMPLE_RATE, span.stop / SAMPLE_RATE
        )

    def _sample_at(self, event: QMouseEvent) -> int:
        return self._sample(event.position().x())

    def _sample(self, x: float) -> int:
        return round(self._plot.place_at(QPointF(x, 0.0))[0] * SAMPLE_RATE)

    @property
    def _reach(self) -> int:
        """In samples."""
        return round(self._plot.seconds_of(REACH) * SAMPLE_RATE)
