"""Runs what the session wants of training, in processes of their own.

A training outlives the window where the person wants it to: it is known by its run
folder alone, and found there again.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from explorer.services.run_watch import RunWatch, Sight
from explorer.services.train_words import ending_words
from explorer.services.vae_child import command, step_back, thread_limits
from explorer.session.session import Session
from explorer.session.training.requests import (
    ContinueRun,
    PauseRun,
    Request,
    ResumeRun,
    StartRun,
    StopRun,
    WatchRuns,
)
from explorer.session.training.runs import Run
from vae.errors import DctvaeError
from vae.files import write_bytes
from vae.training import control
from vae.training.options import OPTIONS

LOOK_MS = 200  # from one look whether a process still lives to the next
OUTPUT = "output.txt"  # in the run folder, what the process had to say
READABLE = 20_000  # bytes of it

_log = logging.getLogger(__name__)


class TrainProcess(QObject):
    """Starts, rests, stops and follows runs.

    Parameters
    ----------
    session : Session
    make_command : callable
        Gives the program and arguments that run a `dctvae` command.
    """

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        make_command: Callable[..., list[str]] = command,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._training = session.training
        self._make_command = make_command
        self._children: dict[Path, subprocess.Popen[bytes]] = {}
        self._faults: dict[Path, str] = {}  # of runs that ended while we saw it
        self._stopping: set[Path] = set()  # runs that are to end
        self._sight: Sight | None = None
        self._watch = RunWatch(self)
        self._watch.seen.connect(self._show)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._bury_the_dead)
        session.training.requested.connect(self._serve)

    def close(self) -> None:
        """Look after nothing any more; trainings go on."""
        self._look.stop()
        self._watch.close()

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The system's numbers of the trainings begun here that still run."""
        return tuple(one.pid for one in self._children.values())

    # ------------------------------------------------------------ what is wanted

    def _serve(self, request: Request) -> None:
        if isinstance(request, ResumeRun | PauseRun | ContinueRun):
            self._stopping.discard(request.folder)
        try:
            match request:
                case StartRun():
                    self._start(request)
                case ResumeRun():
                    self._launch(request.folder)
                case PauseRun():
                    control.ask(request.folder, "pause")
                case ContinueRun():
                    control.ask(request.folder, "resume")
                case StopRun():
                    control.ask(request.folder, "stop")
                    self._stopping.add(request.folder)
                case WatchRuns():
                    self._watch.watch(request.folder, request.chosen)
                case _:
                    return  # of songs and plans, for others
        except OSError as error:
            where = error.filename or "The run"
            self._tell(f"{where} cannot be written: {error.strerror}.")
        except DctvaeError as error:
            self._tell(f"{error}.")
        self._watch.hurry()

    def _start(self, request: StartRun) -> None:
        """Write down what is wanted, then have a process go on with it."""
        options = request.plan.options(request.folders)
        request.out.mkdir(parents=True)
        write_bytes(request.out / OPTIONS, options.to_json().encode())
        self._launch(request.out)

    def _launch(self, folder: Path) -> None:
        arguments = self._make_command(
            "train", "--out", str(folder), "--resume", "--json"
        )
        self._faults.pop(folder, None)
        with (folder / OUTPUT).open("wb") as output:
            child = _spawn(arguments, output.fileno())
        step_back(child.pid)
        _log.info("training in %s, process %d", folder, child.pid)
        self._children[folder] = child
        self._look.start()
        self._watch.eager = True
        self._show_again()

    # ------------------------------------------------------------ what comes of it

    def _bury_the_dead(self) -> None:
        """Take note of every process that has ended."""
        for folder, child in list(self._children.items()):
            code = child.poll()
            if code is not None:
                del self._children[folder]
                words = ending_words(code, _last_output(folder / OUTPUT))
                _log.info("training in %s ended (%d) %s", folder, code, words)
                if words:
                    self._faults[folder] = words
                self._watch.hurry()
                self._show_again()
        if not self._children:
            self._look.stop()
            self._watch.eager = False

    def _show(self, sight: Sight) -> None:
        self._sight = sight
        for run in map(self._known, sight.runs):
            if run.folder in self._stopping:
                self._stop(run)
        self._show_again()

    def _stop(self, run: Run) -> None:
        """Wish it again: one that just starts clears away what was wished before."""
        if not run.live:
            self._stopping.discard(run.folder)
        elif control.wished(run.folder) is None:
            with suppress(OSError):  # told of when it was wished first
                control.ask(run.folder, "stop")

    def _show_again(self) -> None:
        """Show what the folder says, together with what we know of the processes."""
        sight = self._sight
        if sight is None or sight.folder != self._training.runs_folder:
            return
        self._training.show_runs(tuple(self._known(run) for run in sight.runs))
        if sight.course is not None:
            self._training.show_course(sight.course)

    def _known(self, run: Run) -> Run:
        if run.folder in self._children and not run.live:
            # It has not said so yet, or is too busy to.
            return replace(
                run,
                phase="preparing",
                doing="Starting…",
                fault="",
                resumable=False,
                wish="stop" if run.folder in self._stopping else run.wish,
            )
        fault = self._faults.get(run.folder, "")
        if fault and run.phase in {"interrupted", "failed", "preparing"}:
            return replace(run, phase="failed", fault=run_fault(run, fault))
        return run

    def _tell(self, words: str) -> None:
        self._session.messages.error("training", words)


def run_fault(run: Run, ending: str) -> str:
    """What the run itself says of its failure, or else how its process ended."""
    return run.fault if run.phase == "failed" and run.fault else ending


def _spawn(arguments: Sequence[str], output: int) -> "subprocess.Popen[bytes]":
    """A process that outlives this one, and leaves a core to the sound."""
    return subprocess.Popen(
        list(arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=output,
        env={**os.environ, **thread_limits()},
        start_new_session=sys.platform != "win32",
    )


def _last_output(path: Path) -> str:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - READABLE))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
