"""How the picture is looked at: which part, on which axes, in which range of levels."""

from typing import Literal, get_args

from psygnal import Signal

from explorer.engine.protocol import (
    PICTURE_FLOOR_DB,
    PICTURE_TOP_DB,
    ChannelView,
)
from explorer.session.span import Span

FrequencyAxis = Literal["linear", "log"]

FLOOR_DB, TOP_DB = -100.0, -10.0  # until a person chooses others
SMALLEST_RANGE_DB = 10.0
DIFFERENCE_DB, SMALLEST_DIFFERENCE_DB, LARGEST_DIFFERENCE_DB = 15.0, 3.0, 40.0
SMALLEST_TIME = 1 / 256  # of the song
SMALLEST_FREQUENCY = 1 / 32  # of the axis
PAGE_MARGIN = 0.05  # of what is seen lies before the playhead on a fresh page


class View:
    """What is seen of the picture.

    Attributes
    ----------
    time, frequency : Span
        The part that is seen; of frequency, as it lies on the axis.
    frequency_axis : "linear" or "log"
        Log: as many pixels for each octave, but for the lowest.
    following : bool
        True where the picture pages on when the playhead leaves it.
    floor_db, top_db : float
        The levels of the first and the last colour.
    difference_db : float
        The change of the last colour, louder or quieter.
    channels : ChannelView
        What the engine draws.
    """

    span_changed = Signal()
    range_changed = Signal()
    changed = Signal()  # axis, following or channels

    def __init__(self) -> None:
        self.time = Span()
        self.frequency = Span()
        self.frequency_axis: FrequencyAxis = "linear"
        self.following = True
        self.floor_db, self.top_db = FLOOR_DB, TOP_DB
        self.difference_db = DIFFERENCE_DB
        self.channels: ChannelView = "both"
        self._in_sight = True  # the playhead was seen when it last moved
        self._playhead = 0.0

    @property
    def whole(self) -> bool:
        """True where all of the picture is seen."""
        return self.time.whole and self.frequency.whole

    # ------------------------------------------------------------ which part

    def zoom_time(self, factor: float, about: float | None = None) -> None:
        """Look `factor` times closer at a share of the song; None: at the playhead."""
        if about is None:
            middle = (self.time.low + self.time.high) / 2
            about = self._playhead if self.time.holds(self._playhead) else middle
        self._see(self.time.zoomed(factor, about, SMALLEST_TIME), self.frequency)

    def zoom_frequency(self, factor: float, about: float) -> None:
        """Look `factor` times closer at a share of the frequency axis."""
        zoomed = self.frequency.zoomed(factor, about, SMALLEST_FREQUENCY)
        self._see(self.time, zoomed)

    def pan(self, time: float, frequency: float = 0.0) -> None:
        """Look further on, and further up: by shares of what is seen."""
        self._see(
            self.time.moved(time * self.time.size),
            self.frequency.moved(frequency * self.frequency.size),
        )

    def see(self, time: Span, frequency: Span) -> None:
        """Look at a part of it."""
        self._see(time, frequency)

    def centre(self, time: float) -> None:
        """See a share of the song in the middle, from as near as before."""
        self._see(self.time.placed(time - self.time.size / 2), self.frequency)

    def fit(self) -> None:
        """See all of it."""
        self._see(Span(), Span())

    def follow(self, playhead: float) -> None:
        """The playhead has come to a share of the song: page on where it goes out.

        Who has panned away from it is left in peace, until it jumps.
        """
        jumped = abs(playhead - self._playhead) > self.time.size / 2
        self._playhead = playhead
        if self.time.holds(playhead):
            self._in_sight = True
        elif self.following and (self._in_sight or jumped):
            margin = PAGE_MARGIN * self.time.size
            self._see(self.time.placed(playhead - margin), self.frequency)
            self._in_sight = True

    # ------------------------------------------------------------ how

    def set_frequency_axis(self, axis: FrequencyAxis) -> None:
        """Choose the axis; all of it is seen then."""
        if axis != self.frequency_axis:
            self.frequency_axis = axis
            self.frequency = Span()
            self.changed.emit()

    def toggle_frequency_axis(self) -> None:
        """Choose the other axis."""
        self.set_frequency_axis("linear" if self.frequency_axis == "log" else "log")

    def set_following(self, following: bool) -> None:
        """Say whether the picture follows the playhead."""
        if following != self.following:
            self.following = following
            self.changed.emit()

    def set_channels(self, channels: ChannelView) -> None:
        """Choose what the engine draws."""
        if channels != self.channels and channels in get_args(ChannelView):
            self.channels = channels
            self.changed.emit()

    def set_floor_db(self, floor_db: float) -> None:
        """Give the first colour a level, held below the last one's."""
        highest = self.top_db - SMALLEST_RANGE_DB
        self._set_range(min(max(floor_db, PICTURE_FLOOR_DB), highest), self.top_db)

    def set_top_db(self, top_db: float) -> None:
        """Give the last colour a level, held above the first one's."""
        lowest = self.floor_db + SMALLEST_RANGE_DB
        self._set_range(self.floor_db, min(max(top_db, lowest), PICTURE_TOP_DB))

    def set_difference_db(self, difference_db: float) -> None:
        """Give the last colours a change, held within what makes sense."""
        difference_db = max(difference_db, SMALLEST_DIFFERENCE_DB)
        difference_db = min(difference_db, LARGEST_DIFFERENCE_DB)
        if difference_db != self.difference_db:
            self.difference_db = difference_db
            self.range_changed.emit()

    def reset_range(self) -> None:
        """Put the levels of the colours back to what they were at first."""
        self._set_range(FLOOR_DB, TOP_DB)
        self.set_difference_db(DIFFERENCE_DB)

    def _set_range(self, floor_db: float, top_db: float) -> None:
        if (floor_db, top_db) != (self.floor_db, self.top_db):
            self.floor_db, self.top_db = floor_db, top_db
            self.range_changed.emit()

    def _see(self, time: Span, frequency: Span) -> None:
        if (time, frequency) != (self.time, self.frequency):
            self.time, self.frequency = time, frequency
            self._in_sight = time.holds(self._playhead)
            self.span_changed.emit()
