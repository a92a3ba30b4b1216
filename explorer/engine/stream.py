"""What drives the player: an output device, or a silent clock where there is none.

Going over to another device is a gap, but no click: the sound fades out, the playhead
waits, and the sound fades in again from the same sample.
"""

import logging
import threading
import time
from dataclasses import dataclass

import numpy as np

from explorer.engine import device
from explorer.engine.device import LATENCY_MS, Device, Driver, OpenDevice, SoundError
from explorer.engine.player import Player
from explorer.engine.protocol import LONGEST_LATENCY_MS, SHORTEST_LATENCY_MS
from vae.sound.layout import CHANNELS, SAMPLE_RATE

FADING_S = 0.5  # for the sound to fade out; a dead device calls for none
CLOCK_S = 0.01  # a buffer of the silent clock
LATEST_S = 0.1  # the clock lets go what it is later than this

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Output:
    """A device that is wanted."""

    name: str | None = None  # None: the system's default
    latency_ms: float = LATENCY_MS


class Sound:
    """Keeps the player running: by the device as long as there is one.

    Attributes
    ----------
    reason : str
        Why nothing is heard, one sentence; "" where there is sound.
    output : Output
        What is wanted; it is in use where there is sound.
    """

    def __init__(self, player: Player, open_device: OpenDevice | None = None) -> None:
        self._player = player
        self._open_device = open_device or Device
        self._stuck = False  # a stream did not close, so PortAudio must not end
        self.reason = ""
        self.output = Output()
        self._driver: Driver = Clock(player)
        try:
            new = self._opened(self.output)
        except SoundError as error:
            self.reason = str(error)
            self._driver.begin()
        else:
            self._driver = new
            new.begin()

    @property
    def device(self) -> str | None:
        """The output device's name; None where nothing is heard."""
        return self._driver.name

    def check(self) -> str:
        """Go on without sound where the device was lost.

        Gives why, one sentence, when that has just happened; else "".
        """
        fault = self._driver.fault()
        if fault:
            self._let_go()
            self._lose(fault)
        return fault

    def use(self, name: str | None, latency_ms: float) -> None:
        """Go over to another device, or to another latency.

        Raises
        ------
        SoundError
            It cannot be opened, and what was before it goes on.
        """
        latency_ms = min(max(latency_ms, SHORTEST_LATENCY_MS), LONGEST_LATENCY_MS)
        output = Output(name, latency_ms)
        if output == self.output and not self.reason:
            return
        try:
            if self.reason and not self._stuck:
                device.rescan()
            new = self._opened(output)
        except SoundError:
            if self.reason or name not in (self.output.name, self.device):
                raise
            self._reuse(output)  # a device that opens only once
            return
        self._fade_out()
        old = self._driver
        old.cease()
        self._start(new, output)
        self._stuck |= not old.close()

    def refresh(self) -> str:
        """Look for devices that came or went, and take up the one wanted.

        Gives why the sound is lost, one sentence, where that has just happened.
        """
        before = self.reason
        self._fade_out()
        self._let_go()
        try:
            if not self._stuck:
                device.rescan()
            self._start(self._opened(self.output), self.output)
        except SoundError as error:
            self._lose(str(error))
        return self.reason if self.reason != before else ""

    def close(self) -> None:
        """Stop."""
        self._driver.close()

    def _opened(self, output: Output) -> Driver:
        return self._open_device(self._player, output.name, output.latency_ms)

    def _reuse(self, output: Output) -> None:
        """Let the device go before it is opened as wanted, or as it was."""
        self._fade_out()
        self._let_go()
        try:
            self._start(self._opened(output), output)
        except SoundError:
            try:
                self._start(self._opened(self.output), self.output)
            except SoundError as error:
                self._lose(str(error))
            raise

    def _start(self, new: Driver, output: Output) -> None:
        self.output, self.reason = output, ""
        self._driver = new
        self._player.hold_back(False)
        new.begin()

    def _let_go(self) -> None:
        self._driver.cease()
        self._stuck |= not self._driver.close()

    def _lose(self, reason: str) -> None:
        self.reason = reason
        self._driver = Clock(self._player)
        self._player.hold_back(False)
        self._driver.begin()

    def _fade_out(self) -> None:
        self._player.hold_back(True)
        deadline = time.monotonic() + FADING_S
        while not self._player.silent and time.monotonic() < deadline:
            time.sleep(0.001)


class Clock:
    """Wants a buffer every 10 ms, and lets no one hear it."""

    name = None

    def __init__(self, player: Player) -> None:
        self._player = player
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def begin(self) -> None:
        """Start."""
        self._thread.start()

    def cease(self) -> None:
        """Stop."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def fault(self) -> str:
        """A clock does not stop."""
        return ""

    def close(self) -> bool:
        """Stop."""
        self.cease()
        return True

    def _run(self) -> None:
        buffer = np.zeros((round(CLOCK_S * SAMPLE_RATE), CHANNELS), np.float32)
        due = time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            try:
                self._player.fill(buffer)
            except Exception:  # noqa: BLE001 - a thread's edge
                _log.exception("the playhead stopped by a fault of the program")
                return
            due = max(due + CLOCK_S, time.monotonic() - LATEST_S)
