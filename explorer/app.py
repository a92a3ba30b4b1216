"""The composition root: builds everything, passes it on, and takes it apart again."""

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication

from explorer.services.engine_client import EngineClient
from explorer.services.log_file import open_log
from explorer.services.mishaps import MishapNet
from explorer.services.screenshot import Screenshot
from explorer.services.settings import Settings
from explorer.session.session import Session
from explorer.widgets.icons import program_icon
from explorer.widgets.main_window import NAME, MainWindow
from explorer.widgets.theme import DARK, apply_theme


class Client(Protocol):
    """What runs an engine for a session."""

    def start(self) -> None:
        """Start it."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the command line asked for."""

    song: Path | None = None
    model: Path | None = None
    screenshot: Path | None = None
    version: str = ""


class Explorer:
    """The program: a session, its engine and its window.

    Attributes
    ----------
    session : Session
    client : Client
    window : MainWindow
    mishaps : MishapNet
    fault : str
        Why there is no screenshot; "" where there is one, or none was asked for.
    """

    def __init__(
        self,
        application: QApplication,
        wishes: Wishes,
        *,
        settings: Settings,
        make_client: Callable[[Session], Client] = EngineClient,
        log_path: Path | None = None,
    ) -> None:
        self._application = application
        self._wishes = wishes
        self._settings = settings
        self.fault = ""
        self._closed = False
        self.session = Session(model_path=wishes.model, song_path=wishes.song)
        self.mishaps = MishapNet(self.session, log_path)
        self.client = make_client(self.session)
        self.window = MainWindow(self.session, version=wishes.version)
        self.window.closed.connect(self._remember)

    def open(self) -> None:
        """Show the window, then start the engine."""
        if self._wishes.screenshot is None:
            self._settings.restore(self.session)
            geometry = self._settings.geometry
            if geometry is not None:
                self.window.restoreGeometry(geometry)
        else:
            Screenshot(
                self.session,
                self.window,
                self._wishes.screenshot,
                done=self._leave,
            )
        self.window.show()
        self.client.start()

    def close(self) -> None:
        """Take the window away and end the engine."""
        if not self._closed:
            self._closed = True
            self.window.hide()
            self.client.close()

    def run(self) -> int:
        """Serve the person until the window is closed; gives the exit status."""
        self.open()
        status = self._application.exec()
        self.close()
        if self.fault:
            print(f"dctvae-explorer: {self.fault}", file=sys.stderr)
            return 1
        return status

    def _remember(self) -> None:
        if self._wishes.screenshot is None:
            self._settings.keep(self.session)
            self._settings.keep_geometry(self.window.saveGeometry())

    def _leave(self, fault: str) -> None:
        self.fault = fault
        self.window.close()


def run(wishes: Wishes) -> int:
    """Open the window and serve the person; gives the exit status."""
    log_path = open_log()
    application = QApplication([NAME])
    application.setApplicationName("dctvae-explorer")
    application.setApplicationDisplayName(NAME)
    application.setWindowIcon(program_icon())
    apply_theme(application, DARK)
    explorer = Explorer(application, wishes, settings=Settings(), log_path=log_path)
    explorer.mishaps.spread()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: explorer.window.close())
    return explorer.run()
