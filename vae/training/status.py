"""`state.json` of a run folder: what the run is doing now, and whether it still lives.

The process that trains writes the file again every few seconds, so that one that was
killed is told from one that is busy.
"""

import dataclasses
import json
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from vae.files import write_bytes

NAME = "state.json"
HEARTBEAT_S = 2.0  # between two writes
SILENCE_S = 60.0  # after which a process is taken for dead, whatever its number says

State = Literal["preparing", "running", "paused", "stopped", "finished", "failed"]
Seen = Literal[State, "interrupted"]
ENDED = ("stopped", "finished", "failed")


@dataclass(frozen=True, kw_only=True)
class Status:
    """What a run is doing."""

    state: State
    sentence: str  # the same in words, for a person
    advice: str = ""  # what to change, where it failed
    epochs_done: int = 0
    epochs: int = 0
    pid: int = dataclasses.field(default_factory=os.getpid)
    host: str = dataclasses.field(default_factory=socket.gethostname)
    heartbeat: float = dataclasses.field(default_factory=time.time)  # since 1970, s

    @property
    def ended(self) -> bool:
        """True where the process said that it is done."""
        return self.state in ENDED

    @property
    def alive(self) -> bool:
        """True while a process works, or waits, on this run."""
        if self.ended or abs(time.time() - self.heartbeat) > SILENCE_S:
            return False  # also where the clock was set back meanwhile
        return self.host != socket.gethostname() or _exists(self.pid)

    @property
    def seen(self) -> Seen:
        """The state, or "interrupted" where the process has gone without a word."""
        return self.state if self.ended or self.alive else "interrupted"


def write_status(folder: Path, status: Status) -> None:
    """Replace the file.

    Raises
    ------
    OSError
        The folder cannot be written, or the disk is full.
    """
    text = json.dumps(dataclasses.asdict(status), indent=2) + "\n"
    write_bytes(folder / NAME, text.encode(), durable=False)


def read_status(folder: Path) -> Status | None:
    """What the run in a folder is doing; None where nothing readable says."""
    try:
        values = json.loads((folder / NAME).read_text())
        known = {field.name for field in dataclasses.fields(Status)}
        status = Status(**{n: v for n, v in values.items() if n in known})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return status if status.state in get_args(State) else None


def _exists(pid: int) -> bool:
    """Whether a process of this machine has the number."""
    if os.name == "nt":  # signal 0 would end it there; the heartbeat has to do
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
