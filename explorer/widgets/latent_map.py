"""A plane of two sliders: a dot for each song, and a cursor to be dragged."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.session.point import RANGE_SIGMA
from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.gesture import Gesture
from explorer.widgets.map_plane import MapPlane
from explorer.widgets.slider_drag import FINE_DRAG, is_fine

DOT, CURSOR = 3.0, 6.0  # radii, pixels
SMALLEST_REACH, ROOM = 2.0, 1.1  # σ that are seen, and how much more than needed
REACH = 9.0  # pixels from a dot at which it is meant
MARGIN = 6
HINT = QSize(260, 260)
STEP, FINE = 0.1, 0.01  # σ that a key moves
KEYS = (
    ("Arrow keys", f"Move the point by {STEP} σ on the two axes of the map"),
    ("Shift + arrow keys", f"Move it by {FINE} σ"),
    ("Home", "Put both axes back to the song's own values"),
    ("Enter, double-click on a dot", "Go to the song nearest on the map"),
    ("Drag", "Move the point on both axes; with Shift ten times finer"),
    ("Double-click beside the dots", "Put both axes back to the song's own values"),
    ("Escape", "While you drag: give it up, and go back to where it began"),
)
MAP = -2  # no axis: the gesture's name for it
TIP = (
    "Drag to move both axes, with Shift ten times finer. Double-click a dot to go to "
    "that song, elsewhere to put both axes back"
)
_DIRECTIONS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_OWN_KEYS = (*_DIRECTIONS, Qt.Key.Key_Home, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FOREIGN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
Role = QPalette.ColorRole


class LatentMap(QWidget):
    """Songs by two of the sliders; press and drag to move the point on both at once.

    A double-click on a dot goes to that song on every axis.

    Attributes
    ----------
    axes : tuple of int
        The slider that goes across and the one that goes upward, whatever they stand
        for: principal axes, what is heard, or raw latents.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._gesture = Gesture(session, self)
        self._gesture.ended.connect(self.update)  # the ground may move now
        self.axes = (0, 1)
        self._held_reach = int(RANGE_SIGMA)
        self._held: QPointF | None = None  # the pointer, while it drags
        self._moved = False
        self._escape = DragEscape(self._give_up, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.setAccessibleName("Map of the songs")
        self.setToolTip(bubble(TIP))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        for signal in (
            session.model_changed,
            session.song_changed,
            session.point_changed,
            session.coordinates.changed,
        ):
            signal.connect(self._show)

    def show_axes(self, across: int, upward: int) -> None:
        """Show other axes."""
        if (across, upward) != self.axes:
            self.axes = (across, upward)
            self.update()

    def sizeHint(self) -> QSize:
        return HINT

    def place_of(self, values: NDArray[np.float32]) -> QPointF:
        """Where a point of latent space lies on the map: (L,) in σ."""
        return self._plane.place_of(self._session.coordinates.shown(values))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._plane.draw(painter, self.palette())
        if self._usable:
            self._paint_points(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(Role.Highlight), 1.5))
            painter.drawRect(self._plane.area)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._usable:
            self._gesture.begin(MAP)
            self._held, self._moved = event.position(), False
            self._escape.watch()
            if not is_fine(event):
                self._move_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or not self._usable:
            return
        before, self._held, self._moved = self._held, event.position(), True
        if is_fine(event):
            way = event.position() - before
            here = self.place_of(self._session.values)
            self._move_to(here + QPointF(way.x() * FINE_DRAG, way.y() * FINE_DRAG))
        else:
            self._move_to(event.position())

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._held = None
        self._escape.rest()
        if self._moved:
            self._gesture.end()
        else:
            self._gesture.end_later()  # a second click may follow

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._usable:
            return
        song = self.song_at(event.position())
        self._gesture.begin(MAP)
        if song is None:
            self._put_back()
        elif self._session.ready:
            self._session.tools.go_to_song(song)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        own = key in _OWN_KEYS and not event.modifiers() & _FOREIGN
        if not own or not self._usable or not self._session.ready:
            super().keyPressEvent(event)
            return
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go_to(self._nearest(self.place_of(self._session.values)))
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        across, upward = _DIRECTIONS.get(key, (0, 0))
        step = FINE if fine else STEP
        x, y = self._on_sliders(self._session.values)
        self._gesture.begin(MAP)
        if key == Qt.Key.Key_Home:
            self._put_back()
        else:
            place = (x + across * step, y + upward * step)
            self._session.tools.move_pair(self.axes, place)
        self._gesture.end_later()

    def event(self, event: QEvent) -> bool:
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and event.key() in _OWN_KEYS:
            event.setAccepted(not event.modifiers() & _FOREIGN)
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(event), self)
            return True
        return super().event(event)

    def song_at(self, position: QPointF) -> int | None:
        """The number of the song under a place on the map, or None."""
        number, model = self._nearest(position), self._session.model
        if number is None or model is None:
            return None
        way = self.place_of(model.songs.points[number]) - position
        return number if way.manhattanLength() <= REACH else None

    def _nearest(self, position: QPointF) -> int | None:
        """The number of the song nearest to a place on the map; None without any."""
        model = self._session.model
        if model is None or not len(model.songs) or not self._usable:
            return None
        ways = [place - position for place in self._songs]
        return int(np.argmin([way.manhattanLength() for way in ways]))

    @property
    def _songs(self) -> list[QPointF]:
        """Where each song lies, pixels."""
        model, plane = self._session.model, self._plane
        points = self._session.coordinates.shown(model.songs.points) if model else ()
        return [plane.place_of(point) for point in points]

    def _on_sliders(self, values: NDArray[np.float32]) -> tuple[float, float]:
        """What the two sliders show of a point of latent space: (L,) in σ."""
        shown = self._session.coordinates.shown(values)
        across, upward = (float(shown[axis]) for axis in self.axes)
        return across, upward

    def _go_to(self, number: int | None) -> None:
        if number is not None and self._session.ready:
            self._gesture.end()
            self._session.tools.go_to_song(number)

    @property
    def _plane(self) -> MapPlane:
        area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        return MapPlane(area, self.axes, self._reach)

    @property
    def _reach(self) -> int:
        """The values at the edges: as far as the songs, the song and the point go.

        While the hand moves the point it stays, or the ground would move under it.
        """
        if self._gesture.going:
            return self._held_reach
        session, furthest = self._session, 0.0
        if self._usable and session.model is not None:
            ours = np.stack([session.path_mean, session.values])
            known = np.concatenate([ours, session.model.songs.points])
            known = session.coordinates.shown(known)
            furthest = ROOM * float(np.abs(known[:, list(self.axes)]).max())
        furthest = min(max(furthest, SMALLEST_REACH), RANGE_SIGMA)
        self._held_reach = int(np.ceil(furthest))
        return self._held_reach

    @property
    def _usable(self) -> bool:
        return max(self.axes) < self._session.point.latent_size and min(self.axes) >= 0

    def _put_back(self) -> None:
        home = self._on_sliders(self._session.path_mean)
        self._session.tools.move_pair(self.axes, home)

    def _give_up(self) -> None:
        self._held = None
        self._gesture.cancel()

    def _show(self) -> None:
        self.update()

    def _tip(self, event: QHelpEvent) -> str:
        number, model = self.song_at(QPointF(event.pos())), self._session.model
        if number is None or model is None:
            return self.toolTip()
        return model.songs.titles[number]

    def _move_to(self, position: QPointF) -> None:
        self._session.tools.move_pair(self.axes, self._plane.sigma_at(position))

    def _paint_points(self, painter: QPainter) -> None:
        session, palette = self._session, self.palette()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(Role.PlaceholderText))
        for song in self._songs:
            painter.drawEllipse(song, DOT, DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(palette.color(Role.PlaceholderText), 1.5))
        painter.drawEllipse(self.place_of(session.path_mean), CURSOR, CURSOR)
        painter.setPen(QPen(palette.color(Role.Highlight), 2.5))
        place = self.place_of(session.values)
        painter.drawLine(self.place_of(session.path_mean), place)
        painter.setBrush(palette.color(Role.Highlight))
        painter.drawEllipse(place, CURSOR, CURSOR)
