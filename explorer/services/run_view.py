"""One run folder as the session sees it: what was written there, made into facts.

Letters: n epochs, L latent size.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from explorer.session.training.course import Baseline, Course, Curve, Pictures
from explorer.session.training.runs import Run, Wish
from vae.errors import CheckpointError, TrainingError
from vae.latents.names_file import read_names
from vae.training import control
from vae.training.options import Options
from vae.training.reader import BEST, LOG, MODEL, RunReader
from vae.training.records import (
    Axes,
    Baselines,
    End,
    Epoch,
    Line,
    Picture,
    Preparation,
    Recovery,
    Start,
)
from vae.training.status import NAME as STATUS
from vae.training.status import Status

BUSY = ("preparing", "running")
INTERRUPTED = (
    "It ended without a word: the machine was switched off, or the system stopped it, "
    "perhaps for want of memory. It can go on from its last whole epoch; if it ends so "
    "again, begin another with half the batch."
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look at a run folder gave."""

    run: Run
    course: Course


class RunView:
    """Reads a run folder bit by bit, and keeps what of it is drawn.

    Parameters
    ----------
    folder : Path
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._reader = RunReader(folder)
        self._options: Options | None = None
        self._fault = ""  # why the options cannot be read
        self._read: tuple[float, ...] = ()
        self._look: Look | None = None
        self._forget()

    def look(self) -> Look:
        """What the folder says now; the same as before where nothing was written."""
        files = (STATUS, LOG, control.NAME, MODEL, BEST)
        written = tuple(_changed(self.folder / name) for name in files)
        status = self._reader.status()
        live = status is not None and status.alive
        if (
            self._look is not None
            and written == self._read
            and self._look.run.live == live
        ):
            return self._look
        self._read = written
        self._read_options()
        news = self._reader.news()
        if news.restarted:
            self._forget()
        for line in news.lines:
            self._take(line)
        changed_s = max(written[:-2])  # a model that is given names is no other one
        self._look = Look(run=self._run(status, changed_s), course=self._course())
        return self._look

    def _forget(self) -> None:
        self._epochs: list[Epoch] = []
        self._start: Start | None = None
        self._preparation: Preparation | None = None
        self._baselines: Baselines | None = None
        self._axes: Axes | None = None
        self._picture: Picture | None = None
        self._recovery: Recovery | None = None
        self._end: End | None = None

    def _read_options(self) -> None:
        if self._options is None:
            try:
                self._options = self._reader.options()
                self._fault = ""
            except TrainingError as error:
                self._fault = f"{error}."

    def _take(self, line: Line) -> None:
        match line.record:
            case Preparation():
                self._preparation = line.record
            case Start():
                self._start, self._end, self._preparation = line.record, None, None
            case Baselines():
                self._baselines = line.record
            case Epoch():
                self._epochs.append(line.record)
                self._preparation = None
            case Axes():
                self._axes = line.record
            case Picture():
                self._picture = line.record
            case Recovery():
                self._recovery = line.record
            case End():
                self._end = line.record
            case _:
                pass

    def _run(self, status: Status | None, changed_s: float) -> Run:
        options = self._options
        best = next((one for one in reversed(self._epochs) if one.best), None)
        left_s = self._epochs[-1].left_s if self._epochs else None
        seen = status.seen if status is not None else "interrupted"
        begun = self._preparation
        return Run(
            folder=self.folder,
            phase=seen,
            epochs_done=status.epochs_done if status else 0,
            epochs=options.train.epochs if options else 0,
            best_loss=best.validation.nats if best else None,
            best_epoch=best.epoch + 1 if best else None,
            changed_s=changed_s,
            doing=_sentence(begun.stage) if begun and seen in BUSY else "",
            fraction=begun.share if begun else 0.0,
            seconds_left=left_s or None,  # what follows the last epoch is not counted
            wish=self._wish(status),
            fault=self._fault or self._words(status),
            checkpoint=self._reader.best_model(),
            song=_first_song(self._start),
            resumable=self._reader.is_resumable(),
            named=self._is_named(),
        )

    def _is_named(self) -> bool:
        """Whether the model that is kept says what its sliders do."""
        model = self._reader.best_model()
        try:
            return model is not None and bool(read_names(model).traits)
        except CheckpointError:
            return False

    def _wish(self, status: Status | None) -> Wish:
        """What waits for the process to come to it."""
        wish = control.wished(self.folder)
        if status is None or not status.alive or wish == "resume":
            return ""
        if wish is None or (wish == "pause" and status.seen == "paused"):
            return ""
        return wish

    def _words(self, status: Status | None) -> str:
        """What went wrong, and what to change; "" where nothing did."""
        if status is None:
            return INTERRUPTED
        if status.seen == "interrupted":
            return INTERRUPTED
        if status.state == "failed":
            return " ".join(
                _sentence(one) + "." * (not one.endswith("."))
                for one in (status.sentence, status.advice)
                if one
            )
        if self._recovery is not None and status.alive:
            return (
                f"{_sentence(self._recovery.reason).rstrip('.')}; training went back "
                f"to epoch {self._recovery.epoch + 1} and goes on with a learning rate "
                f"of {self._recovery.learning_rate:.2g}."
            )
        return ""

    def _course(self) -> Course:
        epochs = np.array([one.epoch + 1.0 for one in self._epochs])
        last = self._epochs[-1] if self._epochs else None
        return Course(
            folder=self.folder,
            training=Curve(
                epochs=epochs,
                values=np.array([one.training.nats for one in self._epochs]),
            ),
            validation=Curve(
                epochs=epochs,
                values=np.array([one.validation.nats for one in self._epochs]),
            ),
            best_epoch=next(
                (e.epoch + 1 for e in reversed(self._epochs) if e.best), None
            ),
            baselines=_baselines(self._baselines),
            usage=np.array(last.kl_per_latent if last else ()),
            live_axes=self._axes.live if self._axes else None,
            participation_ratio=last.participation_ratio if last else None,
            samples_per_s=last.samples_per_s if last else None,
            device_memory_bytes=(last.device_memory or None) if last else None,
            pictures=self._pictures(),
        )

    def _pictures(self) -> Pictures | None:
        one = self._picture
        if one is None:
            return None
        return Pictures(
            epoch=one.epoch + 1,
            title=one.title,
            original=self.folder / one.original,
            reconstruction=self.folder / one.reconstruction,
        )


def _baselines(found: Baselines | None) -> tuple[Baseline, ...]:
    if found is None:
        return ()
    return (
        Baseline(name="mean spectrum", nats=found.mean_spectrum),
        Baseline(
            name=f"{found.component_count} principal components", nats=found.components
        ),
    )


def _first_song(start: Start | None) -> Path | None:
    """The first held-out song that is still there."""
    paths = (Path(one) for one in start.validation_paths) if start else ()
    return next((one for one in paths if one.is_file()), None)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
