"""The files last opened, to be opened again."""

from pathlib import Path

from psygnal import Signal

MOST = 10  # of each kind


class Recents:
    """Songs and projects, the newest first, each once.

    Attributes
    ----------
    songs, projects : tuple of Path
    """

    changed = Signal()

    def __init__(self) -> None:
        self.songs: tuple[Path, ...] = ()
        self.projects: tuple[Path, ...] = ()

    @property
    def any(self) -> bool:
        """True where there is something to be opened again."""
        return bool(self.songs or self.projects)

    def add_song(self, path: Path) -> None:
        """A song was opened."""
        self.restore(songs=(path, *self.songs), projects=self.projects)

    def add_project(self, path: Path) -> None:
        """A project was opened, or saved."""
        self.restore(songs=self.songs, projects=(path, *self.projects))

    def forget(self, path: Path) -> None:
        """A file is gone."""
        self.restore(
            songs=tuple(one for one in self.songs if one != path),
            projects=tuple(one for one in self.projects if one != path),
        )

    def clear(self) -> None:
        """Forget all of them."""
        self.restore(songs=(), projects=())

    def restore(self, *, songs: tuple[Path, ...], projects: tuple[Path, ...]) -> None:
        """Take over what was remembered."""
        kept = _newest(songs), _newest(projects)
        if kept != (self.songs, self.projects):
            self.songs, self.projects = kept
            self.changed.emit()


def _newest(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(paths))[:MOST]
