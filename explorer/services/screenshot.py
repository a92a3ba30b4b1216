"""A picture of the window, taken once it has something to show."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from explorer.session.session import Session

SETTLING_MS = 200  # from the last slice to a window that is drawn
PATIENCE_MS = 120_000


class Screenshot(QObject):
    """Waits for the first finished picture, saves the window, and is done.

    Parameters
    ----------
    session, window, path
    done : callable
        Called once, with "" or with what went wrong.
    """

    def __init__(
        self,
        session: Session,
        window: QWidget,
        path: Path,
        *,
        done: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._path = path
        self._done: Callable[[str], None] | None = done
        self._settled = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settled.timeout.connect(self._take)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(lambda: self._finish("no picture came"))
        self._patience.start()
        session.picture.rows_changed.connect(self._look)
        session.messages.changed.connect(self._listen)

    def _look(self, _: int, __: int) -> None:
        if self._session.picture_current:
            messages = self._session.messages
            for message in messages.standing:
                messages.dismiss(message)  # the status bar says it too
            self._settled.start()

    def _listen(self) -> None:
        newest = self._session.messages.newest
        if newest is not None and newest.severity == "error":
            self._finish(newest.text)

    def _take(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self._finish(f"{self._path} cannot be written: {error.strerror}")
            return
        saved = self._window.grab().save(str(self._path))
        self._finish("" if saved else f"{self._path} cannot be written as a picture")

    def _finish(self, fault: str) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(fault)
