"""The songs to train on: which folders, what was found there, and what was refused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psygnal import Signal

from explorer.session.training.requests import LookAtSongs, Request, StopLooking

Phase = Literal["empty", "looking", "found", "failed", "stopped"]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file that is not trained on."""

    path: Path
    reason: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What lies in the folders.

    Attributes
    ----------
    songs : int
        That can be trained on; two copies of one are one.
    seconds : float
        How long they are together.
    refused : tuple of Refused
    """

    songs: int
    seconds: float
    refused: tuple[Refused, ...]


class SongChoice:
    """Folders and files, looked at in a process of its own as soon as they are chosen.

    Attributes
    ----------
    folders : tuple of Path
        Folders, or files that stand for themselves.
    phase : "empty", "looking", "found", "failed" or "stopped"
    found : Found or None
        What the last look gave, once it is over.
    fault : str
        Why it failed, in a sentence.
    fraction : float
        How far a look has come, 0 to 1.
    """

    changed = Signal()
    folders_changed = Signal()

    def __init__(self, request: Callable[[Request], None]) -> None:
        self.folders: tuple[Path, ...] = ()
        self.phase: Phase = "empty"
        self.found: Found | None = None
        self.fault = ""
        self.fraction = 0.0
        self._request = request

    @property
    def usable(self) -> bool:
        """True where there is something to train on."""
        return self.phase == "found" and self.found is not None and self.found.songs > 0

    # ------------------------------------------------------------ verbs

    def add(self, paths: Iterable[Path]) -> None:
        """Choose more folders or files, and look at them all."""
        self._choose((*self.folders, *paths))

    def remove(self, paths: Iterable[Path]) -> None:
        """Leave some folders out."""
        out = set(paths)
        self._choose(one for one in self.folders if one not in out)

    def restore(self, paths: Iterable[Path]) -> None:
        """Take over remembered folders; they are looked at when asked for."""
        self.folders = tuple(dict.fromkeys(paths))
        self.phase = "stopped" if self.folders else "empty"
        self.folders_changed.emit()
        self.changed.emit()

    def look(self) -> None:
        """Look again."""
        self.found, self.fault, self.fraction = None, "", 0.0
        self.phase = "looking" if self.folders else "empty"
        wanted = LookAtSongs(folders=self.folders) if self.folders else StopLooking()
        self.changed.emit()
        self._request(wanted)

    def stop_looking(self) -> None:
        """Give up a look under way."""
        if self.phase == "looking":
            self.phase = "stopped"
            self._request(StopLooking())
            self.changed.emit()

    # ------------------------------------------------------------ the process's side

    def advance(self, fraction: float) -> None:
        """A look has come so far."""
        if self.phase == "looking":
            self.fraction = min(max(fraction, 0.0), 1.0)
            self.changed.emit()

    def take(self, found: Found) -> None:
        """A look is over."""
        if self.phase == "looking":
            self.found, self.phase, self.fraction = found, "found", 1.0
            self.changed.emit()

    def fail(self, fault: str) -> None:
        """A look has failed."""
        if self.phase == "looking":
            self.fault, self.phase = fault, "failed"
            self.changed.emit()

    def _choose(self, paths: Iterable[Path]) -> None:
        folders = tuple(dict.fromkeys(paths))
        if folders != self.folders:
            self.folders = folders
            self.folders_changed.emit()
            self.look()
