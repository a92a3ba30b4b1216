"""What becomes of files that are dropped, pasted, or named at the start."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QMimeData, QObject, QTimer, QUrl

from explorer.session.project_file import SUFFIX as PROJECT_SUFFIX
from explorer.session.session import Session
from explorer.session.song_search import is_sound, songs_within
from explorer.session.tasks import Task
from explorer.widgets.duration_text import counted
from explorer.widgets.file_dialogs import MODEL_SUFFIX, PRESET_SUFFIX
from explorer.widgets.project_dialogs import ProjectDialogs
from vae.files import is_folder

MOST_SONGS = 1_000  # of folders at once
SLICE_S = 0.008  # of searching before the window has its turn again


class FileIntake(QObject):
    """Opens models, presets and projects, and takes songs and folders into the list.

    A folder is searched bit by bit, between the window's own events.
    """

    def __init__(
        self, session: Session, projects: ProjectDialogs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._projects = projects
        self._task: Task | None = None
        self._search: Iterator[Path | None] = iter(())
        self._found: list[Path] = []
        self._closed: list[OSError] = []
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._go_on)

    def take(self, paths: list[Path]) -> None:
        """Open what is no song, the last of each kind; take in all that may be one."""
        songs, folders = [], []
        chosen: dict[str, Path] = {}
        for path in paths:
            suffix = path.suffix.lower()
            if is_folder(path):
                folders.append(path)
            elif suffix in {MODEL_SUFFIX, PRESET_SUFFIX, PROJECT_SUFFIX}:
                chosen[suffix] = path
            else:
                songs.append(path)
        if len(paths) > 1:  # with pictures and texts that lay beside them
            songs = [one for one in songs if is_sound(one)] or songs[:1]
        if PROJECT_SUFFIX in chosen:
            self._projects.open(chosen[PROJECT_SUFFIX])
        if MODEL_SUFFIX in chosen:
            self._session.open_model(chosen[MODEL_SUFFIX])
        if PRESET_SUFFIX in chosen:
            self._session.presets.open(chosen[PRESET_SUFFIX])
        if folders:
            self._begin(songs, folders)
        elif songs:
            self._session.songs.add(songs)

    # ------------------------------------------------------------ folders

    def _begin(self, songs: list[Path], folders: list[Path]) -> None:
        if self._task is not None:
            self._session.tasks.finish(self._task.request)
        self._found = list(songs)
        self._closed = []
        tell = self._closed.append
        self._search = (path for one in folders for path in songs_within(one, tell))
        self._name = folders[0].name or str(folders[0])
        label = f"Looking for songs in {self._name}…"
        self._task = self._session.tasks.start("folder", folders[0], label)
        self._turn.start()

    def _go_on(self) -> None:
        task, tasks = self._task, self._session.tasks
        if task is None or tasks.find(task.request) is None:
            self._end()  # given up
            return
        until = monotonic() + SLICE_S
        while monotonic() < until and len(self._found) < MOST_SONGS:
            try:
                path = next(self._search)
            except StopIteration:
                self._hand_over(whole=True)
                return
            if path is not None:
                self._found.append(path)
        if len(self._found) >= MOST_SONGS:
            self._hand_over(whole=False)
            return
        label = f"Looking for songs in {self._name}… {len(self._found)}"
        tasks.advance(task.request, 0.0, label)

    def _hand_over(self, *, whole: bool) -> None:
        session, found = self._session, self._found
        closed = _closed_words(self._closed)
        if self._task is not None:
            session.tasks.finish(self._task.request)
        self._end()
        if not found:
            none = f"There is no sound file in {self._name}."
            session.messages.error("song", " ".join(filter(None, (none, closed))))
            return
        more = (
            f"The first {MOST_SONGS:,} songs of {self._name} are in the list; there "
            "are more."
        )
        remarks = " ".join(filter(None, ("" if whole else more, closed)))
        if remarks:
            session.messages.warning("list", remarks)
        session.songs.add(found)

    def _end(self) -> None:
        self._turn.stop()
        self._task, self._search, self._found = None, iter(()), []


def _closed_words(closed: Sequence[OSError]) -> str:
    """Which folders could not be searched, a sentence; "" where all could."""
    if not closed:
        return ""
    first = closed[0]
    name, reason = Path(str(first.filename)).name, first.strerror
    if len(closed) == 1:
        return f"The folder {name} cannot be opened: {reason}."
    others = counted(len(closed) - 1, "more folder")
    return f"The folder {name} and {others} cannot be opened: {reason}."


def local_paths(data: QMimeData) -> list[Path]:
    """The files that were dropped, or copied in a file manager."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def pasted_paths(data: QMimeData) -> list[Path]:
    """The files that a clipboard tells of: as such, or as text, one on a line."""
    paths = local_paths(data)
    lines = [line.strip().strip("\"'") for line in data.text().splitlines()]
    if paths or len(lines) > MOST_SONGS:
        return paths
    for line in filter(None, lines):
        path = _path_of(line)
        if path is None:
            return []
        paths.append(path)
    return paths


def _path_of(line: str) -> Path | None:
    if line.startswith("file:"):
        return Path(QUrl(line).toLocalFile())
    try:
        path = Path(line).expanduser()
    except RuntimeError:  # of somebody who is not known here
        return None
    return path if path.is_absolute() else None
