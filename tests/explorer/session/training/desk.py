"""A session, and a record of what its training wants to be done."""

from pathlib import Path
from typing import TypeVar

from explorer.session.session import Session
from explorer.session.training.requests import Request
from explorer.session.training.runs import Run
from explorer.session.training.songs import Found
from explorer.session.training.training import Training

Kind = TypeVar("Kind", bound=Request)

MUSIC = Path("/music/jazz")
FOUND = Found(songs=12, seconds=1_800.0, refused=())


class Desk:
    """What a process would hear, and what it would answer."""

    def __init__(self, session: Session) -> None:
        self.training: Training = session.training
        self.heard: list[Request] = []
        self.training.requested.connect(self.heard.append)

    def of_kind(self, kind: type[Kind]) -> list[Kind]:
        """The requests of a kind, oldest first."""
        return [one for one in self.heard if isinstance(one, kind)]

    def find_songs(self, found: Found = FOUND) -> None:
        """A folder is chosen and looked at."""
        self.training.songs.add([MUSIC])
        self.training.songs.take(found)


def a_run(name: str = "run", **facts: object) -> Run:
    """A run that is under way, but for what is said of it."""
    usual: dict[str, object] = {
        "folder": Path("/runs") / name,
        "phase": "running",
        "epochs": 20,
        "epochs_done": 3,
        "changed_s": 1_000.0,
    }
    return Run(**{**usual, **facts})  # type: ignore[arg-type]  # fields of any type
