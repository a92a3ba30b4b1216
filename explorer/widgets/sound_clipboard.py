"""Copying the song as edited as a file, to paste in a folder or another program."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from explorer.session.session import Session
from explorer.widgets.export_button import file_data


class SoundClipboard:
    """Puts the file on the clipboard once it is written: a drag for the keyboard."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wanted = False
        session.exports.handout.changed.connect(self._look)

    @property
    def verbs(self) -> dict[str, Callable[[], None]]:
        """The action it does."""
        return {"copy_sound": self.copy}

    def copy(self) -> None:
        """Put the file on the clipboard, now or as soon as there is one."""
        self._wanted = True
        self._session.exports.handout.prepare()
        self._look()

    def _look(self) -> None:
        handout = self._session.exports.handout
        if not self._wanted or handout.writing:
            return
        self._wanted = False
        path = handout.path
        if path is not None:
            QGuiApplication.clipboard().setMimeData(file_data(path))
            handout.take()
            self._session.messages.notice(
                "export", f"Copied {path.name} as a file; it stays in {path.parent}."
            )
