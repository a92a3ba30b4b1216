"""What the program has to say to the person, in words, until it is read or outdated."""

from dataclasses import dataclass
from typing import Literal

from psygnal import Signal

Severity = Literal["error", "warning", "notice"]
Topic = Literal[
    "engine",
    "model",
    "song",
    "sound",
    "export",
    "preset",
    "project",
    "training",
    "program",
]


@dataclass(frozen=True)
class Message:
    """One sentence or two.

    Attributes
    ----------
    severity : "error", "warning" or "notice"
        A notice goes away by itself.
    topic : str
        What it is about; a later message on the same topic takes its place.
    """

    severity: Severity
    topic: Topic
    text: str


class Messages:
    """The messages that still stand; the newest is the one to show."""

    changed = Signal()

    def __init__(self) -> None:
        self.standing: tuple[Message, ...] = ()

    @property
    def newest(self) -> Message | None:
        """The message to show, or None."""
        return self.standing[-1] if self.standing else None

    def error(self, topic: Topic, text: str) -> None:
        """Something that was asked for did not happen."""
        self._add(Message("error", topic, text))

    def warning(self, topic: Topic, text: str) -> None:
        """Something works less well than it could."""
        self._add(Message("warning", topic, text))

    def notice(self, topic: Topic, text: str) -> None:
        """Something that was asked for has happened."""
        self._add(Message("notice", topic, text))

    def clear(self, topic: Topic) -> None:
        """Take back what was said on a topic: it no longer holds."""
        self._set(tuple(one for one in self.standing if one.topic != topic))

    def dismiss(self, message: Message) -> None:
        """The person has read it."""
        self._set(tuple(one for one in self.standing if one is not message))

    def _add(self, message: Message) -> None:
        others = tuple(one for one in self.standing if one.topic != message.topic)
        self._set((*others, message))

    def _set(self, standing: tuple[Message, ...]) -> None:
        if standing != self.standing:
            self.standing = standing
            self.changed.emit()
