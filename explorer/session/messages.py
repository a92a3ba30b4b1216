"""What the program has to say to the person, in words, until it is read or outdated."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from psygnal import Signal

Severity = Literal["error", "warning", "notice"]
Topic = Literal[
    "engine",
    "model",
    "names",
    "song",
    "list",
    "point",
    "sound",
    "export",
    "preset",
    "project",
    "training",
    "program",
]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something that a message offers to do.

    Attributes
    ----------
    text : str
        Of the button.
    tip : str
        What it does, in a sentence.
    do : callable
        Does it.
    """

    text: str
    tip: str
    do: Callable[[], object]


@dataclass(frozen=True)
class Message:
    """One sentence or two.

    Attributes
    ----------
    severity : "error", "warning" or "notice"
        A notice goes away by itself.
    topic : str
        What it is about; a later message on the same topic takes its place.
    undo : callable, or None
        Takes back what it tells of, where the history does not.
    offer : Offer, or None
        What can be done about it.
    """

    severity: Severity
    topic: Topic
    text: str
    undo: Callable[[], object] | None = None
    offer: Offer | None = None


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

    def notice(
        self, topic: Topic, text: str, *, undo: Callable[[], object] | None = None
    ) -> None:
        """Something that was asked for has happened; `undo` takes it back."""
        self._add(Message("notice", topic, text, undo))

    def suggestion(self, topic: Topic, text: str, offer: Offer) -> None:
        """Something could be better, and this would make it so."""
        self._add(Message("notice", topic, text, offer=offer))

    def accept(self, message: Message) -> None:
        """Do what a message offers."""
        if message.offer is not None:
            self.dismiss(message)
            message.offer.do()

    @property
    def undoable(self) -> Message | None:
        """The newest message that can be taken back, or None."""
        found = (one for one in reversed(self.standing) if one.undo is not None)
        return next(found, None)

    def take_back(self) -> None:
        """Undo what the newest message that can be taken back tells of."""
        message = self.undoable
        if message is not None and message.undo is not None:
            self.dismiss(message)
            message.undo()

    def forget_undo(self) -> None:
        """What could be taken back no longer can: the work is another one."""
        self._set(tuple(one for one in self.standing if one.undo is None))

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
