"""One engine process: commands go out, events come in, and its end is told in words."""

import select
import signal
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from PySide6.QtCore import QObject, Qt, Signal

from explorer.engine.launch import start_engine
from explorer.engine.protocol import Command, Event, SetPoint, Shutdown

CLOSING_S = 3.0  # for the engine to fade out and end
ENDING_S = 1.0  # from a broken pipe to the end of the process

Launch = Callable[[], "tuple[BaseProcess, Connection[Command, Event]]"]


class EngineLink(QObject):
    """Talks to one engine from two threads of its own, so that the window never waits.

    Of points that wait to be sent, only the newest is. Where nothing waits and the pipe
    has room a point is sent at once: a thread would get its turn only after the window
    has drawn the sliders.
    """

    event_arrived = Signal(object)
    broken = Signal()  # the pipe is closed: the process has ended, or soon will

    def __init__(self, parent: QObject, launch: Launch = start_engine) -> None:
        super().__init__(parent)
        self._process, self._connection = launch()
        self._outgoing: deque[Command] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._writing = False
        self._served = False  # it has said something
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for target, name in (
                (self._write, "to engine"),
                (self._read, "from engine"),
            )
        ]

    @property
    def process_id(self) -> int | None:
        """The system's number of the process."""
        return self._process.pid

    def listen(
        self, on_event: Callable[[Event], None], on_broken: Callable[[], None]
    ) -> None:
        """Begin; both are called on the thread this link belongs to."""
        queued = Qt.ConnectionType.QueuedConnection
        self.event_arrived.connect(on_event, queued)
        self.broken.connect(on_broken, queued)
        for thread in self._threads:
            thread.start()

    def send(self, command: Command) -> None:
        """Send a command soon."""
        with self._changed:
            waiting = self._outgoing
            if isinstance(command, SetPoint):
                if not waiting and not self._writing and _has_room(self._connection):
                    self._put(command)
                    return
                if waiting and isinstance(waiting[-1], SetPoint):
                    waiting.pop()
            waiting.append(command)
            self._changed.notify()

    def close(self) -> None:
        """End the engine: politely, and by force if that takes too long.

        One that is still starting holds nothing yet, and would hear of it late.
        """
        self.event_arrived.disconnect()
        self.broken.disconnect()
        self.send(Shutdown())
        self._end(CLOSING_S if self._served else 0.0)

    def fate(self) -> str:
        """How the engine ended, as the rest of a sentence that begins with it."""
        self._end(ENDING_S)
        return fate_words(self._process.exitcode)

    def _end(self, patience_s: float) -> None:
        self._process.join(patience_s)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        with self._changed:
            self._closing = True
            self._changed.notify()
        for thread in self._threads:
            thread.join(ENDING_S)
        self._connection.close()

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._outgoing or self._closing)
                if not self._outgoing:
                    return
                command = self._outgoing.popleft()
                self._writing = True
            self._put(command)
            with self._changed:
                self._writing = False

    def _put(self, command: Command) -> None:
        with suppress(OSError, ValueError):  # the reader meets the same end and tells
            self._connection.send(command)

    def _read(self) -> None:
        try:
            while True:
                event = self._connection.recv()
                self._served = True
                self.event_arrived.emit(event)
        except (EOFError, OSError):
            self.broken.emit()


def _has_room(connection: "Connection[Command, Event]") -> bool:
    """True where something small can be sent without waiting, as far as is known."""
    if not hasattr(select, "poll"):
        return False  # Windows has none
    try:
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLOUT)
        return bool(poll.poll(0))
    except OSError:
        return False


def fate_words(exit_code: int | None) -> str:
    """What an exit code says: "The engine …"."""
    if exit_code is None:
        return "stopped answering"
    if exit_code == -9:
        return "was stopped by the system, perhaps for want of memory"
    if exit_code < 0:
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = f"signal {-exit_code}"
        return f"crashed ({name})"
    if exit_code == 0:
        return "ended by itself"
    return f"failed (exit status {exit_code})"
