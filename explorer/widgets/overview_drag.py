"""Dragging on the overview: another part, a larger one, or a click to go there."""

from typing import Literal

from explorer.session.session import Session
from explorer.session.span import Span
from explorer.session.view import SMALLEST_TIME

Kind = Literal["end", "part", ""]


class OverviewDrag:
    """All places are shares of the song, 0 to 1."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._from: float | None = None
        self._kind: Kind = ""
        self._anchor = 0.0  # the end that stays, or where the part began
        self._moved = False

    def kind_at(self, share: float, reach: float) -> Kind:
        """What would be dragged here: an end of the part that is seen, it, or none."""
        time = self._session.view.time
        if time.whole:
            return ""
        if min(abs(share - time.low), abs(share - time.high)) <= reach:
            return "end"
        return "part" if time.holds(share) else ""

    def begin(self, share: float, reach: float) -> None:
        """Take what is here."""
        time = self._session.view.time
        self._from, self._moved = share, False
        self._kind = self.kind_at(share, reach)
        if self._kind == "end":
            nearer_low = abs(share - time.low) < abs(share - time.high)
            self._anchor = time.high if nearer_low else time.low
        else:
            self._anchor = time.low if self._kind == "part" else share

    def move(self, share: float, reach: float) -> bool:
        """Drag to here; False where nothing is held."""
        if self._from is None:
            return False
        if not self._moved and abs(share - self._from) <= reach:
            return True
        self._moved = True
        view = self._session.view
        if self._kind == "part":
            low = self._anchor + share - self._from
            view.see(view.time.placed(low), view.frequency)
        else:
            low, high = sorted((self._anchor, share))
            if high - low >= SMALLEST_TIME:
                view.see(Span(low, high), view.frequency)
        return True

    def end(self, share: float) -> None:
        """Let go; where nothing was moved, it was a click: go there."""
        if self._from is not None and not self._moved:
            duration_s = self._session.picture.duration_s
            self._session.transport.seek(share * duration_s)
        self._from = None
