"""How a slider looks: a track with a tick at each σ, a handle, and a moving mark."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPalette,
    QPen,
    QPolygonF,
)

from explorer.session.numerals import sigma_text
from explorer.session.point import RANGE_SIGMA
from vae.traits import AxisTraits

ROW_HEIGHT = 20  # preferred
SMALLEST_ROW_HEIGHT = 16
HANDLE_WIDTH = 7
TRACK_HEIGHT = 3
MARK_HALF_WIDTH = 3.5
GAP = 9  # between the track and the texts beside it
SHARE_WIDTH, SHARE_HEIGHT = 20, 3  # of the bar for the axis with the largest share
LOCK_WIDTH = 9
NAME_GAP = 6
SMALLEST_TRACK, SHORTEST_NAME = 80, 40  # pixels
LARGEST_NAME_SHARE = 0.28  # of the row; a longer name ends in three dots
IDLE_OPACITY = 0.5  # of an axis that does nothing
FADED_OPACITY = 0.2  # of one that is not looked for

Role = QPalette.ColorRole


@dataclass(frozen=True, kw_only=True)
class SliderState:
    """What a slider shows, in σ."""

    value: float  # where the handle stands
    home: float  # where it stands untouched: the mean of the song's path
    mark: float  # where the path is at the playhead
    mark_shown: bool
    moved: bool  # away from home by the person


@dataclass(frozen=True, kw_only=True)
class SliderNotes:
    """What is known of a slider beside where it stands."""

    name: str = ""
    traits: AxisTraits = field(default_factory=AxisTraits)  # what it does, measured
    locked: bool = False
    idle: bool = False  # the axis does next to nothing
    faded: bool = False  # another one is looked for
    share: float = 0.0  # of all variance
    share_of_largest: float = 0.0  # 0 to 1
    change_db: float | None = None  # at +2 σ; None: not known
    noun: str = "Axis"  # what it is one of
    unit: str = " σ"


class SliderLook:
    """Draws sliders of one font; knows where on them a value lies.

    Attributes
    ----------
    name_width : int
        Room wanted for names, pixels; 0 where none has one, so that tracks are long.
    """

    def __init__(self, font: QFont) -> None:
        self.font = tabular(font)
        metrics = QFontMetrics(self.font)
        self._number_width = metrics.horizontalAdvance("888")
        self._value_width = metrics.horizontalAdvance("+8.88")
        self.name_width = 0
        self.smallest_height = max(SMALLEST_ROW_HEIGHT, metrics.height())

    def track(self, area: QRect) -> QRect:
        """The part of a slider's area that its values span."""
        names = self._name_room(area)
        left = self._names_left(area) + GAP + (names + NAME_GAP if names else 0)
        right = area.right() - self._value_width - GAP - 6
        return QRect(left, area.top(), max(right - left, 10), area.height())

    def value_area(self, area: QRect) -> QRect:
        """The part that the value is written in."""
        left = self.track(area).right() + HANDLE_WIDTH
        return QRect(left, area.top(), area.right() - left, area.height())

    def name_area(self, area: QRect, *, width: int = 0) -> QRect:
        """The part that the name is written in, at least so wide."""
        width = max(self._name_room(area), width)
        return QRect(self._names_left(area) + GAP, area.top(), width, area.height())

    def width_for(self, name: str) -> int:
        """The room that a name takes, pixels."""
        return QFontMetrics(self.font).horizontalAdvance(name) + 2

    def _name_room(self, area: QRect) -> int:
        """The room for names; none where the track would be too short beside them."""
        beside = self._names_left(area) - area.left() + self._value_width
        spare = area.width() - beside - 2 * GAP - 6 - NAME_GAP - SMALLEST_TRACK
        largest = round(area.width() * LARGEST_NAME_SHARE)
        room = min(self.name_width, largest, spare)
        return room if room >= min(SHORTEST_NAME, self.name_width) else 0

    def _names_left(self, area: QRect) -> int:
        return area.left() + self._number_width + 6 + SHARE_WIDTH + LOCK_WIDTH

    def x_of(self, sigma: float, area: QRect) -> float:
        """Where a value lies, in pixels."""
        track = self.track(area)
        held = min(max(sigma, -RANGE_SIGMA), RANGE_SIGMA)
        return track.left() + (held / RANGE_SIGMA + 1) / 2 * track.width()

    def sigma_of(self, x: float, area: QRect) -> float:
        """The value that lies at a place; outside the track more than the range."""
        track = self.track(area)
        return ((x - track.left()) / track.width() * 2 - 1) * RANGE_SIGMA

    def sigma_per_pixel(self, area: QRect) -> float:
        """How much a pixel is worth."""
        return 2 * RANGE_SIGMA / self.track(area).width()

    def mark_moves(self, before: float, now: float, area: QRect) -> bool:
        """True where a mark has gone far enough to be drawn again."""
        return abs(now - before) >= self.sigma_per_pixel(area) / 2

    def mark_area(self, sigma: float, area: QRect) -> QRect:
        """What has to be drawn again where a mark comes or goes."""
        x = self.x_of(sigma, area)
        return QRect(int(x - MARK_HALF_WIDTH - 1), area.top(), 10, area.height())

    def draw(
        self,
        painter: QPainter,
        area: QRect,
        palette: QPalette,
        state: SliderState,
        *,
        number: int,
        notes: SliderNotes,
        banded: bool,
        focused: bool,
        hovered: bool,
    ) -> None:
        """Draw one slider."""
        painter.setFont(self.font)
        if focused or hovered:
            painter.fillRect(area, palette.color(Role.Midlight))
        elif banded:
            painter.fillRect(area, palette.color(Role.AlternateBase))
        if focused:
            painter.fillRect(area.left(), area.top(), 2, area.height(), accent(palette))
        awake = focused or hovered or state.moved
        if notes.faded and not focused:
            painter.setOpacity(painter.opacity() * FADED_OPACITY)
        elif notes.idle and not awake:
            painter.setOpacity(painter.opacity() * IDLE_OPACITY)
        self._draw_texts(painter, area, palette, state, number=number, notes=notes)
        self._draw_share(painter, area, palette, notes.share_of_largest)
        self._draw_track(painter, area, palette, state)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if notes.locked:
            self._draw_lock(painter, area, palette)
        self._draw_handle(
            painter,
            area,
            palette,
            state,
            bright=focused or hovered,
            hollow=notes.locked,
        )
        if state.mark_shown:
            self._draw_mark(painter, area, palette, state.mark)

    def _draw_texts(
        self,
        painter: QPainter,
        area: QRect,
        palette: QPalette,
        state: SliderState,
        *,
        number: int,
        notes: SliderNotes,
    ) -> None:
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(palette.color(Role.PlaceholderText))
        left = QRect(area.left(), area.top(), self._number_width, area.height())
        painter.drawText(left, align, str(number))
        place = self.name_area(area)
        if notes.name and place.width() > 0:
            metrics = QFontMetrics(self.font)
            elide = Qt.TextElideMode.ElideRight
            name = metrics.elidedText(notes.name, elide, place.width())
            painter.setPen(palette.color(Role.Text))
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(palette.color(Role.PlaceholderText))
        if state.moved:
            painter.setPen(palette.color(Role.Text))
        painter.drawText(area.adjusted(0, 0, -6, 0), align, sigma_text(state.value))

    def _draw_share(
        self, painter: QPainter, area: QRect, palette: QPalette, share: float
    ) -> None:
        left = area.left() + self._number_width + 6
        top = area.center().y() - SHARE_HEIGHT // 2
        width = max(round(SHARE_WIDTH * share), 1)
        trough, bar = palette.color(Role.Mid), palette.color(Role.PlaceholderText)
        painter.fillRect(left, top, SHARE_WIDTH, SHARE_HEIGHT, trough)
        painter.fillRect(left, top, width, SHARE_HEIGHT, bar)

    def _draw_lock(self, painter: QPainter, area: QRect, palette: QPalette) -> None:
        """A padlock between the bar and the track."""
        left, middle = self._names_left(area) - LOCK_WIDTH + 4.5, area.center().y()
        colour = palette.color(Role.Text)
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(left + 1.3, middle - 4.2, 4.4, 6.5), 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, middle - 0.7, 7.0, 5.2), 1, 1)

    def _draw_track(
        self, painter: QPainter, area: QRect, palette: QPalette, state: SliderState
    ) -> None:
        track, middle = self.track(area), area.center().y()
        groove = QRect(
            track.left(), middle - TRACK_HEIGHT // 2, track.width(), TRACK_HEIGHT
        )
        tick = palette.color(Role.Dark)
        for sigma in range(-round(RANGE_SIGMA), round(RANGE_SIGMA) + 1):
            half = 5 if sigma == 0 else 3
            x = round(self.x_of(sigma, area))
            painter.fillRect(x, middle - half, 1, 2 * half + 1, tick)
        painter.fillRect(groove, palette.color(Role.Mid))
        if state.moved:
            home, value = self.x_of(state.home, area), self.x_of(state.value, area)
            filled = QRectF(min(home, value), groove.top(), abs(value - home), 3)
            painter.fillRect(filled, accent(palette))
            notch = QRect(round(home), middle - 4, 1, 9)
            painter.fillRect(notch, palette.color(Role.PlaceholderText))

    def _draw_handle(
        self,
        painter: QPainter,
        area: QRect,
        palette: QPalette,
        state: SliderState,
        *,
        bright: bool,
        hollow: bool,
    ) -> None:
        height = min(area.height() - 4, 14)
        x = self.x_of(state.value, area) + 0.5
        top = area.center().y() + 0.5 - height / 2
        handle = QRectF(x - HANDLE_WIDTH / 2, top, HANDLE_WIDTH, height)
        quiet = not (state.moved or bright)
        role = Role.PlaceholderText if quiet else Role.Text
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(role))
        if hollow:
            painter.setPen(QPen(palette.color(role), 1.4))
            painter.setBrush(palette.color(Role.Base))
            handle.adjust(0.7, 0.7, -0.7, -0.7)
        painter.drawRoundedRect(handle, 2.5, 2.5)

    def _draw_mark(
        self, painter: QPainter, area: QRect, palette: QPalette, sigma: float
    ) -> None:
        x = self.x_of(sigma, area) + 0.5
        bottom = min(area.center().y() + 8.0, area.bottom() + 0.5)
        half = MARK_HALF_WIDTH
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(Role.BrightText))
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(x, bottom - 6),
                    QPointF(x + half, bottom),
                    QPointF(x - half, bottom),
                ]
            )
        )


def tabular(font: QFont) -> QFont:
    """The font with all digits as wide as each other."""
    same = QFont(font)
    same.setFeature(QFont.Tag("tnum"), 1)
    return same


def accent(palette: QPalette) -> QColor:
    """The colour of what the person has changed."""
    return palette.color(Role.Highlight)
