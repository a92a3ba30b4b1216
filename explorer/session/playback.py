"""Playing: whether, where, how loud, and how well the sound keeps up."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from psygnal import Signal

GAIN_FLOOR_DB = -60.0  # silence
GAIN_TOP_DB = 12.0
SHORTEST_LOOP_S = 0.05
SEEK_HOLD_NS = 150_000_000  # the engine's playhead may lag behind a seek for so long


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the engine says of the sound it makes."""

    position: int  # samples
    peak_left: float  # of the last buffer, 1.0 is full scale
    peak_right: float
    underruns: int  # since the engine started
    reduction_db: float = 0.0  # what the limiter takes away now, 0 or less
    clipped: int = 0  # buffers over full scale since the engine started


class Playback:
    """The playhead and the sound.

    Attributes
    ----------
    playing, loop : bool
    gain_db : float
        Of what is heard, GAIN_FLOOR_DB to GAIN_TOP_DB.
    position : int
        Samples from the start of the song.
    region : tuple of int, or None
        Samples, start to stop, of what is played round and round; None: the song.
    peak_left, peak_right : float
        Of the last buffer; 1.0 is full scale.
    underruns : int
        Buffers filled with silence since the engine started.
    """

    changed = Signal()  # playing, loop or gain_db
    position_changed = Signal()
    region_changed = Signal()
    levels_changed = Signal()
    underruns_changed = Signal()

    def __init__(self, clock_ns: Callable[[], int] = time.monotonic_ns) -> None:
        self.playing = False
        self.loop = False
        self.gain_db = 0.0
        self.position = 0
        self.region: tuple[int, int] | None = None
        self.peak_left = 0.0
        self.peak_right = 0.0
        self.underruns = 0
        self._clock_ns = clock_ns
        self._held_until_ns = 0

    def set_playing(self, playing: bool) -> None:
        """Say whether the song plays."""
        if playing != self.playing:
            self.playing = playing
            self.changed.emit()
            if not playing:
                self._show_levels(0.0, 0.0)

    def set_loop(self, loop: bool) -> None:
        """Say whether the song is played round and round."""
        if loop != self.loop:
            self.loop = loop
            self.changed.emit()

    def set_region(self, region: tuple[int, int] | None) -> None:
        """Say which stretch of the song is played round and round; None: all."""
        if region != self.region:
            self.region = region
            self.region_changed.emit()

    def set_gain_db(self, gain_db: float) -> None:
        """Set the loudness, held within its range."""
        gain_db = min(max(gain_db, GAIN_FLOOR_DB), GAIN_TOP_DB)
        if gain_db != self.gain_db:
            self.gain_db = gain_db
            self.changed.emit()

    def place(self, position: int) -> None:
        """Put the playhead somewhere, and hold it there until the engine follows."""
        self._held_until_ns = self._clock_ns() + SEEK_HOLD_NS
        self._show_position(position)

    def observe(self, reading: Reading) -> None:
        """Take over what the engine says."""
        if self._clock_ns() >= self._held_until_ns:
            self._show_position(reading.position)
        if self.playing:
            self._show_levels(reading.peak_left, reading.peak_right)
        if reading.underruns != self.underruns:
            self.underruns = reading.underruns
            self.underruns_changed.emit()

    def _show_position(self, position: int) -> None:
        if position != self.position:
            self.position = position
            self.position_changed.emit()

    def _show_levels(self, left: float, right: float) -> None:
        if (left, right) != (self.peak_left, self.peak_right):
            self.peak_left, self.peak_right = left, right
            self.levels_changed.emit()
