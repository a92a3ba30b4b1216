"""Showing what an axis does: it swings to both sides and comes back, by itself.

Letters: L latent size.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from psygnal import Signal

from explorer.session.point import RANGE_SIGMA

if TYPE_CHECKING:
    from explorer.session.session import Session

DURATION_S = 2.4
REACH_SIGMA = 2.0  # to either side; as many units of a raw latent
DWELL = 1.5  # of the swing's sine before it is cut off: a rest at either end


class Audition:
    """A swing along one axis that the engine hears of and the history does not.

    Any move of the person's own ends it. It knows no clock: `show` puts it somewhere.

    Attributes
    ----------
    axis : int or None
        That swings now.
    offset : (L,) float32 in σ
        Where the engine was told to be; the session's own point where nothing swings.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self.axis: int | None = None
        self._session = session
        self._swing = 0.0
        session.point_changed.connect(self._give_way)
        session.model_changed.connect(self._give_way)
        session.engine.changed.connect(self._give_way_to_engine)
        session.coordinates.changed.connect(self.end)

    @property
    def offset(self) -> NDArray[np.float32]:
        """(L,) float32 in σ, added to the song's path as it is heard now."""
        session, axis = self._session, self.axis
        offset, coordinates = session.point.offset, session.coordinates
        if axis is None:
            return offset
        mean = float(coordinates.shown(session.path_mean)[axis])
        value = mean + float(coordinates.step(offset)[axis]) + self._swing
        held = min(max(value, -RANGE_SIGMA), RANGE_SIGMA)
        return coordinates.offset_with(axis, held - mean, offset)

    def begin(self, axis: int) -> None:
        """Let an axis swing; another one that did comes to rest."""
        if self._session.ready:
            self.axis, self._swing = axis, 0.0
            self.changed.emit()

    def show(self, fraction: float) -> None:
        """Be somewhere on the swing, 0 to 1; at 1 it is over."""
        if self.axis is None:
            return
        if fraction >= 1:
            self.end()
            return
        wave = DWELL * math.sin(2 * math.pi * max(fraction, 0.0))
        self._swing = REACH_SIGMA * min(max(wave, -1.0), 1.0)
        session = self._session
        session.orders.tell_point(session.point.with_offset(self.offset))
        self.changed.emit()

    def end(self) -> None:
        """Come back to the person's own point."""
        if self.axis is not None:
            self.axis = None
            self._session.orders.tell_point(self._session.point)
            self.changed.emit()

    def _give_way(self) -> None:
        """The engine has just been told of a point of the person's own."""
        if self.axis is not None:
            self.axis = None
            self.changed.emit()

    def _give_way_to_engine(self) -> None:
        if self._session.engine.phase != "running":
            self._give_way()
