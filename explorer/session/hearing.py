"""What is heard: the edit, the recording, or the model's own idea of it."""

from collections.abc import Callable

from psygnal import Signal

from explorer.engine.protocol import Command, Listening, SetListening

WORDS: dict[Listening, str] = {
    "edit": "the edit",
    "original": "the original",
    "reconstruction": "the model's own idea of the song",
}


class Hearing:
    """Switches between what is compared by ear, at the same place and as loud.

    Attributes
    ----------
    heard : "edit", "original" or "reconstruction"
    blind : bool
        True while a person shall not see what is heard.
    """

    changed = Signal()

    def __init__(self, send: Callable[[Command], None]) -> None:
        self.heard: Listening = "edit"
        self.blind = False
        self._send = send

    def choose(self, listening: Listening) -> None:
        """Hear something else."""
        if listening != self.heard:
            self.heard = listening
            self._send(SetListening(listening=listening))
            self.changed.emit()

    def toggle(self, listening: Listening) -> None:
        """Hear this, or the edit where this is heard already."""
        self.choose("edit" if self.heard == listening else listening)

    def shows(self, listening: Listening) -> bool:
        """True where a person may see that this is heard."""
        return self.heard == listening and not self.blind

    def set_blind(self, blind: bool) -> None:
        """Hide what is heard, or show it again."""
        if blind != self.blind:
            self.blind = blind
            self.changed.emit()

    def tell(self) -> None:
        """Tell a fresh engine, which lets the edit be heard."""
        if self.heard != "edit":
            self._send(SetListening(listening=self.heard))
