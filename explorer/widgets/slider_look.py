"""How a slider looks: a track with a tick at each σ, a handle, and a moving mark."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPalette,
    QPen,
    QPolygonF,
)

from explorer.session.numerals import sigma_text
from explorer.session.point import RANGE_SIGMA
from explorer.widgets.slider_row import HANDLE_WIDTH, MARK_HALF_WIDTH, SliderRow
from explorer.widgets.slider_state import SliderNotes, SliderState

TRACK_HEIGHT = 3
IDLE_OPACITY = 0.5  # of an axis that does nothing
FADED_OPACITY = 0.2  # of one that is not looked for

Role = QPalette.ColorRole


class SliderLook:
    """Draws the sliders that share a row."""

    def __init__(self, row: SliderRow) -> None:
        self._row = row

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
        told: bool,
        exposed: QRect,
    ) -> None:
        """Draw one slider; what lies beside `exposed` may be left out.

        Where values have no room, one that is `told` takes the place of the name.
        """
        painter.setFont(self._row.font)
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
        self._draw_track(painter, area, palette, state, exposed=exposed)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._row.track(area).contains(exposed):  # no mere move of the mark
            self._draw_texts(
                *(painter, area, palette, state),
                number=number,
                notes=notes,
                told=told,
            )
            self._draw_share(painter, area, palette, notes.share_of_largest)
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
        told: bool,
    ) -> None:
        """Number, name and value, or one of the two."""
        row, middle = self._row, Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | middle
        dim, bright = (palette.color(r) for r in (Role.PlaceholderText, Role.Text))
        painter.setPen(dim)
        painter.drawText(row.number_area(area), right, str(number))
        valued, place = row.shows_values(area), row.name_area(area)
        named = notes.name != "" and place.width() > 0 and (valued or not told)
        if named:
            painter.setPen(bright)
            painter.drawText(place, middle, row.written(notes.name, area))
        if valued or not named:
            painter.setPen(bright if state.moved else dim)
            side = right if valued else middle
            inner = row.value_area(area).adjusted(0, 0, -6 if valued else 0, 0)
            painter.drawText(inner, side, sigma_text(state.value))

    def _draw_share(
        self, painter: QPainter, area: QRect, palette: QPalette, share: float
    ) -> None:
        bar = self._row.share_area(area)
        if bar.isEmpty():
            return
        painter.fillRect(bar, palette.color(Role.Mid))
        bar.setWidth(max(round(bar.width() * share), 1))
        painter.fillRect(bar, palette.color(Role.PlaceholderText))

    def _draw_lock(self, painter: QPainter, area: QRect, palette: QPalette) -> None:
        """A padlock between the bar and the track."""
        left, middle = self._row.lock_area(area).left() + 4.5, area.center().y()
        colour = palette.color(Role.Text)
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(QRectF(left + 1.3, middle - 4.2, 4.4, 6.5), 0, 180 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, middle - 0.7, 7.0, 5.2), 1, 1)

    def _draw_track(
        self,
        painter: QPainter,
        area: QRect,
        palette: QPalette,
        state: SliderState,
        *,
        exposed: QRect,
    ) -> None:
        track, middle = self._row.track(area), area.center().y()
        groove = QRect(
            track.left(), middle - TRACK_HEIGHT // 2, track.width(), TRACK_HEIGHT
        )
        tick, seen = (
            palette.color(Role.Dark),
            range(exposed.left(), exposed.right() + 1),
        )
        for sigma, x in enumerate(self._row.ticks(area), -round(RANGE_SIGMA)):
            if x in seen:
                half = 5 if sigma == 0 else 3
                painter.fillRect(x, middle - half, 1, 2 * half + 1, tick)
        painter.fillRect(groove, palette.color(Role.Mid))
        if state.moved:
            home, value = (
                self._row.x_of(state.home, area),
                self._row.x_of(state.value, area),
            )
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
        x = self._row.x_of(state.value, area) + 0.5
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
        x = self._row.x_of(sigma, area) + 0.5
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


def accent(palette: QPalette) -> QColor:
    """The colour of what the person has changed."""
    return palette.color(Role.Highlight)
