"""Which device is played on: asked for, lost, and found again.

Opening a device takes long, so all of it happens on a thread of its own.
"""

import logging
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue

from explorer.engine.device import SoundError, device_names
from explorer.engine.failure import failure
from explorer.engine.protocol import (
    UNASKED,
    DevicesListed,
    Event,
    Failed,
    RefreshDevices,
    SetDevice,
    SoundLost,
)
from explorer.engine.stream import Sound

LOOK_S = 0.05  # between looks whether the device is still there
RETRY_S = 3.0  # between looks whether a lost device is back

_log = logging.getLogger(__name__)


class Patchbay:
    """Puts the player through to devices, and says to which."""

    def __init__(self, sound: Sound, send: Callable[[Event], None]) -> None:
        self._sound = sound
        self._send = send
        self._asked: SimpleQueue[SetDevice | RefreshDevices | None] = SimpleQueue()
        self._retry_s: float | None = None  # when to look for a lost device
        self._thread = threading.Thread(target=self._run, name="patchbay", daemon=True)

    def start(self) -> None:
        """Begin to look after the device."""
        self._thread.start()

    def ask(self, command: SetDevice | RefreshDevices) -> None:
        """Take a command; it is answered by `DevicesListed`."""
        self._asked.put(command)

    def close(self, timeout_s: float) -> None:
        """Stop looking after the device, if it does so in time."""
        self._asked.put(None)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        self._list()
        while True:
            try:
                command = self._asked.get(timeout=LOOK_S)
            except Empty:
                self._guarded(self._look)
                continue
            if command is None:
                return
            self._guarded(self._obey, command)
            self._list()

    def _guarded(self, work: Callable[..., None], *args: object) -> None:
        try:
            work(*args)
        except SoundError as error:
            self._send(Failed(request=UNASKED, message=str(error)))
        except Exception as error:  # noqa: BLE001 - a thread's edge
            self._send(failure(UNASKED, error, "a device command"))

    def _obey(self, command: SetDevice | RefreshDevices) -> None:
        if isinstance(command, SetDevice):
            self._use(command)
        else:
            self._refresh()

    def _use(self, wanted: SetDevice) -> None:
        heard = self._sound.device is not None
        try:
            self._sound.use(wanted.name, wanted.latency_ms)
        finally:
            if heard and self._sound.device is None:
                self._tell_lost(self._sound.reason)
        self._retry_s = None

    def _refresh(self) -> None:
        lost = self._sound.refresh()
        self._retry_s = None
        if lost:
            self._tell_lost(lost)

    def _look(self) -> None:
        lost = self._sound.check()
        if lost:
            self._tell_lost(lost)
            self._list()
        elif self._retry_s is not None and time.monotonic() > self._retry_s:
            self._sound.refresh()
            found = self._sound.device is not None
            self._retry_s = None if found else time.monotonic() + RETRY_S
            if found:
                self._list()

    def _tell_lost(self, reason: str) -> None:
        _log.warning("%s", reason)
        self._retry_s = time.monotonic() + RETRY_S
        self._send(SoundLost(reason=reason))

    def _list(self) -> None:
        self._send(
            DevicesListed(
                devices=device_names(),
                device=self._sound.device,
                latency_ms=self._sound.output.latency_ms,
            )
        )
