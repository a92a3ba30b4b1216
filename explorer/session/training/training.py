"""Everything a person can do about training, in one object that widgets hold."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from psygnal import Signal

from explorer.session.training.course import Course, Watched
from explorer.session.training.forecast import Forecast
from explorer.session.training.plan import Base, Planning
from explorer.session.training.requests import (
    ContinueRun,
    PauseRun,
    ResumeRun,
    StartRun,
    StopRun,
    WatchRuns,
)
from explorer.session.training.runs import Run, Runs
from explorer.session.training.songs import SongChoice

if TYPE_CHECKING:
    from explorer.session.session import Session

NAME_FORMAT = "%Y-%m-%d %H.%M"


def usual_runs_folder() -> Path:
    """Where runs are kept unless another folder is chosen."""
    data = platformdirs.user_data_path("dctvae-explorer", appauthor=False)
    return data / "runs"


class Training:
    """Choosing songs, planning, starting, following and exploring runs.

    It runs nothing itself: what it wants done it says by `requested`.

    Attributes
    ----------
    songs : SongChoice
    planning : Planning
    forecast : Forecast
    runs : Runs
    watched : Watched
    runs_folder : Path
        Where runs are looked for, and new ones made.
    following : bool
        True where the explorer takes up each better model of the run that is heard.
    """

    requested = Signal(object)
    folder_changed = Signal()
    following_changed = Signal()

    def __init__(
        self, session: "Session", clock: Callable[[], float] = time.time
    ) -> None:
        self._session = session
        self._clock = clock
        self.songs = SongChoice(self.requested.emit)
        self.planning = Planning()
        self.forecast = Forecast(self.requested.emit)
        self.runs = Runs()
        self.watched = Watched()
        self.runs_folder = usual_runs_folder()
        self.following = False
        self._watching = False
        self._heard: tuple[Path, int | None] | None = None  # folder, best epoch
        self._to_play: Path | None = None
        self.runs.chosen_changed.connect(self._watch)
        self.runs.changed.connect(self._follow)
        session.point_changed.connect(self._play_heard)
        session.model_changed.connect(self._offer_model)

    # ------------------------------------------------------------ before a run

    @property
    def can_start(self) -> bool:
        """True where there are songs, and no run is under way."""
        return self.songs.usable and not self.runs.live

    def open_page(self) -> None:
        """The person looks at training: find the runs, and what lies in the folders."""
        self.find_runs()
        if self.songs.folders and self.songs.phase == "stopped":
            self.songs.look()

    def find_runs(self) -> None:
        """Look after the runs from now on; one may have been left running."""
        if not self._watching:
            self._watching = True
            self._watch()

    def look_again(self) -> None:
        """Look at the runs now: something has been done to their folders."""
        if self._watching:
            wanted = WatchRuns(folder=self.runs_folder, chosen=self.runs.chosen)
            self.requested.emit(wanted)

    def choose_runs_folder(self, folder: Path) -> None:
        """Keep runs elsewhere."""
        if folder != self.runs_folder:
            self.runs_folder = folder
            self.runs.show(())
            self.runs.choose(None)
            self.folder_changed.emit()
            self._watch()

    def start(self) -> None:
        """Start a run as planned."""
        if not self.can_start:
            return
        self.forecast.forget()  # it would be in the way of the run itself
        out = self._new_folder()
        self.requested.emit(
            StartRun(folders=self.songs.folders, plan=self.planning.plan, out=out)
        )
        self.runs.choose(out)

    # ------------------------------------------------------------ a run

    @property
    def can_go_on_or_rest(self) -> bool:
        """True where the run that is looked at can rest, or go on."""
        run = self.runs.shown
        if run is None:
            return False
        return run.live or (run.resumable and not self.runs.live)

    def go_on_or_rest(self) -> None:
        """Let a run rest that is under way; let any other go on."""
        run = self.runs.shown
        if run is None or not self.can_go_on_or_rest:
            return
        if run.resting:
            self.requested.emit(ContinueRun(folder=run.folder))
        elif run.live:
            self.requested.emit(PauseRun(folder=run.folder))
        else:
            self.requested.emit(ResumeRun(folder=run.folder))

    def stop(self) -> None:
        """End the run that is looked at, and keep its best."""
        run = self.runs.shown
        if run is not None and run.live:
            self.requested.emit(StopRun(folder=run.folder))

    def stop_all(self) -> None:
        """End every run, and keep the best of each."""
        for run in self.runs.live:
            self.requested.emit(StopRun(folder=run.folder))

    def explore(self) -> None:
        """Open the best weights so far in the explorer; the run goes on."""
        run = self.runs.shown
        if run is not None and run.checkpoint is not None:
            self._session.open_model(run.checkpoint)

    def hear(self) -> None:
        """Open the best weights so far and a song that was held out, and play it."""
        run = self.runs.shown
        if run is None or run.checkpoint is None or run.song is None:
            return
        self._heard = (run.folder, run.best_epoch)
        self._to_play = run.song
        self._session.open_model(run.checkpoint)
        song = self._session.song
        if song is None or song.path != run.song:
            self._session.open_song(run.song)

    def set_following(self, following: bool) -> None:
        """Take up each better model of the run that is heard, or stay with this one."""
        if following != self.following:
            self.following = following
            self.following_changed.emit()
            self._follow()

    # ------------------------------------------------------------ the process's side

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """Take over what the runs' folders say; tell of one that has just ended."""
        live = {run.folder for run in self.runs.live}
        self.runs.show(runs)
        for run in runs:
            if run.folder in live and not run.live:
                self._tell_end(run)

    def show_course(self, course: Course) -> None:
        """Take over how a run has gone, unless another is looked at by now."""
        if course.folder == self.runs.chosen:
            self.watched.show(course)

    # ------------------------------------------------------------ inside

    def _tell_end(self, run: Run) -> None:
        """Say so wherever the person is looking now."""
        messages = self._session.messages
        match run.phase:
            case "finished":
                messages.notice("training", f"{run.name} has finished training.")
            case "failed" | "interrupted":
                words = f"{run.name} has stopped training. {run.fault}"
                messages.error("training", words.strip())
            case _:
                pass  # as it was asked to
        if run.phase in {"finished", "stopped"}:
            self._session.naming.offer_for(run)

    def _watch(self) -> None:
        self.watched.show(Course(folder=self.runs.chosen))
        self.look_again()

    def _follow(self) -> None:
        """Open the weights of the run that is heard again, if they are better."""
        if not self.following or self._heard is None:
            return
        folder, epoch = self._heard
        run = self.runs.find(folder)
        if run is None or run.checkpoint is None or run.best_epoch == epoch:
            return
        if not self._session.tasks.busy("model"):
            self._heard = (folder, run.best_epoch)
            self._session.open_model(run.checkpoint)

    def _play_heard(self) -> None:
        song = self._session.song
        if self._to_play is None or song is None or song.path != self._to_play:
            return
        if self._session.ready:
            self._to_play = None
            if not self._session.playback.playing:
                self._session.transport.play()

    def _offer_model(self) -> None:
        """The model that is open can be gone on from."""
        model = self._session.model
        if model is not None:
            base = Base(path=model.path, title=model.title, config=model.config)
            self.planning.offer(base)

    def _new_folder(self) -> Path:
        """A folder that is not there yet, named after the time and the preset."""
        when = time.strftime(NAME_FORMAT, time.localtime(self._clock()))
        name = f"{when} {self.planning.plan.preset}"
        candidate, number = self.runs_folder / name, 2
        while candidate.exists():
            candidate = self.runs_folder / f"{name} {number}"
            number += 1
        return candidate
