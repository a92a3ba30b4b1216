"""The last net: what no one caught becomes a message and a line in the log."""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from explorer.session.session import Session

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


class MishapNet(QObject):
    """Shows in words, on the main thread, what went wrong on any."""

    happened = Signal(str)

    def __init__(self, session: Session, log_path: Path | None) -> None:
        super().__init__()
        self._session = session
        self._where = f" The log has the details: {log_path}" if log_path else ""
        self.happened.connect(self._tell, Qt.ConnectionType.AutoConnection)

    def spread(self) -> None:
        """Catch from now on what falls through everywhere else."""
        sys.excepthook = self.catch
        threading.excepthook = lambda fall: self.catch(
            fall.exc_type, fall.exc_value or fall.exc_type(), fall.exc_traceback
        )
        qInstallMessageHandler(_log_qt)

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException,
        traceback: TracebackType | None,
    ) -> None:
        """Log an exception and tell of it."""
        _log.error("not caught", exc_info=(kind, error, traceback))
        cause = error.__cause__ or error  # a signal's own wrapping says nothing
        self.happened.emit(f"{type(cause).__name__}: {cause}")

    def _tell(self, what: str) -> None:
        text = f"Something went wrong inside the program ({what}).{self._where}"
        self._session.messages.error("program", text)


def _log_qt(level: QtMsgType, _: object, text: str | None) -> None:
    logging.getLogger("qt").log(QT_LEVELS.get(level, logging.WARNING), "%s", text)
