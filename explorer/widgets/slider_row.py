"""Where the parts of a slider lie in its row, and where on it a value lies.

1 ▬▬ 🔒 name  ├──┼──┼──┼──┼──┤  +0.00

Where a row is short the bar gives way first, then names say more in fewer letters,
then the value: a name is what a slider is found by.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

from explorer.session.point import RANGE_SIGMA
from explorer.widgets.tabular_figures import tabular

ROW_HEIGHT = 20  # preferred
SMALLEST_ROW_HEIGHT = 16
HANDLE_WIDTH = 7
MARK_HALF_WIDTH = 3.5
GAP = 9  # between the track and the texts beside it
SHARE_WIDTH, SHARE_HEIGHT = 20, 3  # of the bar for the axis with the largest share
LOCK_WIDTH = 9
NAME_GAP = 6
SMALLEST_TRACK, SHORTEST_NAME = 56, 40  # pixels
LEGIBLE_NAME = 72  # pixels; a value stands beside names that have as much
END = 9  # beside the track where no value is
LARGEST_NAME_SHARE = 0.32  # of the row; a longer name ends in three dots
LARGEST_LONE_NAME_SHARE = 0.42  # where no value is beside it
SIGNS = {"more ": "+", "less ": "−"}  # of words that tell less than what follows them


class SliderRow:
    """How a slider's row is shared out; all sliders of a column share it alike.

    Attributes
    ----------
    font : QFont
    name_width : int
        Room wanted for names, pixels; 0 where none has one, so that tracks are long.
    smallest_height : int
        Pixels.
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
        right = area.right() - self._end(valued=self.shows_values(area))
        return QRect(left, area.top(), max(right - left, 10), area.height())

    def shows_values(self, area: QRect) -> bool:
        """True where values have room of their own; else one takes a name's place."""
        wanted = min(self.name_width, LEGIBLE_NAME)
        alone = self._spare(area, valued=False)
        return self._spare(area) >= wanted or alone < min(wanted, SHORTEST_NAME)

    def value_area(self, area: QRect) -> QRect:
        """The part that the value is written in."""
        if not self.shows_values(area):
            return self.name_area(area, width=self._value_width)
        left = self.track(area).right() + HANDLE_WIDTH
        return QRect(left, area.top(), area.right() - left, area.height())

    def name_area(self, area: QRect, *, width: int = 0) -> QRect:
        """The part that the name is written in, at least so wide."""
        width = max(self._name_room(area), width)
        return QRect(self._names_left(area) + GAP, area.top(), width, area.height())

    def width_for(self, name: str) -> int:
        """The room that a name takes, pixels."""
        return QFontMetrics(self.font).horizontalAdvance(name) + 2

    def written(self, name: str, area: QRect) -> str:
        """A name as it fits into its part: whole, "+bass" for "more bass", or cut."""
        room = self.name_area(area).width()
        if self.width_for(name) > room:
            for word, sign in SIGNS.items():
                if name.startswith(word):
                    name = sign + name.removeprefix(word)
        metrics = QFontMetrics(self.font)
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)

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

    def number_area(self, area: QRect) -> QRect:
        """The part that the axis's number is written in, to the right."""
        return QRect(area.left(), area.top(), self._number_width, area.height())

    def share_area(self, area: QRect) -> QRect:
        """The bar for an axis of the largest share; empty where names take its room."""
        left = area.left() + self._number_width + 6
        top = area.center().y() - SHARE_HEIGHT // 2
        return QRect(left, top, self._share_width(area), SHARE_HEIGHT)

    def lock_area(self, area: QRect) -> QRect:
        """The part between the bar and the name that a padlock hangs in."""
        left = self._names_left(area) - LOCK_WIDTH
        return QRect(left, area.top(), LOCK_WIDTH, area.height())

    def _name_room(self, area: QRect) -> int:
        """The room for names; none where the track would be too short beside them."""
        spare = self._spare(area, valued=self.shows_values(area))
        room = min(self._wanted(area), spare - self._share_width(area))
        return room if room >= min(SHORTEST_NAME, self.name_width) else 0

    def _share_width(self, area: QRect) -> int:
        valued = self.shows_values(area)
        spare, wanted = self._spare(area, valued=valued), self._wanted(area)
        yields = spare - SHARE_WIDTH < wanted and spare >= SHORTEST_NAME
        return 0 if yields else SHARE_WIDTH

    def _wanted(self, area: QRect) -> int:
        """The room that names would have, were it free."""
        valued = self.shows_values(area)
        share = LARGEST_NAME_SHARE if valued else LARGEST_LONE_NAME_SHARE
        return min(self.name_width, round(area.width() * share))

    def _spare(self, area: QRect, *, valued: bool = True) -> int:
        """What the shortest track leaves for names and the bar."""
        texts = self._number_width + 6 + LOCK_WIDTH
        gaps = GAP + NAME_GAP + self._end(valued=valued)
        return area.right() - area.left() - texts - gaps - SMALLEST_TRACK

    def _end(self, *, valued: bool) -> int:
        """What lies to the right of the track."""
        return GAP + 6 + self._value_width if valued else END

    def _names_left(self, area: QRect) -> int:
        numbers = area.left() + self._number_width + 6
        return numbers + self._share_width(area) + LOCK_WIDTH
