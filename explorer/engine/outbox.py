"""Events on their way to the window, which may be slow to take them."""

import threading
from multiprocessing.connection import Connection
from queue import SimpleQueue

from explorer.engine.protocol import Event


class Outbox:
    """Sends events in order from a thread of its own, so that no other ever waits."""

    def __init__(self, connection: "Connection[Event, object]") -> None:
        self._connection = connection
        self._waiting: SimpleQueue[Event | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def send(self, event: Event) -> None:
        """Send an event; into nothing where the window is gone."""
        self._waiting.put(event)

    def close(self, timeout_s: float) -> None:
        """Send what still waits, as far as that is possible in time."""
        self._waiting.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while (event := self._waiting.get()) is not None:
            try:
                self._connection.send(event)
            except OSError:  # the window is gone; the command loop sees it too
                return
