"""The project: what a person has done with all songs, to be saved and opened again."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.session.file_search import find_moved
from explorer.session.history import Step
from explorer.session.model import Model
from explorer.session.project_file import (
    ProjectError,
    ProjectFile,
    ProjectModel,
    ProjectSong,
    read_project,
    write_project,
)
from explorer.session.song_list import SongEntry, SongWork
from vae.resources import resource

if TYPE_CHECKING:
    from explorer.session.session import Session

UNNAMED = "Unnamed"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A project that was read, its files where they are now.

    Attributes
    ----------
    path : Path or None
        Of the project file; None: it was never saved.
    missing : tuple of Path
        Songs, and the model, that are not where they were.
    saved : ProjectFile or None
        What the project's file says, where that is something else.
    """

    file: ProjectFile
    path: Path | None
    missing: tuple[Path, ...] = ()
    saved: ProjectFile | None = None

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


class Project:
    """The file all of it is saved in, and whether it says all there is to say.

    Where a person looks, and where the playhead is, is saved too, but is nothing to be
    lost.

    Attributes
    ----------
    path : Path or None
        None: it was never saved.
    dirty : bool
        True where something would be lost.
    """

    changed = Signal()  # path or dirty
    touched = Signal()  # anything of it, perhaps

    def __init__(self, session: "Session") -> None:
        self.path: Path | None = None
        self.dirty = False
        self._session = session
        self._saved: ProjectFile | None = None  # as it is in the file
        self._rest_lost: bool | None = None  # of all but the open song; None: look
        session.point_changed.connect(self._touch)
        session.playback.region_changed.connect(self._touch)
        for signal in (
            session.song_changed,
            session.model_changed,
            session.slots.changed,
            session.bookmarks.changed,
            session.songs.changed,
            session.names.changed,
            session.locks.changed,
        ):
            signal.connect(self._touch_rest)

    @property
    def settled(self) -> bool:
        """False while half of it is still on its way, and `dirty` out of date."""
        return self._session.ready and self._session.songs.wanted is None

    @property
    def name(self) -> str:
        """What to call it."""
        return self.path.stem if self.path is not None else UNNAMED

    @property
    def content(self) -> ProjectFile:
        """All there is to be saved now."""
        session = self._session
        entries, model = session.songs.up_to_date, session.model
        current, view = session.songs.current, session.view
        paths = [one.path for one in entries]
        return ProjectFile(
            model=_model_of(model) if model is not None else None,
            songs=tuple(_song_of(one) for one in entries),
            shown=paths.index(current.path) if current is not None else None,
            frequency=view.frequency,
            frequency_axis=view.frequency_axis,
            channels=view.channels,
            slots=session.slots.kept,
            bookmarks=session.bookmarks.everything,
            names=dict(session.names.here),
            locked=session.locks.locked,
        )

    # ------------------------------------------------------------ verbs

    def save(self, path: Path) -> bool:
        """Write everything to a file, and go on with that; True where it is done."""
        content = self.content
        messages = self._session.messages
        try:
            write_project(path, content)
        except ProjectError as error:
            messages.error("project", str(error))
            return False
        self._session.places.projects = path.parent
        self._session.recents.add_project(path)
        self._adopt(path, content)
        messages.notice("project", f"Saved {path.name}.")
        return True

    def read(self, path: Path) -> Found | None:
        """Read a project file, and look for its files; None, and told, if in vain."""
        try:
            file = read_project(path)
        except ProjectError as error:
            self._session.messages.error("project", str(error))
            self._session.recents.forget(path)
            return None
        return find_files(file, path)

    def open(self, found: Found) -> None:
        """Go on with a project; what is still missing of it is left out, and told."""
        session, file = self._session, found.file
        session.messages.clear("project")
        if found.path is not None:
            session.places.projects = found.path.parent
            session.recents.add_project(found.path)
        lost = [one for one in file.songs if one.path in found.missing]
        session.names.show_model(file.model.model_hash if file.model else "")
        for axis, name in file.names.items():
            session.names.rename(axis, name)
        session.slots.restore(file.slots)
        session.bookmarks.restore(file.bookmarks)
        session.songs.restore(tuple(_entry_of(one, found) for one in file.songs))
        if file.model is not None:
            session.locks.show_model(file.model.model_hash)
        session.locks.restore(file.locked)
        session.view.set_frequency_axis(file.frequency_axis)
        session.view.see(session.view.time, file.frequency)
        session.view.set_channels(file.channels)
        self._open_files(found)
        if lost:
            names = ", ".join(one.path.name for one in lost)
            session.messages.warning(
                "project", f"Not found, and left as it is in the list: {names}."
            )
        self._adopt(found.path, found.saved or file)

    # ------------------------------------------------------------ the rest

    def _open_files(self, found: Found) -> None:
        """Have the engine open the model, where it is another, and the song."""
        session, file = self._session, found.file
        model, open_model = file.model, session.model
        if model is not None and model.path not in found.missing:
            same = open_model is not None and open_model.model_hash == model.model_hash
            if not same:
                session.loading.want_model(model.path)
        elif model is not None:
            session.messages.warning(
                "model",
                f"The model {model.title} was not found: what was done with it is "
                "heard with the one that is open.",
            )
        if file.shown is not None:
            song = file.songs[file.shown]
            if song.path not in found.missing:
                session.songs.show(song.path)

    def _adopt(self, path: Path | None, content: ProjectFile) -> None:
        """What there is now is as it is in this file; None: in none."""
        self._saved = _essence(content) if path is not None else None
        self.path, self.dirty = path, False
        self.changed.emit()
        self._touch_rest()

    def _touch_rest(self) -> None:
        self._rest_lost = None
        self._touch()

    def _touch(self) -> None:
        if not self.settled:
            return
        self.touched.emit()
        dirty = self._something_to_lose
        if dirty != self.dirty:
            self.dirty = dirty
            self.changed.emit()

    @property
    def _something_to_lose(self) -> bool:
        if self._rest_lost is None:
            self._rest_lost = self._look_at_rest()
        return self._rest_lost or self._present_lost

    def _look_at_rest(self) -> bool:
        """True where something of all but the open song would be lost."""
        essence, saved = _essence(self.content), self._saved
        present = essence.shown
        if saved is None:
            moved = any(
                song.point is not None
                for place, song in enumerate(essence.songs)
                if place != present
            )
            return moved or bool(essence.slots or essence.bookmarks)
        return _without(essence, present) != _without(saved, present)

    @property
    def _present_lost(self) -> bool:
        """True where something of the open song would be lost: quick, for drags."""
        session, saved = self._session, self._saved
        current = session.songs.current
        if current is None:
            return False
        point, region = session.point, session.playback.region
        moved = None if point.untouched else point
        if saved is None:
            return moved is not None
        song = next((one for one in saved.songs if one.path == current.path), None)
        return song is None or (song.point, song.region) != (moved, region)


def find_files(file: ProjectFile, path: Path | None) -> Found:
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


def _without(essence: ProjectFile, place: int | None) -> ProjectFile:
    """All of it but one song, and but which one is open."""
    songs = tuple(
        replace(song, point=None, region=None) if at == place else song
        for at, song in enumerate(essence.songs)
    )
    return replace(essence, songs=songs, shown=None)


def _essence(content: ProjectFile) -> ProjectFile:
    """What of it would be lost: not where a person looks, nor what is known anyway."""
    model = content.model
    return ProjectFile(
        model=model and replace(model, path=Path(), title=""),
        shown=content.shown,
        songs=tuple(
            ProjectSong(
                path=one.path,
                title="",
                point=one.point if one.point and not one.point.untouched else None,
                region=one.region,
            )
            for one in content.songs
        ),
        slots=content.slots,
        bookmarks=content.bookmarks,
    )


def _model_of(model: Model) -> ProjectModel:
    return ProjectModel(path=model.path, title=model.title, model_hash=model.model_hash)


def _song_of(entry: SongEntry) -> ProjectSong:
    work = entry.work
    song = ProjectSong(
        path=entry.path, title=entry.title, content_hash=entry.content_hash
    )
    if work is None:
        return song
    return replace(
        song,
        point=work.point,
        position=work.position,
        loop=work.loop,
        region=work.region,
        time=work.time,
    )


def _entry_of(song: ProjectSong, found: Found) -> SongEntry:
    work = None
    if song.point is not None:
        name = found.path.stem if found.path is not None else "work"
        work = SongWork(
            steps=(Step(f"Opened {name}", song.point),),
            position=song.position,
            loop=song.loop,
            region=song.region,
            time=song.time,
        )
    fault = f"{song.path} was not found." if song.path in found.missing else ""
    return SongEntry(
        path=song.path,
        title=song.title,
        content_hash=song.content_hash,
        fault=fault,
        work=work,
    )


def _look(found: Found, sought: Path, now: Path | None) -> Found:
    if now is None:
        return replace(found, missing=(*found.missing, sought))
    return found if now == sought else found.located(sought, now)
