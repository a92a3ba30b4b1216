"""A progress bar in the terminal, for what takes longer than two seconds."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

PATIENCE_S = 2.0  # before anything is shown

Told = Callable[[str, float], None]  # what is being done, and the share of it done


class ProgressBar:
    """Shows what is being done and the share of it done; on stderr, if a terminal.

    Call it with a label and a share of 0 to 1; a new label starts a new bar.
    """

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._begun = time.monotonic()
        self._visible = sys.stderr.isatty()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._label = ""
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._progress.stop()

    def __call__(self, label: str, share: float) -> None:
        """Show this label and share, 0 to 1."""
        if not self._visible or time.monotonic() - self._begun < PATIENCE_S:
            return
        self._progress.start()
        if self._task is None or label != self._label:
            if self._task is not None:
                self._progress.remove_task(self._task)
            self._task = self._progress.add_task(label, total=1.0)
            self._label = label
        self._progress.update(self._task, completed=share)

    def say(self, line: str) -> None:
        """Print a line on stderr, above the bar."""
        self._progress.console.print(
            line, highlight=False, markup=False, soft_wrap=True
        )
