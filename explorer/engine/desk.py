"""Requests that take long, answered one after another on a thread of their own.

Commands for the player and the renderer are served meanwhile. While there is nothing to
answer and the renderer rests, the axes are measured.
"""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import NamedTuple

from explorer.engine.failure import failure
from explorer.engine.job import Job
from explorer.engine.protocol import (
    UNASKED,
    CloseSource,
    Event,
    Export,
    OpenModel,
    OpenSong,
    OpenSource,
)
from explorer.engine.renderer import Renderer
from explorer.engine.scene import Scene
from explorer.engine.stage import Stage

Request = OpenModel | OpenSong | OpenSource | CloseSource | Export

PAUSE_S = 0.01  # between looks whether the renderer rests

_log = logging.getLogger(__name__)


class Order(NamedTuple):
    """A request, and what was to be heard when it was made."""

    request: Request
    scene: Scene | None


class Desk:
    """Takes requests and sees to it that each is answered."""

    def __init__(self, renderer: Renderer, send: Callable[[Event], None]) -> None:
        self._renderer = renderer
        self._send = send
        self._stage = Stage(renderer, send)
        self._waiting: SimpleQueue[Order | None] = SimpleQueue()
        self._open: set[int] = set()  # asked and not answered
        self._cancelled: set[int] = set()
        self._thread = threading.Thread(target=self._run, name="desk", daemon=True)
        self._thread.start()

    # ------------------------------------------------------------ other threads

    def ask(self, request: Request) -> None:
        """Take a request; it is answered by events of its number.

        What is exported is what is there to be heard now, whatever is opened or edited
        before its turn comes.
        """
        if not isinstance(request, CloseSource):
            self._open.add(request.request)
        self._waiting.put(Order(request, self._renderer.scene))

    def cancel(self, request: int) -> None:
        """Give up a request, whether its turn has come or not."""
        if request in self._open:
            self._cancelled.add(request)

    def close(self, timeout_s: float) -> None:
        """Give up all requests and end the thread, if it does so in time."""
        self._cancelled |= self._open
        self._waiting.put(None)
        self._thread.join(timeout_s)

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        while (order := self._next()) is not None:
            request = order.request
            number = UNASKED if isinstance(request, CloseSource) else request.request
            try:
                self._answer(order, self._job(number))
            except Exception as error:  # noqa: BLE001 - a thread's edge
                self._send(failure(number, error, f"the request {request}"))
            self._open.discard(number)
            self._cancelled.discard(number)

    def _job(self, number: int) -> Job:
        return Job(number, self._send, lambda: number in self._cancelled)

    def _next(self) -> Order | None:
        """The next request; axes are measured until it comes."""
        while self._stage.measurement is not None:
            try:
                return self._waiting.get(timeout=PAUSE_S)
            except Empty:
                if self._renderer.resting:
                    self._measure()
        return self._waiting.get()

    def _measure(self) -> None:
        try:
            self._stage.measure()
        except Exception:  # noqa: BLE001 - a thread's edge
            _log.exception("the axes could not be measured")
            self._stage.measurement = None

    def _answer(self, order: Order, job: Job) -> None:
        job.check()
        request = order.request
        match request:
            case OpenModel():
                self._stage.open_model(request, job)
            case OpenSong():
                self._stage.open_song(request, job)
            case OpenSource():
                self._stage.open_source(request, job)
            case CloseSource():
                self._stage.close_source(request.path)
            case Export():
                self._stage.export(request, order.scene, job)
