"""An output device, by PortAudio, and which there are.

PortAudio looks for devices only when it is initialised, so that to find new ones it is
ended and begun anew: `rescan`. That may happen only while no stream is open; it is the
caller's to see to that, and to let the sound fade before.
"""

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from explorer.engine.periods import shorten_periods
from explorer.engine.player import Player
from explorer.engine.priority import raise_priority
from vae.sound.layout import CHANNELS, SAMPLE_RATE

LATENCY_MS = 30.0  # asked of a device unless told
STALLED_S = 5.0  # without a buffer wanted: the device is lost
CLOSING_S = 1.0  # for a device to close; a dead one may never
MARGIN_S = 0.02  # more than the sound that waits is said to last
BUFFER_S = 0.5  # for a buffer under way to be filled

Floats = NDArray[np.float32]


class SoundError(Exception):
    """There is no sound; the message says why, in one sentence for a person."""


class Driver(Protocol):
    """Calls `Player.fill` again and again, once it has begun."""

    @property
    def name(self) -> str | None:
        """Of the device; None where nothing is heard."""

    def begin(self) -> None:
        """Let the player be heard, for silence before."""

    def cease(self) -> None:
        """Let silence be heard; afterwards the player is not called any more."""

    def fault(self) -> str:
        """Why it has stopped, one sentence; "" while it goes on."""

    def close(self) -> bool:
        """Stop; False where the device does not answer."""


OpenDevice = Callable[[Player, str | None, float], Driver]


class Device:
    """An output device that is open; it is silent until it begins.

    Parameters
    ----------
    player : Player
    name : str, optional
        As listed; the system's default where there is none.
    latency_ms : float
        Asked of the device.

    Raises
    ------
    SoundError
        There is no PortAudio, no device, or it cannot be opened.
    """

    def __init__(
        self,
        player: Player,
        name: str | None = None,
        latency_ms: float = LATENCY_MS,
    ) -> None:
        self._player = player
        self._latency_s = latency_ms / 1e3
        self._delay_s = 0.0  # from a buffer to its sound
        self._begun = False
        self._filling = False
        self._raised = False
        self._fault = ""
        self._blocks = -1  # of the player, when last looked at
        self._seen_s = time.monotonic()
        self.name, self._stream = self._opened(name)

    def begin(self) -> None:
        """Let the player be heard."""
        self._seen_s = time.monotonic()
        self._begun = True

    def cease(self) -> None:
        """Let silence be heard; afterwards the player is not called any more."""
        self._begun = False
        deadline = time.monotonic() + BUFFER_S
        while self._filling and time.monotonic() < deadline:
            time.sleep(0.001)

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

    def close(self) -> bool:
        """Play what it was handed, then let the device go; False if it never does."""
        if not self.fault():
            time.sleep(self._delay_s + MARGIN_S)  # a stream that stops plays no rest
        closer = threading.Thread(target=self._close, daemon=True)
        closer.start()
        closer.join(CLOSING_S)
        self._begun = False
        return not closer.is_alive()

    def _opened(self, wanted: str | None) -> tuple[str, Any]:
        sounddevice = _portaudio()
        index, name = _found(wanted)
        shorten_periods(self._latency_s * 1e3)
        try:
            stream = sounddevice.OutputStream(
                samplerate=SAMPLE_RATE,
                channels=CHANNELS,
                dtype="float32",
                device=index,
                latency=self._latency_s,
                callback=self._callback,
            )
            stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise SoundError(
                f"The sound device “{name}” cannot be opened: {_cause(error)}."
            ) from error
        return name, stream

    def _callback(self, out: Floats, _frames: int, times: Any, status: Any) -> None:
        self._filling = True  # before the look at `begun`, for `cease` to wait for it
        if not self._begun:
            self._filling = False
            out.fill(0.0)
            return
        if not self._raised:
            self._raised = True
            raise_priority()
        latency_s = times.outputBufferDacTime - times.currentTime
        if not 0.0 < latency_s < 2.0:  # some backends do not know
            latency_s = self._latency_s
        self._delay_s = latency_s + len(out) / SAMPLE_RATE
        try:
            self._player.fill(
                out,
                latency=int(latency_s * SAMPLE_RATE),
                late=bool(status.output_underflow),
            )
        except Exception as error:  # noqa: BLE001 - a thread's edge
            out.fill(0.0)
            self._begun = False
            self._fault = f"The sound stopped by a fault of the program: {error!r}."
        self._filling = False

    def _close(self) -> None:
        self._stream.stop(ignore_errors=True)
        self._stream.close(ignore_errors=True)


def device_names() -> tuple[str, ...]:
    """The output devices, each name once; none where there is no PortAudio."""
    try:
        return tuple(dict.fromkeys(name for _, name in _outputs()))
    except SoundError:
        return ()


def rescan() -> None:
    """Have PortAudio look for devices anew; no stream may be open.

    Raises
    ------
    SoundError
        PortAudio is missing, or finds no way to any device.
    """
    try:
        sounddevice = _portaudio()
        sounddevice._terminate()
        sounddevice._initialize()
    except Exception as error:
        raise SoundError(
            f"The sound devices cannot be listed: {_cause(error)}."
        ) from error


def _portaudio() -> Any:
    try:
        import sounddevice
    except (ImportError, OSError) as error:
        raise SoundError(
            "The PortAudio library is missing, so nothing can be heard."
        ) from error
    return sounddevice


def _outputs() -> list[tuple[int, str]]:
    """Index and name of each output, those of the default host interface first."""
    sounddevice = _portaudio()
    try:
        devices = sounddevice.query_devices()
        interface = sounddevice.query_devices(kind="output")["hostapi"]
    except (sounddevice.PortAudioError, ValueError):
        return []
    outputs = [
        (index, device)
        for index, device in enumerate(devices)
        if device["max_output_channels"] >= CHANNELS
    ]
    outputs.sort(key=lambda one: one[1]["hostapi"] != interface)
    return [(index, str(device["name"])) for index, device in outputs]


def _found(wanted: str | None) -> tuple[int | None, str]:
    """Index and name of a device; the system's default has no index."""
    if wanted is not None:
        for index, name in _outputs():
            if name == wanted:
                return index, name
        raise SoundError(f"There is no sound device “{wanted}” now.")
    sounddevice = _portaudio()
    try:
        return None, str(sounddevice.query_devices(kind="output")["name"])
    except (sounddevice.PortAudioError, ValueError) as error:
        raise SoundError("There is no sound output device.") from error


def _cause(error: Exception) -> str:
    """The host's own words on an error, without PortAudio's numbers."""
    text = str(error.args[0]) if error.args else str(error)
    return text.split(": ", 1)[-1].split(" [")[0].rstrip(".")
