"""Jumps to points far away, which the engine makes fit to be heard.

Letters: L latent size.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import Failed, JumpLanded, LandJump
from explorer.session.point import LatentPoint

if TYPE_CHECKING:
    from explorer.session.session import Session

Floats = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, eq=False)
class Leap:
    """A jump that a tool asks for.

    Attributes
    ----------
    point : LatentPoint
        Where it goes to.
    least, most : (L,) float32
        How far each axis may be moved otherwise, offsets in σ.
    fixed : (n, L) float32 or None
        Directions along which nothing may be moved.
    like : (L,) float32 or None
        The offset that it shall be as loud as; None: the song itself.
    landed : callable
        Gives the point at an offset near to it.
    """

    point: LatentPoint
    least: Floats
    most: Floats
    fixed: Floats | None
    like: Floats | None
    landed: Callable[[Floats], LatentPoint]


@dataclass(frozen=True)
class _InFlight:
    leap: Leap
    time_ns: int  # of the person's action


class Jumps:
    """Takes the sliders to a point at once, and the sound with them once it is fit.

    Where that is, near to what was asked for, the engine says some tenth of a second
    later: the step of the history, and the sliders, go on to there. Until then the
    sound stays where it was; a move of the person's own goes first, as always. Without
    an engine a jump goes where it goes.
    """

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._in_flight: dict[int, _InFlight] = {}  # by request

    @property
    def in_flight(self) -> bool:
        """True while the present point is not yet fit to be heard."""
        present = self._session.point
        return any(one.leap.point == present for one in self._in_flight.values())

    def go(self, label: str, leap: Leap) -> None:
        """Jump, as a step of the history."""
        session = self._session
        if session.engine.phase != "running" or leap.point == session.point:
            session.go(label, leap.point)
            return
        request, like = session.tasks.number(), self._like(leap)
        time_ns = session.orders.withhold(leap.point)
        session.go(label, leap.point)
        self._in_flight[request] = _InFlight(leap, time_ns)
        focused = session.span_edits.focused
        session.orders.send(
            LandJump(
                request=request,
                offset=leap.point.offset,
                least=leap.least,
                most=leap.most,
                fixed=leap.fixed,
                like=like,
                voicing=leap.point.voicing,
                start=0 if focused is None else focused.start,
                stop=None if focused is None else focused.stop,
            )
        )

    def take(self, event: JumpLanded) -> None:
        """A jump has landed."""
        flight = self._in_flight.pop(event.request, None)
        if flight is not None:
            self._land(flight, flight.leap.landed(event.offset))

    def refuse(self, event: Failed) -> bool:
        """Land where it goes to; False where the failure is no jump's."""
        flight = self._in_flight.pop(event.request, None)
        if flight is None:
            return False
        if not event.cancelled:
            self._session.messages.error("engine", event.message)
        self._land(flight, flight.leap.point)
        return True

    def forget(self) -> None:
        """Another engine, song or model: nothing lands any more."""
        if self._in_flight:
            self._in_flight.clear()
            self._session.orders.forget_point()

    def _land(self, flight: _InFlight, landed: LatentPoint) -> None:
        session, asked = self._session, flight.leap.point
        present = session.point == asked
        session.history.replace(asked, landed)
        if present:
            session.orders.forget_point()
            session.orders.tell_point(landed, flight.time_ns)
            session.point_changed.emit()

    def _like(self, leap: Leap) -> Floats | None:
        """What it shall be as loud as: what is heard, not what is still in flight."""
        present = self._session.point
        for one in self._in_flight.values():
            if leap.like is not None and one.leap.point == present:
                return one.leap.like
        return leap.like
