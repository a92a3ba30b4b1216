"""The picture as a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtWidgets import QFileDialog, QWidget

from explorer.session.file_name import file_name
from explorer.session.session import Session
from vae.files import is_there, write_bytes

SUFFIX = ".png"


class PictureFile:
    """Saves what is seen of the picture, with its axes and colours, as PNG.

    Parameters
    ----------
    session : Session
    view : QWidget
        What is saved.
    may_replace : callable
        Asks whether a file that is there may be replaced.
    """

    def __init__(
        self, session: Session, view: QWidget, may_replace: Callable[[Path], bool]
    ) -> None:
        self._session = session
        self._view = view
        self._may_replace = may_replace

    @property
    def verbs(self) -> dict[str, Callable[[], None]]:
        """The action it does."""
        return {"save_picture": self.ask}

    def ask(self) -> None:
        """Ask where to save it, and again before a file is replaced."""
        song, places = self._session.song, self._session.places
        if song is None:
            return
        folder = places.exports or places.songs or Path.home()
        name, _ = QFileDialog.getSaveFileName(
            self._view,
            "Save picture",
            str(folder / file_name(song.path.stem, SUFFIX)),
            f"Pictures (*{SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not name:
            return
        path = Path(name)
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX)
        if not is_there(path) or self._may_replace(path):
            self.save(path)

    def save(self, path: Path) -> None:
        """Write it, complete or not at all, and say so."""
        messages = self._session.messages
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        self._view.grab().save(buffer, "PNG")
        try:
            write_bytes(path, bytes(content.data()))
        except OSError as error:
            messages.error(
                "export", f"{path.name} cannot be written: {error.strerror}."
            )
            return
        self._session.places.exports = path.parent
        messages.notice("export", f"Saved {path.name}.")
