"""How the engine is: starting, working, gone; and the sound it makes."""

from typing import Literal

from psygnal import Signal

Phase = Literal["starting", "running", "restarting", "stopped"]

PHASE_WORDS: dict[Phase, str] = {
    "starting": "Starting the engine…",
    "running": "Ready",
    "restarting": "Starting the engine again…",
    "stopped": "The engine has stopped",
}


class EngineState:
    """The engine as the window sees it.

    Attributes
    ----------
    phase : "starting", "running", "restarting" or "stopped"
    device : str or None
        The output device's name; None where there is no sound, or not yet known.
    silence : str
        Why there is no sound, one sentence; "" where there is.
    """

    changed = Signal()
    restart_requested = Signal()

    def __init__(self) -> None:
        self.phase: Phase = "starting"
        self.device: str | None = None
        self.silence = ""

    def set_phase(self, phase: Phase) -> None:
        """Say whether the engine is there."""
        if phase != self.phase:
            self.phase = phase
            self.changed.emit()

    def restart(self) -> None:
        """Have the engine started again after it has stopped for good."""
        if self.phase == "stopped":
            self.set_phase("restarting")
            self.restart_requested.emit()

    def set_device(self, device: str | None, silence: str) -> None:
        """Say where the sound goes, or why it goes nowhere."""
        if (device, silence) != (self.device, self.silence):
            self.device, self.silence = device, silence
            self.changed.emit()
