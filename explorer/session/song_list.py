"""The songs a person has loaded: one is open, each keeps what was done with it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.session.song import Song
from explorer.session.song_entry import SongEntry, SongWork, unopened

if TYPE_CHECKING:
    from explorer.session.session import Session


class SongList:
    """The songs in the order in which they came, each file once.

    Attributes
    ----------
    entries : tuple of SongEntry
    wanted : Path or None
        The song that is on its way.
    """

    changed = Signal()

    def __init__(self, session: "Session") -> None:
        self.entries: tuple[SongEntry, ...] = ()
        self.wanted: Path | None = None
        self._session = session
        self._in_line: tuple[Path, ...] = ()  # one of them is opened: the first to work
        self._in_vain: tuple[Path, ...] = ()  # of those that came with it
        self._present: Path | None = None  # whose work the session holds now

    # ------------------------------------------------------------ what is

    @property
    def current(self) -> SongEntry | None:
        """The entry of the song that is open."""
        return self.find(self._present) if self._present is not None else None

    @property
    def up_to_date(self) -> tuple[SongEntry, ...]:
        """The entries, with what was done with the open song up to now.

        Work that belongs to another model stays until there is some of this one.
        """
        point = self._session.point
        return tuple(
            replace(one, work=self._work_now)
            if one.path == self._present and (point.moved or one.fits(point))
            else one
            for one in self.entries
        )

    def holds(self, path: Path) -> bool:
        """True where the session holds what was done with this song."""
        return path == self._present

    def find(self, path: Path) -> SongEntry | None:
        """The entry of a file, or None."""
        return next((one for one in self.entries if one.path == path), None)

    # ------------------------------------------------------------ verbs

    def add(self, paths: Iterable[Path], *, opened: bool = True) -> None:
        """Take files into the list, and open the first of them that can be."""
        paths = tuple(dict.fromkeys(paths))
        fresh = [one for one in paths if self.find(one) is None]
        self._set((*self.entries, *(unopened(path) for path in fresh)))
        if opened and paths:
            self._in_line, self._in_vain = paths[1:], ()
            self._session.open_song(paths[0])

    def show(self, path: Path) -> None:
        """Open a song of the list; nothing happens where it is open already."""
        self._in_line = self._in_vain = ()
        if path != self._present or self.wanted is not None:
            self._session.open_song(path)

    def step(self, by: int) -> None:
        """Open the song so many further down the list, round and round."""
        if len(self.entries) > 1:
            paths = [one.path for one in self.entries]
            at = self.wanted or self._present
            now = paths.index(at) if at in paths else 0
            self.show(paths[(now + by) % len(paths)])

    def can_remove(self, path: Path) -> bool:
        """True where the list would not be empty without it."""
        return len(self.entries) > 1 and self.find(path) is not None

    def remove(self, path: Path) -> None:
        """Take a song out of the list; where it is open, its neighbour is opened.

        The message can bring it back, with what was done to it.
        """
        if not self.can_remove(path):
            return
        paths = [one.path for one in self.entries]
        row = paths.index(path)
        entry = self.up_to_date[row]
        was_open = path in {self._present, self.wanted}
        if path == self._present:
            self._present = None
        self._set(tuple(one for one in self.entries if one.path != path))
        if was_open:
            self.show(self.entries[min(row, len(self.entries) - 1)].path)
        self._session.messages.notice(
            "list",
            f"Removed {entry.title} from the list.",
            undo=lambda: self._put_back(entry, row, opened=was_open),
        )

    def remove_current(self) -> None:
        """Take the open song out of the list."""
        if self._present is not None:
            self.remove(self._present)

    def restore(self, entries: tuple[SongEntry, ...]) -> None:
        """Replace the whole list, and forget what was done with the open song."""
        self._present, self._in_line, self._in_vain = None, (), ()
        self._session.messages.forget_undo()  # it was of another list
        self._set(entries)

    # ------------------------------------------------------------ as songs come

    def want(self, path: Path | None) -> None:
        """A song was asked for; None: the demo song, or none any more."""
        if path != self.wanted:
            self.wanted = path
            self.changed.emit()

    def put_away(self) -> None:
        """Keep what was done with the open song: another takes its place."""
        self.entries = self.up_to_date
        self._present = None

    def take(self, song: Song) -> SongWork | None:
        """A song is open now; gives what was done with it before."""
        entry = self.find(song.path) or unopened(song.path)
        opened = replace(
            entry,
            title=song.title,
            duration_s=song.duration_s,
            content_hash=song.content_hash or entry.content_hash,
            fault="",
        )
        self._in_line = ()
        if self.wanted == song.path:
            self.wanted = None
        elif self.wanted is not None and self.find(song.path) is None:
            return None  # encoded for another model, while another list is on its way
        self._present = song.path
        if self.find(song.path) is None:
            self._set((*self.entries, opened))
        else:
            self._replace(opened)
        return entry.work

    def refuse(self, path: Path, fault: str) -> None:
        """A song cannot be opened: go on to the next of those that came with it."""
        self.wanted = None if self.wanted == path else self.wanted
        entry = self.find(path)
        if entry is not None:
            self._replace(replace(entry, fault=fault))
        line, self._in_line = self._in_line, ()
        if line:
            in_vain = (*self._in_vain, path)
            self.add(line)
            self._in_vain = in_vain
        self.changed.emit()

    def passed_over(self) -> str:
        """Which songs could not be opened before this one, a sentence; told once."""
        in_vain, self._in_vain = self._in_vain, ()
        if not in_vain:
            return ""
        first = self.find(in_vain[0])
        if len(in_vain) == 1 and first is not None:
            return f"{first.fault.rstrip('.')}."
        return f"{in_vain[0].name} and {len(in_vain) - 1} more could not be opened."

    @property
    def _work_now(self) -> SongWork:
        session = self._session
        return SongWork(
            steps=session.history.steps,
            index=session.history.index,
            position=session.playback.position,
            loop=session.playback.loop,
            region=session.playback.region,
            time=session.view.time,
        )

    def _put_back(self, entry: SongEntry, row: int, *, opened: bool) -> None:
        if self.find(entry.path) is None:
            self._set((*self.entries[:row], entry, *self.entries[row:]))
        if opened:
            self.show(entry.path)

    def _replace(self, entry: SongEntry) -> None:
        self._set(
            tuple(entry if one.path == entry.path else one for one in self.entries)
        )

    def _set(self, entries: tuple[SongEntry, ...]) -> None:
        if entries != self.entries:
            self.entries = entries
            self.changed.emit()
