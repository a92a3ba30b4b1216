"""Copy and paste of a point as one line of text, and paste of files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from explorer.session.session import Session
from explorer.widgets.file_intake import pasted_paths
from vae.files import is_there


class PointClipboard:
    """Puts the present point on the clipboard, and goes where one there tells.

    Parameters
    ----------
    session : Session
    open_files : callable
        Told which files a clipboard tells of.
    """

    def __init__(
        self, session: Session, open_files: Callable[[list[Path]], None]
    ) -> None:
        self._session = session
        self._open_files = open_files

    @property
    def verbs(self) -> dict[str, Callable[[], None]]:
        """The actions it does."""
        return {"copy": self.copy, "paste": self.paste}

    def copy(self) -> None:
        """Put the present point on the clipboard."""
        line = self._session.presets.line
        if line:
            QGuiApplication.clipboard().setText(line)
            self._session.messages.notice("preset", "Copied this point as text.")

    def paste(self) -> None:
        """Go to the point on the clipboard, or open the files it tells of."""
        clipboard = QGuiApplication.clipboard()
        data: QMimeData | None = clipboard.mimeData()  # none where it is empty
        paths = pasted_paths(data) if data is not None else []
        if not paths:
            self._session.presets.paste(clipboard.text())
            return
        missing = next((one for one in paths if not is_there(one)), None)
        if missing is not None:
            self._session.messages.error("song", f"There is no file {missing}.")
        else:
            self._open_files(paths)
