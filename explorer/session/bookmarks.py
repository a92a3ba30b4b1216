"""Points a person has named, to come back to while the program is open."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.session.point import LatentPoint

if TYPE_CHECKING:
    from explorer.session.session import Session

LONGEST_NAME = 60  # letters


@dataclass(frozen=True)
class Bookmark:
    """A named point."""

    name: str
    point: LatentPoint


class Bookmarks:
    """Named points, oldest first; they outlive the history they come from."""

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self._session = session
        self._all: tuple[Bookmark, ...] = ()

    @property
    def all(self) -> tuple[Bookmark, ...]:
        """Those that fit the model that is open."""
        size = self._session.point.latent_size
        return tuple(one for one in self._all if one.point.latent_size == size)

    @property
    def everything(self) -> tuple[Bookmark, ...]:
        """All of them, also those of other models."""
        return self._all

    def restore(self, bookmarks: tuple[Bookmark, ...]) -> None:
        """Take over bookmarks that were saved."""
        self._set(bookmarks)

    def marks(self, point: LatentPoint) -> bool:
        """True where a bookmark is on this point."""
        return any(one.point == point for one in self._all)

    def add(self, name: str = "") -> Bookmark:
        """Mark the present point; without a name by what made it."""
        history = self._session.history
        name = _tidy(name) or history.steps[history.index].label
        bookmark = Bookmark(name, self._session.point)
        others = (one for one in self._all if one.point != bookmark.point)
        self._set((*others, bookmark))
        return bookmark

    def rename(self, bookmark: Bookmark, name: str) -> None:
        """Call a bookmark otherwise."""
        renamed = Bookmark(_tidy(name) or bookmark.name, bookmark.point)
        self._set(tuple(renamed if one == bookmark else one for one in self._all))

    def remove(self, bookmark: Bookmark) -> None:
        """Take a bookmark away; the message can bring it back."""
        if bookmark not in self._all:
            return
        place = self._all.index(bookmark)
        self._set(tuple(one for one in self._all if one != bookmark))
        self._session.messages.notice(
            "point",
            f"Removed the bookmark {bookmark.name}.",
            undo=lambda: self._put_back(bookmark, place),
        )

    def go(self, bookmark: Bookmark) -> None:
        """Go to the point of a bookmark, as a step of the history."""
        if bookmark.point.latent_size == self._session.point.latent_size:
            self._session.go(f"Bookmark {bookmark.name}", bookmark.point)

    def _put_back(self, bookmark: Bookmark, place: int) -> None:
        if not self.marks(bookmark.point):
            self._set((*self._all[:place], bookmark, *self._all[place:]))

    def _set(self, bookmarks: tuple[Bookmark, ...]) -> None:
        if bookmarks != self._all:
            self._all = bookmarks
            self.changed.emit()


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME].strip()
