"""The files of the run that is looked at: where they lie, and away with them."""

from collections.abc import Callable

from PySide6.QtCore import QFile, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from explorer.session.session import Session
from explorer.widgets.question import agreed


class RunFiles:
    """Shows a run's folder, and moves it to the trash once the person has agreed."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent

    @property
    def verbs(self) -> dict[str, Callable[[], None]]:
        """The actions on the files of a run."""
        return {"train_folder": self.show_folder, "train_remove": self.remove}

    def show_folder(self) -> None:
        """Open the run's folder in the system's own program for that."""
        run = self._session.training.runs.shown
        if run is None:
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder))):
            self._session.messages.notice("training", f"It lies in {run.folder}.")

    def remove(self) -> None:
        """Ask, then move the run to the trash; one under way stays."""
        training = self._session.training
        run = training.runs.shown
        if run is None or run.live:
            return
        if not agreed(
            self._parent,
            "Move the run to the trash?",
            f"{run.name} and its model go to the trash. A model that is open in the "
            "explorer stays open until another one is.",
            "&Move to the trash",
        ):
            return
        QFile.moveToTrash(str(run.folder))
        training.look_again()
        if run.folder.exists():
            words = f"{run.folder} cannot be moved to the trash."
            self._session.messages.error("training", words)
