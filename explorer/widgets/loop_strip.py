"""The strip above the picture on which the loop's region is dragged."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.loop_drag import LoopDrag
from explorer.widgets.picture_plot import PicturePlot

HEIGHT = 12
GROOVE = 6  # of them are drawn
EDGE_REACH = 5  # pixels within which an edge is taken
TIP = (
    "Drag here, or on the picture with Shift, to loop a stretch of the song. Drag its "
    "edges to move them; double-click it, or press Escape, to be rid of it"
)

Role = QPalette.ColorRole


class LoopStrip(QWidget):
    """As wide as the plot under it; a bar shows the region."""

    def __init__(
        self, session: Session, plot: PicturePlot, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._plot = plot
        self._drag = LoopDrag(session)
        self._escape = DragEscape(self._drag.give_up, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setToolTip(bubble(TIP))
        self.setAccessibleName("Loop region")
        for signal in (
            session.playback.region_changed,
            session.playback.changed,
            session.view.span_changed,
        ):
            signal.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._escape.watch()
            self._drag.begin(self._time_at(event), self._reach_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        time_s = self._time_at(event)
        self._drag.move(time_s)
        on_edge = self._drag.going or self._drag.on_edge(time_s, self._reach_s)
        shape = Qt.CursorShape.SplitHCursor if on_edge else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._escape.rest()
        self._drag.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        region = self._session.transport.region_s
        if region is not None:
            reach = self._reach_s
            if region[0] - reach <= self._time_at(event) <= region[1] + reach:
                self._session.transport.clear_loop_region()

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._session.picture.pixels.size == 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = self._plot.area
        left, right = area.left(), area.right()
        self._bar(painter, left, right, Role.Midlight)
        region_s = self._session.transport.region_s
        if region_s is not None:
            start, stop = (self._plot.x_of(end) for end in region_s)
            start, stop = max(start, left), min(stop, right)
            role = Role.Highlight if self._session.playback.loop else Role.Dark
            if stop > start:
                self._bar(painter, start, stop, role)
        painter.end()

    def _repaint(self) -> None:
        self.update()

    def _bar(self, painter: QPainter, left: float, right: float, role: Role) -> None:
        painter.setBrush(self.palette().color(role))
        top = (self.height() - GROOVE) / 2
        painter.drawRoundedRect(QRectF(left, top, right - left, GROOVE), 2, 2)

    def _time_at(self, event: QMouseEvent) -> float:
        return self._plot.place_at(event.position())[0]

    @property
    def _reach_s(self) -> float:
        return self._plot.seconds_of(EDGE_REACH)
