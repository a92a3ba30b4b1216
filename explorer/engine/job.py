"""A request under way, which tells how far it has come until it is given up."""

import time
from collections.abc import Callable

from explorer.engine.protocol import Event, Progress
from vae.errors import Cancelled

PROGRESS_S = 0.05  # between two reports, at least


class Job:
    """What a request's own work knows of it.

    Parameters
    ----------
    request : int
        Its number.
    send : callable
        Takes what the window is told.
    given_up : callable
        True once nobody wants it any more; any thread may make it so.
    """

    def __init__(
        self,
        request: int,
        send: Callable[[Event], None],
        given_up: Callable[[], bool],
    ) -> None:
        self.request = request
        self._send = send
        self._given_up = given_up

    def check(self) -> None:
        """Go on, or not.

        Raises
        ------
        Cancelled
            It was given up.
        """
        if self._given_up():
            raise Cancelled

    def progress(
        self, label: str, start: float = 0.0, stop: float = 1.0
    ) -> Callable[[float], None]:
        """A callback that reports a part of the work, and raises once it is given up.

        Parameters
        ----------
        label : str
            What is being done.
        start, stop : float
            Which share of the whole the part is.
        """
        said_s = -1.0

        def progress(fraction: float) -> None:
            nonlocal said_s
            self.check()
            now = time.monotonic()
            if said_s < 0 or now - said_s >= PROGRESS_S:
                said_s = now
                whole = start + (stop - start) * min(max(fraction, 0.0), 1.0)
                self._send(Progress(request=self.request, fraction=whole, label=label))

        return progress
