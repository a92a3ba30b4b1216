"""The menu of the files last opened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from explorer.session.session import Session
from vae.files import is_there

WIDEST = 320  # pixels of a name


class RecentMenu(QMenu):
    """Projects, then songs, the newest of each first.

    Parameters
    ----------
    session : Session
    open_project : callable
        Told which project was chosen; songs are opened by the session.
    """

    def __init__(
        self,
        session: Session,
        open_project: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Open r&ecent", parent)
        self._session = session
        self._open_project = open_project
        self.setToolTipsVisible(True)
        session.recents.changed.connect(self._fill)
        self._fill()

    def _fill(self) -> None:
        recents = self._session.recents
        self.clear()
        self.menuAction().setEnabled(recents.any)
        self._add("Projects", recents.projects, self._open_project)
        self._add("Songs", recents.songs, self._open_song)
        if recents.any:
            self.addSeparator()
            clear = self.addAction("&Forget all of these")
            clear.triggered.connect(lambda _: recents.clear())

    def _add(
        self, title: str, paths: tuple[Path, ...], verb: Callable[[Path], object]
    ) -> None:
        if paths:
            self.addSection(title)
        for path in paths:
            name = self.fontMetrics().elidedText(
                path.name, Qt.TextElideMode.ElideMiddle, WIDEST
            )
            action = self.addAction(name.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._choose, verb, path))

    def _choose(
        self, verb: Callable[[Path], object], path: Path, _: bool = False
    ) -> None:
        if is_there(path):
            verb(path)
            return
        self._session.recents.forget(path)
        self._session.messages.error("song", f"{path} is not there any more.")

    def _open_song(self, path: Path) -> None:
        self._session.songs.add([path])
