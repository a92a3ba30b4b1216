"""What the session wants of the processes that look at songs, and of those that train.

As frozen values, which whoever runs the processes hears by `Training.requested`.
"""

from dataclasses import dataclass
from pathlib import Path

from explorer.session.training.plan import Plan


@dataclass(frozen=True, kw_only=True)
class LookAtSongs:
    """See what lies in some folders, instead of any look under way."""

    folders: tuple[Path, ...]


@dataclass(frozen=True)
class StopLooking:
    """Give that up."""


@dataclass(frozen=True, kw_only=True)
class Rehearse:
    """Find out how long a plan takes and what memory it needs."""

    plan: Plan


@dataclass(frozen=True)
class StopRehearsing:
    """Give that up."""


@dataclass(frozen=True, kw_only=True)
class StartRun:
    """Train on some folders, into a new folder."""

    folders: tuple[Path, ...]
    plan: Plan
    out: Path


@dataclass(frozen=True, kw_only=True)
class ResumeRun:
    """Go on with a run that is not under way."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class PauseRun:
    """Let a run rest after the step it is at."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class ContinueRun:
    """Let a resting run go on."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class StopRun:
    """End a run after the step it is at, and keep its best."""

    folder: Path


@dataclass(frozen=True, kw_only=True)
class WatchRuns:
    """Look after the runs in a folder from now on, above all after one of them."""

    folder: Path
    chosen: Path | None


Request = (
    LookAtSongs
    | StopLooking
    | Rehearse
    | StopRehearsing
    | StartRun
    | ResumeRun
    | PauseRun
    | ContinueRun
    | StopRun
    | WatchRuns
)
