"""The composition root: builds everything, passes it on, and takes it apart again."""

import gc
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from explorer.bench import Bench, BenchReport
from explorer.services.autosave import Autosave
from explorer.services.engine_client import EngineClient
from explorer.services.log_file import open_log
from explorer.services.mishaps import MishapNet
from explorer.services.namer import Namer
from explorer.services.scout import Scout
from explorer.services.screenshot import Screenshot
from explorer.services.settings import Settings
from explorer.services.train_process import TrainProcess
from explorer.services.unfinished import Unfinished
from explorer.session.output import USUAL_LATENCY_MS
from explorer.session.session import Session
from explorer.widgets.icons import program_icon
from explorer.widgets.main_window import NAME, MainWindow
from explorer.widgets.theme import DARK, apply_theme
from vae.resources import shipped_models

ENDINGS = (signal.SIGINT, signal.SIGTERM)  # how a system asks a program to end


class Client(Protocol):
    """What runs an engine for a session."""

    def start(self) -> None:
        """Start it."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the command line asked for."""

    songs: tuple[Path, ...] = ()  # or folders of them, or a project
    model: Path | None = None
    screenshot: Path | None = None
    bench: bool = False
    json: bool = False  # for the bench's report
    latency_ms: float = USUAL_LATENCY_MS  # asked of the device by the bench
    version: str = ""

    @property
    def by_hand(self) -> bool:
        """True where a person is to use the window."""
        return self.screenshot is None and not self.bench


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
        backup_folder: Path | None = None,
    ) -> None:
        self._application = application
        self._wishes = wishes
        self._settings = settings
        self.fault = ""
        self._closed = False
        self.session = Session(model_path=wishes.model, shipped=shipped_models())
        self.mishaps = MishapNet(self.session, log_path)
        self.client = make_client(self.session)
        self._autosave: Autosave | None = None  # where a person is there
        self._unfinished = Unfinished(self.session, backup_folder)
        if wishes.by_hand:
            self._autosave = Autosave(self.session, backup_folder)
        self.window = MainWindow(self.session, version=wishes.version)
        self.window.closed.connect(self._remember)
        self._training = TrainProcess(self.session)
        self._scout = Scout(self.session)
        self._namer = Namer(self.session)

    def open(self) -> None:
        """Show the window, then start the engine."""
        if self._wishes.by_hand:
            self._settings.restore(self.session)
            geometry = self._settings.geometry
            if geometry is not None:
                self.window.restoreGeometry(geometry)
            layout = self._settings.layout_state
            if layout is not None:
                self.window.restore_layout(*layout)
            self.window.set_theme(self._settings.theme)
            self.window.guards_work = True
            self.session.training.find_runs()
            if self._autosave is not None:
                self._autosave.start()
            self._unfinished.start()
        elif self._wishes.screenshot is not None:
            Screenshot(
                self.session,
                self.window,
                self._wishes.screenshot,
                done=self._leave,
            )
        else:
            self._start_bench()
        self.window.show()
        if self._wishes.songs:
            self.window.open_files(list(self._wishes.songs))
        self.client.start()

    def close(self) -> None:
        """Take the window away and end the engine."""
        if not self._closed:
            self._closed = True
            self.window.hide()
            self.window.guards_work = False  # it is too late to be asked
            self._end_backup(kept=True)
            self._unfinished.close()
            self.session.exports.handout.close()
            self._scout.close()
            self._namer.close()
            self._training.close()
            self.client.close()

    def end(self) -> None:
        """Leave because the system says so: nobody is there to be asked.

        What a person was just asked is left unanswered, one dialog after another.
        """
        self.window.guards_work = False
        dialog = self._application.activeModalWidget()
        if dialog is None:
            self.window.close()
        else:
            dialog.close()
            QTimer.singleShot(0, self.end)  # once it is gone

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
        if self._wishes.by_hand:
            self._end_backup(kept=not self.window.guards_work)
            self._settings.keep(self.session)
            self._settings.keep_geometry(self.window.saveGeometry())
            self._settings.keep_layout(*self.window.layout_state)
            self._settings.keep_theme(self.window.theme)

    def _end_backup(self, *, kept: bool) -> None:
        """Work is kept where nobody was asked, for the next time."""
        autosave, self._autosave = self._autosave, None
        if autosave is not None:
            autosave.close(kept=kept)

    def _start_bench(self) -> None:
        assert isinstance(self.client, EngineClient)
        self.session.output.want_device(None, self._wishes.latency_ms)
        Bench(self.session, self.window, self.client, done=self._print)

    def _print(self, outcome: BenchReport | str) -> None:
        if isinstance(outcome, str):
            self._leave(outcome)
            return
        facts = asdict(outcome)
        if self._wishes.json:
            print(json.dumps(facts), flush=True)
        else:
            print("\n".join(f"{name}: {value}" for name, value in facts.items()))
        self._leave("")

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
    QTimer.singleShot(0, partial(_heed_the_system, explorer))  # once it can be ended
    status = explorer.run()
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)  # it is leaving
    take_apart(application, explorer.window)
    return status


def _heed_the_system(explorer: Explorer) -> None:
    for number in ENDINGS:
        signal.signal(number, lambda *_: explorer.end())


def take_apart(application: QApplication, window: MainWindow) -> None:
    """Take the window apart while Python is whole: later, Qt crashes now and then."""
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
