"""Keeps an engine running for the session, and carries what the two have to say."""

import logging
import time
from collections import deque

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from explorer.engine.launch import start_engine
from explorer.engine.protocol import (
    STATUS,
    Command,
    EngineStarted,
    Event,
    PictureReady,
    PictureSlice,
    SetPoint,
)
from explorer.services.engine_link import EngineLink, Launch
from explorer.services.shared_array import SharedArray
from explorer.session.playback import Reading
from explorer.session.session import Session

PLAYING_MS, RESTING_MS = 16, 200  # between looks at the shared status
POINT_MS = 5  # from one point sent to the next, at least
DEATHS, WITHIN_S = 3, 60.0  # so many so quickly, and it is not started again

_log = logging.getLogger(__name__)


class EngineClient(QObject):
    """Starts the engine, starts it again when it dies, ends it with the window.

    A point is sent at once, unless one was just sent: then only the newest of those
    that follow within a few milliseconds. `event_received` tells of each event before
    the session takes it in.
    """

    event_received = Signal(object)

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        launch: Launch = start_engine,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._launch = launch
        self._link: EngineLink | None = None
        self._status: SharedArray | None = None
        self._picture: SharedArray | None = None
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        self._point: SetPoint | None = None
        self._point_sent = QElapsedTimer()
        self._point_sent.start()
        self._point_due = QTimer(self, singleShot=True, interval=POINT_MS)
        self._point_due.timeout.connect(self._send_point)
        self._look = QTimer(self, interval=RESTING_MS)
        self._look.timeout.connect(self._read_status)
        session.command_requested.connect(self._send)
        session.engine.restart_requested.connect(self._start_again)
        session.playback.changed.connect(self._set_pace)

    @property
    def process_id(self) -> int | None:
        """The system's number of the engine's process, or None where there is none."""
        return self._link.process_id if self._link is not None else None

    def start(self) -> None:
        """Start the engine; what it has to say comes by and by."""
        link = EngineLink(self, self._launch)
        self._link = link
        link.listen(self._receive, self._bury)
        self._look.start()

    def close(self) -> None:
        """End the engine; takes a few seconds at most."""
        self._look.stop()
        self._point_due.stop()
        link, self._link = self._link, None
        self._close_memory()
        if link is not None:
            link.close()

    # ------------------------------------------------------------ to the engine

    def _send(self, command: Command) -> None:
        if isinstance(command, SetPoint):
            self._point = command
            if self._point_sent.hasExpired(POINT_MS):
                self._send_point()
            else:
                self._point_due.start()
            return
        self._send_point()
        if self._link is not None:
            self._link.send(command)

    def _send_point(self) -> None:
        point, self._point = self._point, None
        if point is not None and self._link is not None:
            self._point_due.stop()
            self._point_sent.start()
            self._link.send(point)

    # ------------------------------------------------------------ from the engine

    def _receive(self, event: Event) -> None:
        if self._link is None:
            return  # the last words of an engine that was closed
        self.event_received.emit(event)
        match event:
            case EngineStarted():
                self._status = _attached(event.status_name, (), STATUS)
                self._session.reception.take(event)
            case PictureReady():
                self._take_picture(event)
                self._session.reception.take(event)
            case PictureSlice():
                if self._picture is not None:
                    rows = self._picture.read(event.start, event.stop)
                    self._session.reception.take_slice(event, rows)
            case _:
                self._session.reception.take(event)

    def _take_picture(self, event: PictureReady) -> None:
        if self._picture is not None:
            self._picture.close()
        shape = (event.frames, event.kept)
        self._picture = _attached(event.name, shape, np.uint8)

    def _read_status(self) -> None:
        if self._status is not None:
            record = self._status.read()
            self._session.reception.take_reading(
                Reading(
                    position=int(record["position"]),
                    peak_left=float(record["peak_left"]),
                    peak_right=float(record["peak_right"]),
                    underruns=int(record["underruns"]),
                    reduction_db=float(record["reduction_db"]),
                    clipped=int(record["clipped"]),
                )
            )

    def _set_pace(self) -> None:
        playing = self._session.playback.playing
        self._look.setInterval(PLAYING_MS if playing else RESTING_MS)

    # ------------------------------------------------------------ its end

    def _bury(self) -> None:
        """The engine is gone: say how, and start another unless that is in vain."""
        link, self._link = self._link, None
        if link is None:
            return
        reason = link.fate()
        link.deleteLater()
        _log.error("the engine %s", reason)
        for memory in (self._status, self._picture):
            if memory is not None:
                memory.discard()
        self._status = self._picture = self._point = None
        self._deaths.append(time.monotonic())
        in_vain = (
            len(self._deaths) == DEATHS
            and self._deaths[-1] - self._deaths[0] < WITHIN_S
        )
        self._session.reception.lose_engine(reason, restarting=not in_vain)
        if not in_vain:
            self.start()

    def _start_again(self) -> None:
        self._deaths.clear()
        self.start()

    def _close_memory(self) -> None:
        for memory in (self._status, self._picture):
            if memory is not None:
                memory.close()
        self._status = self._picture = None


def _attached(
    name: str, shape: tuple[int, ...], dtype: type | np.dtype[np.void]
) -> SharedArray | None:
    """The engine's memory, or None where it is gone already."""
    try:
        return SharedArray(name, shape, dtype)
    except FileNotFoundError:
        return None
