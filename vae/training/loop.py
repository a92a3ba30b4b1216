"""The training loop: songs in, a model out, all of it in a run folder."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch

from vae.checkpoint import Checkpoint, load_checkpoint
from vae.dataset import Dataset
from vae.errors import TrainingError
from vae.training import schedule
from vae.training.baselines import measure_baselines
from vae.training.device import choose_device, device_name, most_memory
from vae.training.ending import ending
from vae.training.figures import Astray, mean_losses
from vae.training.folder import Progress, RunFolder
from vae.training.journal import Journal
from vae.training.memory import hold_memory
from vae.training.naming import leave_unnamed, name_sliders, save_model
from vae.training.obedience import Obedience, Stopped
from vae.training.options import Options
from vae.training.outcome import outcome
from vae.training.pace import Pace
from vae.training.portrait import portray
from vae.training.processes import Processes, join_processes
from vae.training.pulse import Pulse
from vae.training.records import (
    Epoch,
    Losses,
    Record,
    Recovery,
    Refused,
    Start,
    Step,
)
from vae.training.saving import Saving
from vae.training.snapshot import restore, snapshot
from vae.training.songs import songs_of
from vae.training.trainer import Trainer
from vae.training.watch import Watch

MOST_TURNS = 3  # times that training is taken up again after it went astray


def train(
    options: Options,
    run: RunFolder,
    *,
    resume: bool = False,
    cache: Path | None = None,
    names: bool = False,
    listen: Callable[[Record], None] | None = None,
) -> Checkpoint:
    """Train a model on folders of songs, and leave it in a run folder.

    Parameters
    ----------
    options : Options
    run : RunFolder
        New, or with `resume` one that was begun with the same options.
    resume : bool
        Go on after the last whole epoch.
    cache : Path, optional
        Where coefficients are cached.
    names : bool
        Find out what the sliders of the model do, once it is there.
    listen : callable, optional
        Called with each record that goes into the log; may raise to break off.

    Returns
    -------
    Checkpoint
        The best epoch's weights with the basis of all songs.

    Raises
    ------
    DatasetError, TrainingError, CheckpointError
    """
    device = choose_device(options.train.device)
    hold_memory()
    together = join_processes(device.type)
    device = choose_device(options.train.device, together.local_rank)
    run = RunFolder(run.path, writing=run.writing and together.leads)
    journal = Journal(run, listen)
    with Pulse(run, options.train.epochs) as pulse:
        loop = Loop(options, run, journal, pulse, together)
        with ending(journal, pulse, lambda: loop.progress) as end_as:
            loop.prepare(device, resume=resume, cache=cache)
            try:
                while loop.progress.epochs_done < options.train.epochs:
                    loop.epoch()
            except Stopped:
                end_as("stopped")
                names = False
            loop.finish()
            return loop.model(names=names)


class Loop:
    """One run from its songs to its model."""

    def __init__(
        self,
        options: Options,
        run: RunFolder,
        journal: Journal,
        pulse: Pulse,
        together: Processes,
    ) -> None:
        self.options = options
        self.run = run
        self.journal = journal
        self.pulse = pulse
        self.together = together
        self.progress = Progress()
        self._watch = Watch()
        self._pace = Pace()
        self._obedience = Obedience(run, together, pulse, self._pace)

    def prepare(
        self, device: torch.device, *, resume: bool, cache: Path | None
    ) -> None:
        """Everything before the first step: songs, network, where to go on."""
        self.options.check(self.together.count)  # before songs are prepared in vain
        self._saving = Saving(beside=device.type == "cuda")
        dataset, self.split = songs_of(self.options, cache, self.journal, self.together)
        self.journal.prepared("measuring the songs", 0, 1)
        base = self.together.told(self._base() if self.together.leads else None)
        self.trainer = Trainer(self.options, self.split, device, self.together, base)
        if resume and self.together.told(self.run.holds_state):
            self._go_back()
            self.journal.take_back(self.progress.epochs_done)
        else:
            self.trainer.start(self.journal.shares("fitting the dictionary"))
            self._save_last(self.progress)
        self.journal.tell(
            *(Refused(path=str(r.path), reason=r.reason) for r in dataset.refused),
            self._start(dataset, device),
        )
        if self.progress.epochs_done == 0 and self.run.writing:
            self.journal.tell(measure_baselines(self.trainer))
        self.pulse.say("running", "training", epochs_done=self.progress.epochs_done)

    def epoch(self) -> None:
        """Train, validate, save and tell one epoch; go back if it leads astray."""
        epoch = self.progress.epochs_done
        begun = time.monotonic()
        try:
            training = self._trained(epoch)
        except Astray as astray:
            self._recover(str(astray))
            return
        trained_s = time.monotonic() - begun
        validation = self.trainer.validate()
        best = validation.losses.loss < self.progress.best_loss
        progress = replace(
            self.progress,
            epochs_done=epoch + 1,
            steps_done=self.progress.steps_done + self.trainer.steps_per_epoch,
            best_loss=validation.losses.loss if best else self.progress.best_loss,
            best_epoch=epoch if best else self.progress.best_epoch,
        )
        if best:
            self._save_best(epoch=epoch)
        elapsed_s = time.monotonic() - begun
        left = self.options.train.epochs - progress.epochs_done
        self.journal.tell(
            Epoch(
                epoch=epoch,
                training=training,
                validation=validation.losses,
                kl_per_latent=validation.kl_per_latent,
                variance_per_latent=validation.variance_per_latent,
                participation_ratio=validation.participation_ratio,
                beta=schedule.beta(self.options.train, epoch),
                learning_rate=schedule.learning_rate(
                    self.options.train, epoch + 1, self.progress.turns
                ),
                samples_per_s=self.options.train.samples_per_epoch / trained_s,
                elapsed_s=elapsed_s,
                left_s=left * self._pace.usual(elapsed_s),
                device_memory=most_memory(self.trainer.device),
                best=best,
            )
        )
        if self.run.writing and self._looks_closer(epoch):
            portray(self.trainer, self.run, self.journal, epoch)
        self._save_last(progress)
        self.progress = progress
        self.pulse.say("running", "training", epochs_done=progress.epochs_done)

    def finish(self) -> None:
        """The best weights, with what they make of every training song; saved."""
        self._saving.wait()
        if not self.run.best.exists():
            self._save_best(epoch=self.progress.epochs_done)
        self.together.wait()
        finished = outcome(
            load_checkpoint(self.run.best),
            self.split.training,
            folders=self.options.folders,
            title=self.run.path.resolve().name,
            journal=self.journal,
        )
        if self.run.writing:
            save_model(self.run.model, finished)
        self.together.wait()

    def model(self, *, names: bool) -> Checkpoint:
        """The finished model; its sliders are named first, where that is wanted."""
        if self.run.writing:
            has_names = bool(load_checkpoint(self.run.model).traits)
            if names and not has_names:
                name_sliders(self.run, self.split, self.journal, self.pulse)
            elif not has_names:
                leave_unnamed(self.journal, "it was not asked to look for them")
        self.together.wait()
        return load_checkpoint(self.run.model)

    def _trained(self, epoch: int) -> Losses:
        steps: list[Step] = []
        for some in self.trainer.train_epoch(epoch, self.progress.turns):
            steps += some
            self.journal.tell(*some)
            for step in some:
                self._watch.see(step)
            self._obedience.obey()
        return mean_losses(steps, self.options.train, self.trainer.coefficients)

    def _looks_closer(self, epoch: int) -> bool:
        every, epochs = self.options.train.picture_epochs, self.options.train.epochs
        return epoch % every == every - 1 or epoch in (0, epochs - 1)

    def _recover(self, reason: str) -> None:
        """Back to the last good state, with a smaller step."""
        turns = self.progress.turns + 1
        if turns > MOST_TURNS:
            raise TrainingError(
                f"{reason}, for the {turns}th time; training was given up",
                "try a learning rate below "
                f"{schedule.highest_rate(self.options.train, turns - 1):.2g}",
            )
        self._go_back()
        self.progress = replace(self.progress, turns=turns)
        self._watch = Watch()
        self.journal.tell(
            Recovery(
                epoch=self.progress.epochs_done,
                turn=turns,
                reason=reason,
                learning_rate=schedule.highest_rate(self.options.train, turns),
            )
        )

    def _go_back(self) -> None:
        self._saving.wait()
        loaded = self.run.load_last() if self.together.leads else ({}, Progress())
        tensors, progress = self.together.told(loaded)
        restore(self.trainer, tensors)
        self.progress = progress

    def _save_best(self, **training: object) -> None:
        checkpoint = self.trainer.checkpoint(**training)
        if not self.run.writing:
            return
        self._saving.save("best", partial(self.run.save_best, checkpoint))
        if self.progress.best_epoch < 0:
            self._saving.wait()  # it is the first, and others look for it once told

    def _save_last(self, progress: Progress) -> None:
        if not self.run.writing:
            return
        tensors = snapshot(self.trainer, lasting=self._saving.beside)
        self._saving.save("last", partial(self.run.save_last, tensors, progress))

    def _base(self) -> Checkpoint | None:
        """The model whose weights are gone on from, if any."""
        path = self.options.base
        return None if path is None else self.run.load_base(path)

    def _start(self, dataset: Dataset, device: torch.device) -> Start:
        frame_s = self.options.model.transform.frame_s
        return Start(
            first_epoch=self.progress.epochs_done,
            epochs=self.options.train.epochs,
            steps_per_epoch=self.trainer.steps_per_epoch,
            device=device.type,
            device_name=device_name(device),
            threads=torch.get_num_threads(),
            processes=self.together.count,
            parameters=self.trainer.model.parameter_count,
            training_songs=len(self.split.training),
            validation_songs=len(self.split.validation),
            minutes=sum(song.frames for song in dataset.songs) * frame_s / 60,
            validation_paths=tuple(str(song.path) for song in self.split.validation),
        )
