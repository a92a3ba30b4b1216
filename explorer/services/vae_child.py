"""One `dctvae` command in a process of its own, which never gets in the way."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from explorer.services.train_words import last_words

NICE = 10  # below the window, the engine and its painter
READABLE = 20_000  # bytes of what it says of its failure
KILLED = "The system stopped it, most likely because memory ran out."
EXPENDABLE = "500"  # of 1000: the system ends it before it ends others
ENDING_MS = 2_000  # for a killed process to be gone

Record = Mapping[str, Any]


def command(*arguments: str) -> list[str]:
    """The program and its arguments that run a `dctvae` command here."""
    return [sys.executable, "-m", "vae", *arguments]


def step_back(process_id: int) -> None:
    """Let a process have only the time that the window and the sound have no use for.

    Where memory runs out, it is the first to go.
    """
    if sys.platform != "win32":
        with suppress(OSError):  # it is over already
            os.setpriority(os.PRIO_PROCESS, process_id, NICE)
    if sys.platform == "linux":
        with suppress(OSError):
            Path(f"/proc/{process_id}/oom_score_adj").write_text(EXPENDABLE)


def thread_limits() -> dict[str, str]:
    """The environment in which torch leaves a core to the sound."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    threads = str(max(1, cores - 1))
    return {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}


class VaeChild(QObject):
    """Runs one command, tells of each JSON line it prints, and how it ended.

    Signals
    -------
    told : dict
        One line.
    ended : str
        "" where it went well, or else why not, in a sentence.
    """

    told = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QObject, arguments: Sequence[str]) -> None:
        super().__init__(parent)
        self._rest = b""
        self._faults = b""
        self._given_up = False
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name, value in thread_limits().items():
            environment.insert(name, value)
        self._process.setProcessEnvironment(environment)
        program, *rest = command(*arguments)
        self._process.setProgram(program)
        self._process.setArguments(rest)
        self._process.started.connect(self._begin)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_faults)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail)

    def start(self) -> None:
        """Begin."""
        self._process.start()

    def give_up(self) -> None:
        """End it now; nothing more is told of it."""
        self._given_up = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(ENDING_MS)
        self.deleteLater()

    def _begin(self) -> None:
        step_back(self._process.processId())

    def _read(self) -> None:
        self._rest += self._process.readAllStandardOutput().data()
        *lines, self._rest = self._rest.split(b"\n")
        for line in lines:
            with suppress(ValueError):  # not for us
                record = json.loads(line)
                if isinstance(record, dict) and not self._given_up:
                    self.told.emit(record)

    def _read_faults(self) -> None:
        self._faults += self._process.readAllStandardError().data()
        self._faults = self._faults[-READABLE:]

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._read_faults()
        if self._given_up:
            return
        if code == 0 and status == QProcess.ExitStatus.NormalExit:
            self.ended.emit("")
        else:
            output = self._faults.decode(errors="replace")
            self.ended.emit(last_words(output) or KILLED)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and not self._given_up:
            self.ended.emit(f"{sys.executable} cannot be started.")
