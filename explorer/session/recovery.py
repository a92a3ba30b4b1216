"""Work of an earlier time that was not saved, offered back."""

from dataclasses import dataclass
from datetime import datetime

from psygnal import Signal

from explorer.session.dates import day_text
from explorer.session.project_content import ProjectContent
from explorer.session.project_search import Found


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What was found of a program that came to a sudden end.

    Attributes
    ----------
    found : Found
        The work itself.
    when : datetime
        Of its last backup, local time.
    key : str
        By which whoever keeps it knows it.
    """

    found: Found
    when: datetime
    key: str

    @property
    def words(self) -> str:
        """What it is, and when it was, in a sentence or two."""
        when = f"{day_text(self.when)} at {self.when:%H:%M:%S}"
        return (
            f"The program came to a sudden end. Your work of {when} was not saved, but "
            f"can be restored: {_what(self.found)}."
        )


class Recovery:
    """The offers that stand, the newest first; each is answered once.

    Attributes
    ----------
    offers : tuple of Offer
    """

    changed = Signal()
    restored = Signal(object)  # Offer: its backup is this program's own from now on
    discarded = Signal(object)  # Offer: its backup can go

    def __init__(self) -> None:
        self.offers: tuple[Offer, ...] = ()

    @property
    def offer(self) -> Offer | None:
        """The one to answer, or None."""
        return self.offers[0] if self.offers else None

    def offer_back(self, offers: tuple[Offer, ...]) -> None:
        """Offer what was found at the start."""
        self._set(tuple(sorted(offers, key=lambda one: one.when, reverse=True)))

    def restore(self, offer: Offer) -> None:
        """The person goes on with it."""
        self._set(tuple(one for one in self.offers if one is not offer))
        self.restored.emit(offer)

    def discard(self, offer: Offer) -> None:
        """The person does not want it."""
        self._set(tuple(one for one in self.offers if one is not offer))
        self.discarded.emit(offer)

    def _set(self, offers: tuple[Offer, ...]) -> None:
        if offers != self.offers:
            self.offers = offers
            self.changed.emit()


def _what(found: Found) -> str:
    file = found.file
    name = f"the project “{found.path.stem}”" if found.path is not None else ""
    songs = f"{_edited(file)}"
    return f"{name}, {songs}" if name else songs


def _edited(file: ProjectContent) -> str:
    edited = [one for one in file.songs if one.point and not one.point.untouched]
    if not edited:
        return "slots and bookmarks"
    first = f"the edit of “{edited[0].title}”"
    others = len(edited) - 1
    if not others:
        return first
    return f"{first} and {others} other{'s' if others > 1 else ''}"
