"""Where the parts of a slider lie in its row, and where on it a value lies.

1 ▬▬ 🔒 name  ├──┼──┼──┼──┼──┤  +0.00

Where a row is short the bar gives way first, then names say more in fewer letters,
then the value: a name is what a slider is found by.
"""

from dataclasses import dataclass

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
LONGER_TRACK = 76  # pixels, where the bar can make room for it
LEGIBLE_NAME = 72  # pixels; a value stands beside names that have as much
END = 9  # beside the track where no value is
LARGEST_NAME_SHARE = 0.32  # of the row; a longer name ends in three dots
LARGEST_LONE_NAME_SHARE = 0.42  # where no value is beside it
SIGNS = {"more ": "+", "less ": "−"}  # of words that tell less than what follows them


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Pixels from the left of a row; what has no room is 0 wide."""

    share_width: int
    names_left: int
    name_width: int
    track_left: int
    track_width: int
    valued: bool
    ticks: tuple[int, ...]


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
        self._shared_out: dict[tuple[int, int], _Parts] = {}

    def track(self, area: QRect) -> QRect:
        """The part of a slider's area that its values span."""
        parts = self._parts(area)
        left = area.left() + parts.track_left
        return QRect(left, area.top(), parts.track_width, area.height())

    def shows_values(self, area: QRect) -> bool:
        """True where values have room of their own; else one takes a name's place."""
        return self._parts(area).valued

    def value_area(self, area: QRect) -> QRect:
        """The part that the value is written in."""
        if not self.shows_values(area):
            return self.name_area(area, width=self._value_width)
        left = self.track(area).right() + HANDLE_WIDTH
        return QRect(left, area.top(), area.right() - left, area.height())

    def name_area(self, area: QRect, *, width: int = 0) -> QRect:
        """The part that the name is written in, at least so wide."""
        parts = self._parts(area)
        left, width = area.left() + parts.names_left, max(parts.name_width, width)
        return QRect(left + GAP, area.top(), width, area.height())

    def width_for(self, name: str) -> int:
        """The room that a name takes, pixels."""
        return QFontMetrics(self.font).horizontalAdvance(name) + 2

    def written(self, name: str, area: QRect) -> str:
        """A name as it fits into its part: whole, or in fewer letters, or cut.

        "more bass" is "+bass" then, and "+bass −top" is "+bass−top".
        """
        room = self.name_area(area).width()
        if self.width_for(name) > room:
            for word, sign in SIGNS.items():
                if name.startswith(word):
                    name = sign + name.removeprefix(word)
        if self.width_for(name) > room:
            for sign in SIGNS.values():
                name = name.replace(f" {sign}", sign)
        metrics = QFontMetrics(self.font)
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)

    def x_of(self, sigma: float, area: QRect) -> float:
        """Where a value lies, in pixels."""
        parts = self._parts(area)
        held = min(max(sigma, -RANGE_SIGMA), RANGE_SIGMA)
        share = (held / RANGE_SIGMA + 1) / 2
        return area.left() + parts.track_left + share * parts.track_width

    def ticks(self, area: QRect) -> list[int]:
        """Where each whole σ lies, from the lowest to the highest, in pixels."""
        left, ticks = area.left(), self._parts(area).ticks
        return [left + x for x in ticks]

    def sigma_of(self, x: float, area: QRect) -> float:
        """The value that lies at a place; outside the track more than the range."""
        track = self.track(area)
        return ((x - track.left()) / track.width() * 2 - 1) * RANGE_SIGMA

    def sigma_per_pixel(self, area: QRect) -> float:
        """How much a pixel is worth."""
        return 2 * RANGE_SIGMA / self._parts(area).track_width

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
        return QRect(left, top, self._parts(area).share_width, SHARE_HEIGHT)

    def lock_area(self, area: QRect) -> QRect:
        """The part between the bar and the name that a padlock hangs in."""
        left = area.left() + self._parts(area).names_left - LOCK_WIDTH
        return QRect(left, area.top(), LOCK_WIDTH, area.height())

    def _parts(self, area: QRect) -> _Parts:
        """How a row so wide is shared out: asked for at every move of a mark."""
        key = (area.right() - area.left(), self.name_width)
        if key not in self._shared_out:
            self._shared_out = {key: self._share_out(*key)}
        return self._shared_out[key]

    def _share_out(self, width: int, wanted: int) -> _Parts:
        texts = self._number_width + 6 + LOCK_WIDTH
        ends = {True: GAP + 6 + self._value_width, False: END}
        # what the shortest track leaves for names and the bar, beside a value or none
        spare = {
            valued: width - texts - GAP - NAME_GAP - end - SMALLEST_TRACK
            for valued, end in ends.items()
        }
        legible = min(wanted, LEGIBLE_NAME)
        valued = spare[True] >= legible or spare[False] < min(legible, SHORTEST_NAME)
        largest = LARGEST_NAME_SHARE if valued else LARGEST_LONE_NAME_SHARE
        names, room = min(wanted, round((width + 1) * largest)), spare[valued]
        longer = LONGER_TRACK - SMALLEST_TRACK if names else 0
        crowded = names + longer > room - SHARE_WIDTH
        bar = 0 if crowded and room >= SHORTEST_NAME else SHARE_WIDTH
        names = min(names, room - bar)
        if names < min(SHORTEST_NAME, wanted):
            names = 0
        left = texts + bar
        track = left + GAP + (names + NAME_GAP if names else 0)
        track_width = max(width - ends[valued] - track, 10)
        reach = round(RANGE_SIGMA)
        return _Parts(
            share_width=bar,
            names_left=left,
            name_width=names,
            track_left=track,
            track_width=track_width,
            valued=valued,
            ticks=tuple(
                round(track + (sigma / RANGE_SIGMA + 1) / 2 * track_width)
                for sigma in range(-reach, reach + 1)
            ),
        )
