"""Looks after the runs in a folder, on a thread of its own."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.services.run_view import RunView
from explorer.session.training.course import Course
from explorer.session.training.runs import Run
from vae.training.reader import find_runs

BUSY_S, RESTING_S = 0.5, 3.0  # between looks, while a run is under way and while not
ENDING_S = 2.0
MOST_RUNS = 200  # that are read; older ones stay unseen

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, eq=False)
class Sight:
    """All runs of a folder, and how the one that is looked at has gone."""

    folder: Path
    runs: tuple[Run, ...]
    course: Course | None


class RunWatch(QObject):
    """Tells by `seen` what is in the folder, whenever that has changed.

    Attributes
    ----------
    eager : bool
        True where something is about to happen: it looks more often.
    """

    seen = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.eager = False
        self._wanted: tuple[Path, Path | None] | None = None
        self._views: dict[Path, RunView] = {}
        self._told: tuple[object, ...] = ()
        self._wake = threading.Event()
        self._closing = False
        self._thread: threading.Thread | None = None

    def watch(self, folder: Path, chosen: Path | None) -> None:
        """Look after a folder from now on, above all after one run in it."""
        self._wanted = (folder, chosen)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._run, name="run watch", daemon=True
            )
            self._thread.start()
        self._wake.set()

    def hurry(self) -> None:
        """Look now: something has happened."""
        self._wake.set()

    def close(self) -> None:
        """Look no more."""
        self._closing = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(ENDING_S)

    # ------------------------------------------------------------ the thread

    def _run(self) -> None:
        while not self._closing:
            self._wake.clear()
            wanted = self._wanted
            live = False
            if wanted is not None:
                try:
                    live = self._look(*wanted)
                except Exception:  # noqa: BLE001 - a thread's edge
                    _log.exception("the runs in %s cannot be read", wanted[0])
            self._wake.wait(BUSY_S if live or self.eager else RESTING_S)

    def _look(self, folder: Path, chosen: Path | None) -> bool:
        """Look once; gives whether a run is under way."""
        runs, course = [], None
        for path in find_runs(folder)[:MOST_RUNS]:
            if path not in self._views:
                self._views[path] = RunView(path)
            look = self._views[path].look()
            runs.append(look.run)
            if path == chosen:
                course = look.course
        told = (folder, tuple(runs), course)
        if told != self._told and not self._closing:
            self._told = told
            self.seen.emit(Sight(folder=folder, runs=tuple(runs), course=course))
        return any(run.live for run in runs)
