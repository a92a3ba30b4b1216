"""The dialogs about projects: where to save, what to open, what is not found."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.session.file_name import file_name
from explorer.session.file_search import find_moved
from explorer.session.project_file import SUFFIX
from explorer.session.project_search import Found
from explorer.session.session import Session
from explorer.widgets.file_dialogs import FileDialogs, folder_text
from explorer.widgets.question import ask
from vae.files import is_there

KIND = f"Projects (*{SUFFIX})"
SAVE, LOSE = "&Save", "&Do not save"
ELSEWHERE, OVER = "Save &as…", "Save &over it"
LOOK, LEAVE_OUT = "&Look for it…", "Leave it &out"


class ProjectDialogs:
    """Saves and opens projects, and asks before anything is lost.

    Parameters
    ----------
    session, files, parent
        `files` asks whether a file may be replaced.
    """

    def __init__(self, session: Session, files: FileDialogs, parent: QWidget) -> None:
        self._session = session
        self._files = files
        self._parent = parent

    @property
    def verbs(self) -> dict[str, Callable[[], object]]:
        """The actions of the File menu that are about projects."""
        return {
            "open_project": self.ask_project,
            "save_project": self.save,
            "save_project_as": self.save_as,
        }

    def save(self) -> bool:
        """Save to the project's file, or ask for one; True where it is saved.

        What another window has saved there meanwhile is not lost unasked.
        """
        project = self._session.project
        if project.path is None:
            return self.save_as()
        if project.changed_elsewhere:
            answer = ask(
                self._parent,
                "Save over it?",
                f"{project.path.name} was changed since it was opened or saved here, "
                "perhaps in another window. What it holds now would be lost.",
                ELSEWHERE,
                OVER,
            )
            if answer != OVER:
                return self.save_as() if answer == ELSEWHERE else False
        return project.save(project.path)

    def save_as(self) -> bool:
        """Ask for a file to save to, and again before one is replaced."""
        project, song = self._session.project, self._session.song
        folder = self._session.places.projects or Path.home()
        name = project.name if project.path is not None or song is None else song.title
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent,
            "Save project",
            str(folder / file_name(name, SUFFIX)),
            KIND,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not chosen:
            return False
        path = Path(chosen)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        itself = path == project.path and not project.changed_elsewhere
        if not itself and is_there(path) and not self._files.may_replace(path):
            return False
        return project.save(path)

    def ask_project(self) -> None:
        """Ask for a project and go on with it."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open project",
            folder_text(self._session.places.projects),
            f"{KIND};;All files (*)",
        )
        if chosen:
            self.open(Path(chosen))

    def open(self, path: Path) -> None:
        """Go on with a project, unless that would lose what a person wants to keep."""
        found = self._session.project.read(path)
        if found is None or not self.may_lose():
            return
        located = self.locate(found)
        if located is not None:
            self._session.project.open(located)

    def may_lose(self) -> bool:
        """Ask whether what was not saved is to be saved first; False: stay here."""
        project = self._session.project
        if not project.dirty:
            return True
        what = f"“{project.name}”" if project.path is not None else "your edits"
        answer = ask(
            self._parent,
            "Save first?",
            f"Save the changes to {what}? Otherwise they are lost.",
            SAVE,
            LOSE,
        )
        return self.save() if answer == SAVE else answer == LOSE

    def locate(self, found: Found) -> Found | None:
        """Ask where each missing file is; None: the person would rather not open it."""
        for path in found.missing:
            if path not in found.missing:
                continue  # it was beside one that was found
            answer = ask(
                self._parent,
                "Where is it?",
                f"{path.name} is not in {path.parent} any more, nor beside the "
                "project. What was done with it is kept either way.",
                LOOK,
                LEAVE_OUT,
            )
            if answer == LEAVE_OUT:
                continue
            chosen = ""
            if answer == LOOK:
                chosen, _ = QFileDialog.getOpenFileName(
                    self._parent, f"Where is {path.name}?", str(Path.home())
                )
            if not chosen:
                return None
            found = _located(found, path, Path(chosen))
        return found


def _located(found: Found, path: Path, to: Path) -> Found:
    """With one file found, and all others that lie beside it."""
    found = found.located(path, to)
    for other in found.missing:
        beside = find_moved(other, (to.parent,))
        if beside is not None:
            found = found.located(other, beside)
    return found
