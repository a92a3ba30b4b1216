"""Requests in general: what becomes of each, whatever it asks for."""

from dataclasses import dataclass

UNASKED = 0  # the number of no request; the window's begin at 1


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Give up a request; it is answered by Failed with `cancelled` true."""

    request: int


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a request has come."""

    request: int
    fraction: float  # 0 to 1
    label: str  # what is being done, in words


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A request came to nothing; what was before it still stands."""

    request: int  # UNASKED: no request, the engine has met a fault by itself
    message: str  # one sentence, for a person
    cancelled: bool = False
