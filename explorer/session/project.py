"""The project: what a person has done with all songs, to be saved and opened again."""

from pathlib import Path
from typing import TYPE_CHECKING

from psygnal import Signal

from explorer.session.coordinates import KINDS
from explorer.session.project_content import ProjectContent
from explorer.session.project_file import ProjectError, read_project, write_project
from explorer.session.project_parts import entry_of, model_of, song_of
from explorer.session.project_search import Found, find_files
from explorer.session.unsaved import Unsaved
from vae.files import content_hash

if TYPE_CHECKING:
    from explorer.session.session import Session

UNNAMED = "Unnamed"


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
        self._held = ""  # the hash of what the file held when it was opened or saved
        self._unsaved = Unsaved(session)
        session.point_changed.connect(self._touch)
        session.playback.region_changed.connect(self._touch)
        for signal in (
            session.song_changed,
            session.model_changed,
            session.slots.changed,
            session.bookmarks.changed,
            session.songs.changed,
            session.names.changed,
            *(session.coordinates.locks_of(kind).changed for kind in KINDS),
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
    def changed_elsewhere(self) -> bool:
        """True where something else is in the file by now than was opened or saved."""
        return self.path is not None and _hash(self.path) not in {"", self._held}

    @property
    def content(self) -> ProjectContent:
        """All there is to be saved now."""
        session = self._session
        entries, model = session.songs.up_to_date, session.model
        current, view = session.songs.current, session.view
        paths = [one.path for one in entries]
        return ProjectContent(
            model=model_of(model) if model is not None else None,
            songs=tuple(song_of(one) for one in entries),
            shown=paths.index(current.path) if current is not None else None,
            frequency=view.frequency,
            frequency_axis=view.frequency_axis,
            channels=view.channels,
            slots=session.slots.kept,
            bookmarks=session.bookmarks.everything,
            names=dict(session.names.here),
            locked=session.locks.locked,
            locked_otherwise={
                kind: session.coordinates.locks_of(kind).locked
                for kind in KINDS
                if kind != "axes" and session.coordinates.locks_of(kind).locked
            },
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
        session.songs.restore(tuple(entry_of(one, found) for one in file.songs))
        locked = {"axes": file.locked, **file.locked_otherwise}
        for kind in KINDS:
            locks = session.coordinates.locks_of(kind)
            if file.model is not None:
                locks.show_model(file.model.model_hash)
            locks.restore(locked.get(kind, frozenset()))
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

    def _adopt(self, path: Path | None, content: ProjectContent) -> None:
        """What there is now is as it is in this file; None: in none."""
        self._unsaved.save(content if path is not None else None)
        self._held = _hash(path) if path is not None else ""
        self.path, self.dirty = path, False
        self.changed.emit()
        self._touch_rest()

    def _touch_rest(self) -> None:
        self._unsaved.look_again()
        self._touch()

    def _touch(self) -> None:
        if not self.settled:
            return
        self.touched.emit()
        dirty = self._unsaved.any
        if dirty != self.dirty:
            self.dirty = dirty
            self.changed.emit()


def _hash(path: Path) -> str:
    """Of a file's content; "" where there is none to be lost."""
    try:
        return content_hash(path)
    except OSError:
        return ""
