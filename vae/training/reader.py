"""A run folder as another process sees it, while it is written or long after.

Nothing here imports torch: a window may use it.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vae.training import status as status_file
from vae.training.options import OPTIONS, Options
from vae.training.records import Epoch, Line, Record, from_line
from vae.training.status import Status

LOG, BASE, BEST, LAST, MODEL, PICTURES = (
    "log.jsonl",
    "base.safetensors",
    "best.safetensors",
    "last.safetensors",
    "model.safetensors",
    "pictures",
)


@dataclass(frozen=True, kw_only=True)
class News:
    """What a look at the log gave."""

    lines: tuple[Line, ...]  # since the last look
    restarted: bool  # the log was cut back: `lines` begin at its start again


class RunReader:
    """One run folder, read bit by bit; remembers how far it has read the log."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._offset = 0
        self._inode = -1

    def best_model(self) -> Path | None:
        """The model to explore now: the finished one, else the best so far."""
        for name in (MODEL, BEST):
            if (self.path / name).exists():
                return self.path / name
        return None

    def is_resumable(self) -> bool:
        """True where a run is waiting to be gone on with."""
        status = self.status()
        if status is not None and (status.alive or status.state == "finished"):
            return False
        return (self.path / OPTIONS).exists()

    def options(self) -> Options:
        """What the run was asked to do.

        Raises
        ------
        TrainingError
            There is no run here, or its options are damaged.
        """
        return Options.read(self.path)

    def status(self) -> Status | None:
        """What the run is doing; None where it has not said anything."""
        return status_file.read_status(self.path)

    def news(self) -> News:
        """The whole lines of the log that this reader has not given yet.

        A resumed run takes back what it said of epochs that are trained again: the log
        is then given from its start.
        """
        try:
            with (self.path / LOG).open("rb") as file:
                found = os.fstat(file.fileno())
                replaced = self._inode not in (-1, found.st_ino)
                restarted = replaced or found.st_size < self._offset
                if restarted:
                    self._offset = 0
                self._inode = found.st_ino
                file.seek(self._offset)
                text = file.read()
        except OSError:
            return News(lines=(), restarted=False)
        whole = text[: text.rfind(b"\n") + 1]
        self._offset += len(whole)
        return News(lines=_parsed(whole), restarted=restarted)


def read_log(path: Path) -> tuple[Record, ...]:
    """Every record in the log of a run folder."""
    return tuple(line.record for line in RunReader(path).news().lines)


def best_epoch(records: Sequence[Record]) -> Epoch | None:
    """The epoch whose weights are kept."""
    best = [record for record in records if isinstance(record, Epoch) and record.best]
    return best[-1] if best else None


def find_runs(folder: Path) -> list[Path]:
    """The run folders right below a folder, the newest first."""
    try:
        found = [path for path in folder.iterdir() if (path / OPTIONS).is_file()]
        return sorted(found, key=lambda path: -(path / OPTIONS).stat().st_mtime)
    except OSError:
        return []


def _parsed(text: bytes) -> tuple[Line, ...]:
    """Damaged lines, and those of kinds not known here, are passed over."""
    lines = []
    for raw in text.splitlines():
        try:
            line = from_line(raw.decode())
        except (ValueError, KeyError, TypeError):
            continue
        if line is not None:
            lines.append(line)
    return tuple(lines)
