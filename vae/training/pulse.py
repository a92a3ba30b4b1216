"""The heartbeat of a run: a thread that keeps `state.json` fresh while it works."""

import threading
import time
from contextlib import suppress
from dataclasses import replace
from types import TracebackType
from typing import Self

from vae.training.folder import RunFolder
from vae.training.status import (
    HEARTBEAT_S,
    State,
    Status,
    read_status,
    write_status,
)


class Pulse:
    """Says what a run is doing, at once when that changes and again while it lasts."""

    def __init__(self, run: RunFolder, epochs: int) -> None:
        self._run = run
        before = read_status(run.path)  # where it is gone on with
        self._status = Status(
            state="preparing",
            sentence="preparing songs",
            epochs_done=0 if before is None else before.epochs_done,
            epochs=epochs,
        )
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="pulse", daemon=True)

    def __enter__(self) -> Self:
        self._write()
        if self._run.writing:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def say(
        self,
        state: State,
        sentence: str,
        *,
        advice: str = "",
        epochs_done: int | None = None,
    ) -> None:
        """The run does something else now."""
        with self._lock:
            done = self._status.epochs_done if epochs_done is None else epochs_done
            self._status = replace(
                self._status,
                state=state,
                sentence=sentence,
                advice=advice,
                epochs_done=done,
            )
        self._write()

    def _beat(self) -> None:
        while not self._over.wait(HEARTBEAT_S):
            self._write()

    def _write(self) -> None:
        """A full disk is told of by what is saved there, not by the heartbeat."""
        if not self._run.writing:
            return
        with self._lock, suppress(OSError):
            write_status(self._run.path, replace(self._status, heartbeat=time.time()))
