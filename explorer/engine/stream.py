"""What drives the player: the output device, or a silent clock where there is none."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.engine.player import Player
from explorer.engine.priority import raise_priority
from explorer.engine.tape import CHANNELS

SAMPLE_RATE = 44_100  # Hz
LATENCY_S = 0.03  # asked of the device
STALLED_S = 5.0  # without a buffer wanted: the device is lost
CLOSING_S = 1.0  # for a device to close; a dead one may never
CLOCK_S = 0.01  # a buffer of the silent clock
LATEST_S = 0.1  # the clock lets go what it is later than this

Floats = NDArray[np.float32]

_log = logging.getLogger(__name__)


class SoundError(Exception):
    """There is no sound; the message says why, in one sentence for a person."""


class Driver(Protocol):
    """Calls `Player.fill` again and again."""

    @property
    def name(self) -> str | None:
        """Of the device; None where nothing is heard."""

    def fault(self) -> str:
        """Why it has stopped, one sentence; "" while it goes on."""

    def close(self) -> None:
        """Stop calling."""


class Sound:
    """Keeps the player running: by the device as long as there is one.

    Attributes
    ----------
    reason : str
        Why nothing is heard, one sentence; "" where there is sound.
    """

    def __init__(
        self, player: Player, open_device: Callable[[Player], Driver] | None = None
    ) -> None:
        self._player = player
        self.reason = ""
        try:
            self._driver = (open_device or Device)(player)
        except SoundError as error:
            self.reason = str(error)
            self._driver = Clock(player)

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
            self._driver.close()
            self._driver = Clock(self._player)
            self.reason = fault
        return fault

    def close(self) -> None:
        """Stop."""
        self._driver.close()


class Device:
    """The default output device, by PortAudio.

    Raises
    ------
    SoundError
        There is no PortAudio, no device, or it cannot be opened.
    """

    def __init__(self, player: Player) -> None:
        self._player = player
        self._stopped = False
        self._raised = False
        self._fault = ""
        self._blocks = -1  # of the player, when last looked at
        self._seen_s = time.monotonic()
        self.name, self._stream = self._opened()

    def fault(self) -> str:
        """Why it has stopped, one sentence; "" while it goes on."""
        now = time.monotonic()
        if self._player.blocks != self._blocks:
            self._blocks, self._seen_s = self._player.blocks, now
        if self._fault:
            return self._fault
        if not self._stream.active or now - self._seen_s > STALLED_S:
            return f"The sound device “{self.name}” went away."
        return ""

    def close(self) -> None:
        """Play what it was handed, then let the device go."""
        closer = threading.Thread(target=self._close, daemon=True)
        closer.start()
        closer.join(CLOSING_S)
        self._stopped = True

    def _opened(self) -> tuple[str, Any]:
        try:
            import sounddevice
        except (ImportError, OSError) as error:
            raise SoundError(
                "The PortAudio library is missing, so nothing can be heard."
            ) from error
        try:
            name = str(sounddevice.query_devices(kind="output")["name"])
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundError("There is no sound output device.") from error
        try:
            stream = sounddevice.OutputStream(
                samplerate=SAMPLE_RATE,
                channels=CHANNELS,
                dtype="float32",
                latency=LATENCY_S,
                callback=self._callback,
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundError(
                f"The sound device “{name}” cannot be opened: {_cause(error)}."
            ) from error
        return name, stream

    def _callback(self, out: Floats, _frames: int, times: Any, status: Any) -> None:
        if self._stopped:
            out.fill(0.0)
            return
        if not self._raised:
            self._raised = True
            raise_priority()
        latency_s = times.outputBufferDacTime - times.currentTime
        if not 0.0 < latency_s < 2.0:  # some backends do not know
            latency_s = LATENCY_S
        try:
            self._player.fill(
                out,
                latency=int(latency_s * SAMPLE_RATE),
                late=bool(status.output_underflow),
            )
        except Exception as error:  # noqa: BLE001 - a thread's edge
            out.fill(0.0)
            self._stopped = True
            self._fault = f"The sound stopped by a fault of the program: {error!r}."

    def _close(self) -> None:
        self._stream.stop(ignore_errors=True)
        self._stream.close(ignore_errors=True)


class Clock:
    """Wants a buffer every 10 ms, and lets no one hear it."""

    name = None

    def __init__(self, player: Player) -> None:
        self._player = player
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        self._thread.start()

    def fault(self) -> str:
        """A clock does not stop."""
        return ""

    def close(self) -> None:
        """Stop."""
        self._stop.set()
        self._thread.join()

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


def _cause(error: Exception) -> str:
    """The host's own words on an error, without PortAudio's numbers."""
    text = str(error.args[0]) if error.args else str(error)
    return text.split(": ", 1)[-1].split(" [")[0].rstrip(".")
