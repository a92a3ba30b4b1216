"""A project that was read, and its files where they are now."""

from dataclasses import dataclass, replace
from pathlib import Path

from explorer.session.file_search import find_moved
from explorer.session.project_content import ProjectContent
from vae.resources import resource


@dataclass(frozen=True, kw_only=True)
class Found:
    """A project that was read, its files where they are now.

    Attributes
    ----------
    path : Path or None
        Of the project file; None: it was never saved.
    missing : tuple of Path
        Songs, and the model, that are not where they were.
    saved : ProjectContent or None
        What the project's file says, where that is something else.
    """

    file: ProjectContent
    path: Path | None
    missing: tuple[Path, ...] = ()
    saved: ProjectContent | None = None

    def located(self, moved: Path, to: Path) -> "Found":
        """As it is with one of the missing files found."""
        model, songs = self.file.model, self.file.songs
        if model is not None and model.path == moved:
            model = replace(model, path=to)
        songs = tuple(
            replace(one, path=to) if one.path == moved else one for one in songs
        )
        missing = tuple(one for one in self.missing if one != moved)
        return replace(
            self, file=replace(self.file, model=model, songs=songs), missing=missing
        )


def find_files(file: ProjectContent, path: Path | None) -> Found:
    """A project with each of its files where it is now, as far as it can be found."""
    found = Found(file=file, path=path)
    folders = (path.parent,) if path is not None else ()
    for song in file.songs:
        now = find_moved(
            song.path, folders, sha256=song.content_hash, beside=song.beside
        )
        found = _look(found, song.path, now)
    if file.model is not None:
        model = file.model.path
        now = find_moved(model, folders) or resource(model.name)
        found = _look(found, model, now)
    return found


def _look(found: Found, sought: Path, now: Path | None) -> Found:
    if now is None:
        return replace(found, missing=(*found.missing, sought))
    return found if now == sought else found.located(sought, now)
