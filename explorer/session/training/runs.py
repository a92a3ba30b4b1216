"""The runs there are: under way, resting, finished, failed and interrupted."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psygnal import Signal

Phase = Literal[
    "preparing", "running", "paused", "finished", "stopped", "failed", "interrupted"
]

Wish = Literal["", "pause", "stop"]

LIVE: frozenset[Phase] = frozenset({"preparing", "running", "paused"})
PHASE_WORDS: dict[Phase, str] = {
    "preparing": "Preparing",
    "running": "Training",
    "paused": "Paused",
    "finished": "Finished",
    "stopped": "Stopped, best kept",
    "failed": "Failed",
    "interrupted": "Interrupted",
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run, as its folder tells of it.

    Attributes
    ----------
    folder : Path
    phase : Phase
    preset : str
        "" where that is not known.
    epochs_done, epochs : int
        Whole ones, and how many are wanted.
    best_loss : float or None
        Nats per coefficient on held-out songs of the epoch whose weights are kept;
        lower is better. None before the first.
    best_epoch : int or None
        The epoch it was reached in, from 1.
    changed_s : float
        When its folder last changed, seconds since 1970.
    doing : str
        What it does just now, in words; "" between epochs and when it is over.
    fraction : float
        How far that has come, 0 to 1.
    seconds_left : float or None
        Until the last epoch is over; None where that is not known.
    wish : "pause", "stop" or ""
        What it was asked for, and does as soon as it can; "" where there is nothing.
    fault : str
        What went wrong and what to change, in sentences; "" where nothing did.
    checkpoint : Path or None
        The best weights so far, to be explored; None before the first.
    song : Path or None
        A song that was held out, to be heard through them.
    resumable : bool
        True where it is over and can go on.
    named : bool
        True where the sliders of that model are called after what they do.
    """

    folder: Path
    phase: Phase
    preset: str = ""
    epochs_done: int = 0
    epochs: int = 0
    best_loss: float | None = None
    best_epoch: int | None = None
    changed_s: float = 0.0
    doing: str = ""
    fraction: float = 0.0
    seconds_left: float | None = None
    wish: Wish = ""
    fault: str = ""
    checkpoint: Path | None = None
    song: Path | None = None
    resumable: bool = False
    named: bool = False

    @property
    def name(self) -> str:
        """What it is called: the name of its folder."""
        return self.folder.name

    @property
    def phase_words(self) -> str:
        """What it is at, in a word or two."""
        if self.phase == "stopped" and self.best_loss is None:
            return "Stopped"
        return PHASE_WORDS[self.phase]

    @property
    def live(self) -> bool:
        """True where a process is at it."""
        return self.phase in LIVE

    @property
    def nameless(self) -> bool:
        """True where it is over, and has left a model without names for its sliders."""
        return self.checkpoint is not None and not self.named and not self.live

    @property
    def resting(self) -> bool:
        """True where it is paused, or will be."""
        return self.phase == "paused" or (self.live and self.wish == "pause")

    @property
    def share(self) -> float:
        """How far it has come, 0 to 1."""
        return min(self.epochs_done / self.epochs, 1.0) if self.epochs else 0.0


class Runs:
    """The runs in one folder, the newest first, and the one that is looked at.

    Attributes
    ----------
    all : tuple of Run
    chosen : Path or None
        The folder of the run that is looked at.
    """

    changed = Signal()  # any of them
    chosen_changed = Signal()

    def __init__(self) -> None:
        self.all: tuple[Run, ...] = ()
        self.chosen: Path | None = None

    @property
    def shown(self) -> Run | None:
        """The run that is looked at."""
        return self.find(self.chosen)

    @property
    def live(self) -> tuple[Run, ...]:
        """The runs that a process is at."""
        return tuple(one for one in self.all if one.live)

    def find(self, folder: Path | None) -> Run | None:
        """The run of a folder, or None."""
        return next((one for one in self.all if one.folder == folder), None)

    def choose(self, folder: Path | None) -> None:
        """Look at another run."""
        if folder != self.chosen:
            self.chosen = folder
            self.chosen_changed.emit()

    def show(self, runs: tuple[Run, ...]) -> None:
        """Take over what their folders say."""
        runs = tuple(sorted(runs, key=lambda one: (-one.changed_s, one.name)))
        if runs == self.all:
            return
        self.all = runs
        self.changed.emit()
        if self.shown is None:
            self.choose(_of_interest(runs))


def _of_interest(runs: tuple[Run, ...]) -> Path | None:
    """A run that is under way, or else the newest."""
    live = [one for one in runs if one.live]
    first = (*live, *runs)[:1]
    return first[0].folder if first else None
