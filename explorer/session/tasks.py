"""Work that has been asked for and is not finished, by the engine most of all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from psygnal import Signal

from explorer.engine.protocol import Cancel, Command

TaskKind = Literal["model", "song", "export", "folder", "source", "names"]
OWN: tuple[TaskKind, ...] = ("folder", "names")  # of the window, not of the engine


@dataclass(frozen=True, kw_only=True)
class Task:
    """A request under way.

    Attributes
    ----------
    request : int
        Its number.
    path : Path or None
        The file it is about; None: the one that comes with the program.
    label : str
        What is being done, in words.
    fraction : float
        How far it has come, 0 to 1.
    superseded : bool
        True where a later request makes its outcome unwanted.
    """

    request: int
    kind: TaskKind
    path: Path | None
    label: str
    fraction: float = 0.0
    superseded: bool = False


class Tasks:
    """The tasks under way, oldest first."""

    changed = Signal()

    def __init__(self, send: Callable[[Command], None]) -> None:
        self._send = send
        self.running: tuple[Task, ...] = ()
        self._last_request = 0

    @property
    def newest(self) -> Task | None:
        """The task to show, or None."""
        wanted = [task for task in self.running if not task.superseded]
        return wanted[-1] if wanted else None

    def find(self, request: int) -> Task | None:
        """The task of a request, or None where it is over."""
        return next((one for one in self.running if one.request == request), None)

    def busy(self, kind: TaskKind) -> bool:
        """True while a task of this kind is under way."""
        return any(one.kind == kind and not one.superseded for one in self.running)

    def start(self, kind: TaskKind, path: Path | None, label: str) -> Task:
        """A new task, with a number of its own."""
        task = Task(request=self.number(), kind=kind, path=path, label=label)
        self._set((*self.running, task))
        return task

    def number(self) -> int:
        """A number for a request, which no other has had."""
        self._last_request += 1
        return self._last_request

    def advance(self, request: int, fraction: float, label: str) -> None:
        """Say how far a task has come."""
        fraction = min(max(fraction, 0.0), 1.0)
        self._replace(request, lambda one: replace(one, fraction=fraction, label=label))

    def supersede(self, kind: TaskKind) -> tuple[Task, ...]:
        """Mark the tasks of a kind as no longer wanted; gives those that were."""
        outdated = [one for one in self.running if one.kind == kind]
        for task in outdated:
            self._replace(task.request, lambda one: replace(one, superseded=True))
        return tuple(one for one in outdated if not one.superseded)

    def cancel(self, request: int) -> None:
        """Give up a task."""
        task = self.find(request)
        if task is not None and task.kind in OWN:
            self.finish(request)
        else:
            self._send(Cancel(request=request))

    def finish(self, request: int) -> Task | None:
        """Take a task off the list; gives it, or None where it was not there."""
        task = self.find(request)
        self._set(tuple(one for one in self.running if one.request != request))
        return task

    def abandon(self) -> tuple[Task, ...]:
        """Take every task off the list that ends with the engine; gives them."""
        abandoned = tuple(one for one in self.running if one.kind != "names")
        self._set(tuple(one for one in self.running if one.kind == "names"))
        return abandoned

    def _replace(self, request: int, change: Callable[[Task], Task]) -> None:
        running = self.running
        self._set(
            tuple(change(one) if one.request == request else one for one in running)
        )

    def _set(self, running: tuple[Task, ...]) -> None:
        if running != self.running:
            self.running = running
            self.changed.emit()
