"""What other threads put before the player, and what it says of it: frozen records."""

from dataclasses import dataclass

from explorer.engine.tape import Tape


@dataclass(frozen=True, kw_only=True, eq=False)
class Jump:
    """A wish for the playhead to go elsewhere, obeyed once."""

    position: int  # samples


@dataclass(frozen=True, kw_only=True, eq=False)
class Handover:
    """The tape to play from now on.

    Every handover carries the newest jump, so that none is lost where a newer handover
    overtakes the one that came with it.
    """

    tape: Tape
    jump: Jump | None  # the newest there was; None: there never was one
    stamp: int
    time_ns: int  # of the person's action, time.monotonic_ns()


@dataclass(frozen=True, kw_only=True, eq=False)
class Transport:
    """A wish to play or to pause, obeyed once."""

    playing: bool


@dataclass(frozen=True, kw_only=True)
class Sounded:
    """A point's first buffer."""

    stamp: int
    delay_ns: int  # from the person's action to this buffer
