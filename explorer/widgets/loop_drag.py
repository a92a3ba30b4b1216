"""Dragging the stretch that is played round and round."""

from explorer.session.session import Session


class LoopDrag:
    """A drag that begins a region, or moves one of its edges."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._anchor_s: float | None = None  # the end that stays
        self._before: tuple[bool, tuple[float, float] | None] = (False, None)

    @property
    def going(self) -> bool:
        """True from `begin` to `end`."""
        return self._anchor_s is not None

    def on_edge(self, time_s: float, reach_s: float) -> bool:
        """True where an edge is within reach."""
        return self._far_edge(time_s, reach_s) is not None

    def begin(self, time_s: float, reach_s: float) -> None:
        """Take the edge that is within reach, or begin another region here."""
        far = self._far_edge(time_s, reach_s)
        session = self._session
        self._before = (session.playback.loop, session.transport.region_s)
        self._anchor_s = time_s if far is None else far

    def move(self, time_s: float) -> None:
        """Let the region reach to here."""
        if self._anchor_s is not None:
            self._session.transport.set_loop_region(self._anchor_s, time_s)

    def end(self) -> None:
        """Let go."""
        self._anchor_s = None

    def give_up(self) -> None:
        """Let go, and have the region back that was there before."""
        if self._anchor_s is None:
            return
        self._anchor_s = None
        transport, (loop, region_s) = self._session.transport, self._before
        if region_s is None:
            transport.clear_loop_region()
        else:
            transport.set_loop_region(*region_s)
        transport.set_loop(loop)

    def _far_edge(self, time_s: float, reach_s: float) -> float | None:
        """The edge opposite to the one within reach."""
        region_s = self._session.transport.region_s
        if region_s is None:
            return None
        near, far = sorted(region_s, key=lambda edge: abs(edge - time_s))
        return far if abs(near - time_s) <= reach_s else None
