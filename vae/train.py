"""The training loop.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, J templates.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from vae import likelihood
from vae.checkpoint import (
    Checkpoint,
    Statistics,
    TrainingSong,
    load_checkpoint,
    save_checkpoint,
)
from vae.codec import Codec
from vae.config import DeviceName
from vae.dataset import (
    Split,
    corpus_statistics,
    load_dataset,
    random_batches,
    stretch,
)
from vae.errors import TrainingError
from vae.latents import fit_basis
from vae.model import Posterior, Vae
from vae.run import Options, Progress, RunFolder
from vae.warm_start import warm_start

Told = Callable[[str, float], None]  # what is being done, and the share of it done


@dataclass(frozen=True, kw_only=True)
class Losses:
    """Means over some images."""

    loss: float  # nats + beta · kl_nats / (C·F·K) + penalty
    nats: float  # per coefficient
    kl_nats: float  # per image, over all latents
    participation_ratio: float  # of the latents' covariance, 1 to L


@dataclass(frozen=True, kw_only=True)
class EpochReport:
    """What one epoch gave."""

    epoch: int  # from 0
    training: Losses
    validation: Losses  # beta at its full weight, so that epochs compare
    beta: float
    learning_rate: float
    samples_per_s: float
    elapsed_s: float
    best: bool  # the lowest validation loss so far


def train(
    options: Options,
    run: RunFolder,
    *,
    resume: bool = False,
    cache: Path | None = None,
    report: Callable[[EpochReport], None] | None = None,
    told: Told | None = None,
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
    report : callable, optional
        Called after each epoch.
    told : callable, optional
        Called with what is being done and the share done; may raise to stop.

    Returns
    -------
    Checkpoint
        The best epoch's weights with the basis of all songs.

    Raises
    ------
    DatasetError, TrainingError, CheckpointError
    """
    told = told or (lambda _label, _share: None)
    dataset = load_dataset(
        options.folders,
        options.model.transform,
        cache=cache,
        progress=lambda share: told("preparing songs", share),
    )
    split = dataset.split(options.train.validation_fraction, options.train.seed)
    trainer = Trainer(options, split)
    if resume and run.holds_state:
        progress = run.load_state(trainer.model, trainer.optimizer)
    else:
        trainer.start(lambda share: told("fitting the dictionary", share))
        progress = Progress()
    while progress.epochs_done < options.train.epochs:
        progress = _epoch(trainer, run, progress, report, told)
    best = load_checkpoint(run.best) if run.best.exists() else trainer.checkpoint(())
    return _finish(best, split, run, told)


class Trainer:
    """Model, optimiser and data of one run."""

    def __init__(self, options: Options, split: Split) -> None:
        config = options.train
        torch.manual_seed(config.seed)
        self.options = options
        self.split = split
        self.device = choose_device(config.device)
        scale, correlation = corpus_statistics(split.training)
        self.statistics = Statistics(scale=scale, correlation=correlation)
        self.model = Vae(options.model).to(self.device)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(),
            lr=config.learning_rate,
            weight_decay=config.weight_decay,
        )
        self._scale = torch.from_numpy(scale).to(self.device)

    def start(self, progress: Callable[[float], None]) -> None:
        """Begin where linear methods end, if the network can."""
        warm_start(
            self.model,
            self.split.training,
            self._scale,
            self.options.train,
            progress,
        )

    def train_epoch(self, epoch: int, told: Callable[[float], None]) -> Losses:
        """One pass over `samples_per_epoch` random images."""
        config = self.options.train
        torch.manual_seed(config.seed * 1_000_003 + epoch)
        batches = random_batches(
            self.split.training,
            frames=self.options.model.frames,
            samples=config.samples_per_epoch,
            batch_size=config.batch_size,
            rng=np.random.default_rng([config.seed, epoch]),
        )
        steps = math.ceil(config.samples_per_epoch / config.batch_size)
        self.model.train()
        if epoch >= config.norm_epochs:
            for module in self.model.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.eval()
        gathered = _Gathered(self._coefficients)
        for step, batch in enumerate(batches):
            self._set_learning_rate(epoch + step / steps)
            u = self._image(batch)
            spectrum, posterior = self.model(u)
            gathered.add(likelihood.nats(u, spectrum), posterior, len(u))
            loss = gathered.last_loss(self.beta(epoch))
            if config.covariance_penalty > 0 and self._covariance_known(posterior):
                distance = likelihood.covariance_distance(posterior)
                loss = loss + config.covariance_penalty * distance
            self._step(loss, epoch)
            told((step + 1) / steps)
        return gathered.losses(self.beta(epoch))

    def validate(self) -> tuple[Losses, list[np.ndarray]]:
        """The held-out songs, a stretch from the middle of each, and their paths."""
        self.model.eval()
        gathered = _Gathered(self._coefficients)
        paths = []
        frames = self.options.model.frames
        with torch.inference_mode():
            for song in self.split.validation:
                start = max(0, (song.frames - frames) // 2)
                u = self._image(stretch(song, start, frames)[None])
                posterior = self.model.encoder(u)
                spectrum = self.model.decoder(posterior.mu)
                gathered.add(likelihood.nats(u, spectrum), posterior, 1)
                paths.append(posterior.mu[0].T.cpu().numpy())
        return gathered.losses(self.options.train.beta), paths

    def beta(self, epoch: int) -> float:
        """Weight of the KL term, rising from 0."""
        config = self.options.train
        return config.beta * min(1.0, epoch / max(1, config.beta_warmup_epochs))

    @property
    def learning_rate(self) -> float:
        """Of the last step."""
        return float(self.optimizer.param_groups[0]["lr"])

    def checkpoint(self, paths: Sequence[np.ndarray], **training: object) -> Checkpoint:
        """The present weights, with a provisional basis from some paths."""
        latent_size = self.options.model.latent_size
        known = list(paths) or [np.zeros((1, latent_size), np.float32)]
        return Checkpoint(
            config=self.options.model,
            weights={n: t.cpu() for n, t in self.model.state_dict().items()},
            statistics=self.statistics,
            basis=fit_basis(known),
            training={"options": asdict(self.options.train), **training},
        )

    @property
    def _coefficients(self) -> int:
        return math.prod(self.options.model.image_shape)

    def _image(self, batch: np.ndarray) -> Tensor:
        return torch.from_numpy(batch).to(self.device).float() / self._scale

    def _set_learning_rate(self, epoch: float) -> None:
        """A linear rise, then half a cosine down to zero at the last epoch."""
        config = self.options.train
        rise = min(1.0, (epoch + 0.1) / max(0.1, config.warmup_epochs))
        fall = 0.5 * (1 + math.cos(math.pi * epoch / config.epochs))
        for group in self.optimizer.param_groups:
            group["lr"] = config.learning_rate * rise * fall

    def _covariance_known(self, posterior: Posterior) -> bool:
        vectors = posterior.mu.shape[0] * posterior.mu.shape[2]
        return vectors >= 2 * self.options.model.latent_size

    def _step(self, loss: Tensor, epoch: int) -> None:
        if not torch.isfinite(loss):
            raise TrainingError(
                f"the loss is {loss.item()} in epoch {epoch + 1}; try a learning rate "
                f"below {self.options.train.learning_rate:g}"
            )
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]  # torch
        torch.nn.utils.clip_grad_norm_(
            self.model.parameters(), self.options.train.gradient_norm
        )
        self.optimizer.step()


def choose_device(name: DeviceName) -> torch.device:
    """The device of a name; `auto` is the fastest there is.

    Raises
    ------
    TrainingError
        This machine has no such device.
    """
    present = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if name == "auto":
        name = next(kind for kind in ("cuda", "mps", "cpu") if present[kind])
    if not present[name]:
        raise TrainingError(f"this machine has no {name} device; use --device auto")
    return torch.device(name)


class _Gathered:
    """Losses of images as they come."""

    def __init__(self, coefficients: int) -> None:
        self._coefficients = coefficients
        self._count = 0
        self._nats = self._kl = 0.0
        self._vectors: list[Tensor] = []

    def add(self, nats: Tensor, posterior: Posterior, count: int) -> None:
        self._last = (nats, likelihood.kl_nats(posterior).sum())
        self._nats += nats.item() * count
        self._kl += self._last[1].item() * count
        self._count += count
        self._vectors.append(posterior.mu.detach().transpose(0, 1).flatten(1))

    def last_loss(self, beta: float) -> Tensor:
        nats, kl = self._last
        return nats + beta * kl / self._coefficients

    def losses(self, beta: float) -> Losses:
        nats, kl = self._nats / self._count, self._kl / self._count
        covariance = torch.cov(torch.cat(self._vectors, dim=1), correction=0)
        return Losses(
            loss=nats + beta * kl / self._coefficients,
            nats=nats,
            kl_nats=kl,
            participation_ratio=likelihood.participation_ratio(covariance),
        )


def _epoch(
    trainer: Trainer,
    run: RunFolder,
    progress: Progress,
    report: Callable[[EpochReport], None] | None,
    told: Told,
) -> Progress:
    """Train, validate, log and save one epoch."""
    epoch, epochs = progress.epochs_done, trainer.options.train.epochs
    begun = time.monotonic()
    training = trainer.train_epoch(
        epoch, lambda share: told("training", (epoch + share) / epochs)
    )
    trained_s = time.monotonic() - begun
    validation, paths = trainer.validate()
    best = validation.loss < progress.best_loss
    if best:
        save_checkpoint(run.best, trainer.checkpoint(paths, epoch=epoch))
    progress = Progress(
        epochs_done=epoch + 1,
        best_loss=validation.loss if best else progress.best_loss,
        best_epoch=epoch if best else progress.best_epoch,
    )
    done = EpochReport(
        epoch=epoch,
        training=training,
        validation=validation,
        beta=trainer.beta(epoch),
        learning_rate=trainer.learning_rate,
        samples_per_s=trainer.options.train.samples_per_epoch / trained_s,
        elapsed_s=time.monotonic() - begun,
        best=best,
    )
    run.log(asdict(done))
    run.save_state(trainer.model, trainer.optimizer, progress)
    if report is not None:
        report(done)
    return progress


def _finish(best: Checkpoint, split: Split, run: RunFolder, told: Told) -> Checkpoint:
    """Encode every training song with the best weights, fit the basis, save."""
    codec = Codec(best)
    songs = []
    for number, song in enumerate(split.training, 1):
        path = codec.encode_coefficients(song.coefficients)
        songs.append(TrainingSong(title=song.title, path=path))
        told("encoding songs", number / len(split.training))
    finished = replace(
        best,
        basis=fit_basis([song.path for song in songs]),
        songs=tuple(songs),
        title=run.path.resolve().name,
    )
    save_checkpoint(run.model, finished)
    return load_checkpoint(run.model)
