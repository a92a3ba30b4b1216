"""The sound on its way out: mute, limiter, device, and how near it comes to the edge.

What is set here holds for listening alone, never for what is exported.
"""

from collections.abc import Callable

from psygnal import Signal

from explorer.engine.protocol import (
    LONGEST_LATENCY_MS,
    SHORTEST_LATENCY_MS,
    Command,
    DevicesListed,
    RefreshDevices,
    SetDevice,
    SetLimiter,
    SetMute,
)
from explorer.session.playback import Reading

USUAL_LATENCY_MS = 50.0


class Output:
    """What becomes of the sound after it was made.

    Attributes
    ----------
    muted, limiter : bool
    wanted_device : str or None
        The device that was asked for; None: the system's default.
    wanted_latency_ms : float
        The buffer that was asked for.
    devices : tuple of str
        Those that could be chosen.
    reduction_db : float
        What the limiter takes away now, 0 or less.
    clipped : int
        Buffers over full scale since the engine started, before the limiter.
    clipping : bool
        True where there were some since the person last took notice.
    """

    changed = Signal()  # muted, limiter, or anything of the devices
    levels_changed = Signal()  # reduction_db or clipped
    clipping_changed = Signal()

    def __init__(self, send: Callable[[Command], None]) -> None:
        self.muted = False
        self.limiter = True
        self.wanted_device: str | None = None
        self.wanted_latency_ms = USUAL_LATENCY_MS
        self.devices: tuple[str, ...] = ()
        self.reduction_db = 0.0
        self.clipped = 0
        self._noticed = 0
        self._send = send

    @property
    def clipping(self) -> bool:
        """True where buffers were over full scale since the person took notice."""
        return self.clipped > self._noticed

    # ------------------------------------------------------------ verbs

    def set_muted(self, muted: bool) -> None:
        """Let nothing be heard, or let it be heard again; the song plays on."""
        if muted != self.muted:
            self.muted = muted
            self._send(SetMute(muted=muted))
            self.changed.emit()

    def set_limiter(self, limiter: bool) -> None:
        """Hold peaks below full scale, or let them be clipped."""
        if limiter != self.limiter:
            self.limiter = limiter
            self._send(SetLimiter(enabled=limiter))
            self.changed.emit()

    def clear_clipping(self) -> None:
        """Take notice of what was over full scale."""
        if self.clipping:
            self._noticed = self.clipped
            self.levels_changed.emit()
            self.clipping_changed.emit()

    def choose_device(self, name: str | None, latency_ms: float) -> None:
        """Play on another device, or with another buffer; None: the default device."""
        self.want_device(name, latency_ms)
        self._send_device()

    def want_device(self, name: str | None, latency_ms: float) -> None:
        """Say which device is to be asked for once an engine is there."""
        latency_ms = min(max(latency_ms, SHORTEST_LATENCY_MS), LONGEST_LATENCY_MS)
        if (name, latency_ms) != (self.wanted_device, self.wanted_latency_ms):
            self.wanted_device, self.wanted_latency_ms = name, latency_ms
            self.changed.emit()

    def refresh_devices(self) -> None:
        """Have the engine look for devices that have come or gone."""
        self._send(RefreshDevices())

    # ------------------------------------------------------------ the engine's side

    def tell(self) -> None:
        """Tell a fresh engine what differs from how every engine starts."""
        self.clear_clipping()
        self.clipped = self._noticed = 0
        self._send(SetMute(muted=self.muted))
        self._send(SetLimiter(enabled=self.limiter))
        wanted = (self.wanted_device, self.wanted_latency_ms)
        if wanted != (None, USUAL_LATENCY_MS):
            self._send_device()
        self.levels_changed.emit()

    def take_devices(self, event: DevicesListed) -> None:
        """Take over which devices there are."""
        if event.devices != self.devices:
            self.devices = event.devices
            self.changed.emit()

    def observe(self, reading: Reading) -> None:
        """Take over what the engine says of the levels."""
        seen = (reading.reduction_db, reading.clipped)
        if seen != (self.reduction_db, self.clipped):
            before = self.clipping
            self.reduction_db, self.clipped = seen
            self.levels_changed.emit()
            if self.clipping != before:
                self.clipping_changed.emit()

    def _send_device(self) -> None:
        self._send(
            SetDevice(name=self.wanted_device, latency_ms=self.wanted_latency_ms)
        )
