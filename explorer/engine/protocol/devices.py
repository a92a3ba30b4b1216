"""Output devices, which come and go."""

from dataclasses import dataclass

SHORTEST_LATENCY_MS = 10.0  # that may be asked of a device
LONGEST_LATENCY_MS = 200.0


@dataclass(frozen=True, kw_only=True)
class SetDevice:
    """Play on another device.

    Answers: DevicesListed; before it Failed, of no request, where the device cannot be
    opened: then the one before goes on.
    """

    name: str | None  # None: the system's default
    latency_ms: float  # asked of the device, 10 to 200


@dataclass(frozen=True, kw_only=True)
class RefreshDevices:
    """Look for devices that have come or gone; the sound pauses for a moment.

    Answers: DevicesListed.
    """


@dataclass(frozen=True, kw_only=True)
class DevicesListed:
    """The output devices, and the one in use.

    Sent after the start, after SetDevice and RefreshDevices, and when a device is lost
    or found again.
    """

    devices: tuple[str, ...]  # names, each once
    device: str | None  # that plays; None: nothing is heard
    latency_ms: float  # asked of it


@dataclass(frozen=True, kw_only=True)
class SoundLost:
    """The audio device went away or refused; the playhead goes on without sound."""

    reason: str
