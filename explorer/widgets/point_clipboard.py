"""Copy and paste of a point as one line of text."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from explorer.session.session import Session


class PointClipboard:
    """Puts the present point on the clipboard, and goes where one there tells."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        """Go to the point on the clipboard."""
        self._session.presets.paste(QGuiApplication.clipboard().text())
