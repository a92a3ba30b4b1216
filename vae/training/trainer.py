"""A network in training: steps, validation, and all that has to be kept of it.

Letters: B images of a batch, C channels, F frames, K kept coefficients, L latent size,
T latent vectors of an image's path.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import asdict

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel

from vae.checkpoint import Checkpoint, Statistics, TrainingSong
from vae.dataset import Split, corpus_statistics, stretch
from vae.errors import TrainingError
from vae.latents.basis import fit_basis
from vae.network.model import Vae
from vae.network.warm_start import warm_start
from vae.training import schedule
from vae.training.average import Average
from vae.training.balance import shares
from vae.training.clipping import clip_gradients
from vae.training.device import (
    choose_dtype,
    compile_if_possible,
    compute_exactly,
)
from vae.training.feed import Draw, draw_batches, make_feed
from vae.training.figures import Figures
from vae.training.objective import Objective
from vae.training.options import Options
from vae.training.processes import Processes
from vae.training.records import Step
from vae.training.validation import Validation, middles, validate

BASIS_SONGS = 32  # training songs that a provisional basis is fitted to
FLUSH_STEPS = 10  # steps whose figures are fetched together from a GPU


class Trainer:
    """Model, averaged model, optimiser and data of one run.

    Parameters
    ----------
    options : Options
    split : Split
    device : torch.device
    processes : Processes, optional
        That train together; this one alone where not given.
    base : Checkpoint, optional
        A model of the same configuration: its weights are where training begins, and
        images are in units of its corpus.

    Raises
    ------
    TrainingError
        The options do not go together, or the base is another network.
    """

    def __init__(
        self,
        options: Options,
        split: Split,
        device: torch.device,
        processes: Processes | None = None,
        base: Checkpoint | None = None,
    ) -> None:
        config = options.train
        self.options = options
        self.split = split
        self.device = device
        self.processes = processes or Processes()
        options.check(self.processes.count)
        torch.manual_seed(config.seed)
        self._based = base is not None
        self.statistics, self.model = _begun(options, split, base)
        self.model.to(device)
        self.scale = torch.from_numpy(self.statistics.scale).to(device)
        self.average = Average(self.model, config.average_decay)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(),
            lr=config.learning_rate,
            weight_decay=config.weight_decay,
            fused=device.type in ("cpu", "cuda"),
        )
        self._feed = make_feed(split.training, self.scale, self._layout)
        self._shares = shares(split.training, options.folders, config.balance)
        self._held_out = middles(
            split.validation, self.frames, config.validation_images
        )
        self._objective = self._prepared_objective()

    @property
    def frames(self) -> int:
        """F of a training image."""
        return self.options.train.sample_frames or self.options.model.frames

    @property
    def coefficients(self) -> int:
        """C·F·K of a training image."""
        channels, _, kept = self.options.model.image_shape
        return channels * self.frames * kept

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch, the last of them perhaps a smaller one."""
        config = self.options.train
        return math.ceil(config.samples_per_epoch / config.batch_size)

    def start(self, progress: Callable[[float], None]) -> None:
        """Begin where the base ends; else where linear methods do, if that can be."""
        if not self._based:
            config = self.options.train
            warm_start(self.model, self.split.training, self.scale, config, progress)
        self.average.restart(self.model)

    def train_epoch(self, epoch: int, turns: int) -> Iterator[list[Step]]:
        """One pass over `samples_per_epoch` random images, a few steps at a time.

        Raises
        ------
        Astray
            The loss or a gradient is no number.
        """
        config = self.options.train
        seed = [config.seed, epoch, turns]
        draws = draw_batches(
            self.split.training,
            frames=self.frames,
            samples=config.samples_per_epoch,
            batch_size=config.batch_size,
            shares=self._shares,
            rng=np.random.default_rng(seed),
        )
        noise = np.random.default_rng([*seed, 1])
        own = [self._own(batch) for batch in draws]
        self._set_training(epoch)
        first = epoch * self.steps_per_epoch
        figures = Figures(self.processes, epoch, first)
        for step, u in enumerate(self._feed.batches(own, self.frames)):
            rate = schedule.learning_rate(
                config, epoch + step / self.steps_per_epoch, turns
            )
            drawn = self._noise(noise, len(draws[step]))
            figures.add(self._step(u, drawn, epoch, rate), rate, len(draws[step]))
            if figures.waiting >= self._flush_steps:
                yield figures.fetched()
        self.average.settle(self.model)
        if figures.waiting:
            yield figures.fetched()

    def validate(self) -> Validation:
        """The averaged weights on the held-out songs."""
        return validate(self.average.model, self.held_out(), self.options.train)

    def held_out(self) -> list[Tensor]:
        """The images that are validated on, (1, C, F, K) float32 each."""
        return [self.image(image) for image in self._held_out]

    def checkpoint(self, **training: object) -> Checkpoint:
        """The averaged weights, with a basis from some of the training songs."""
        songs = self.split.training[:BASIS_SONGS]
        paths = []
        with torch.inference_mode():
            for song in songs:
                start = max(0, (song.frames - self.frames) // 2)
                u = self.image(stretch(song, start, self.frames))
                mu = self.average.model.encoder(u).mu
                paths.append(mu[0].T.float().cpu().numpy())
        return Checkpoint(
            config=self.options.model,
            weights={
                name: tensor.to("cpu", copy=True)
                for name, tensor in self.average.model.state_dict().items()
            },
            statistics=self.statistics,
            basis=fit_basis(paths),
            songs=tuple(
                TrainingSong(title=song.title, path=path)
                for song, path in zip(songs, paths, strict=True)
            ),
            training={"options": asdict(self.options.train), **training},
        )

    @property
    def _layout(self) -> torch.memory_format:
        """Of maps in memory: channels last where layers go over rows and columns."""
        strided = self.options.model.network == "strided"
        return torch.channels_last if strided else torch.contiguous_format

    @property
    def _flush_steps(self) -> int:
        return 1 if self.device.type == "cpu" else FLUSH_STEPS

    def _prepared_objective(self) -> nn.Module:
        """Compiled and shared as the device and the processes ask."""
        config, device = self.options.train, self.device
        self.processes.join_norms(self.model)
        dtype = choose_dtype(config.precision, device)
        objective: nn.Module = Objective(self.model, config, self.processes, dtype)
        if device.type == "cuda":
            if config.precision == "float32":
                compute_exactly()
            self.model.to(memory_format=self._layout)  # type: ignore[call-overload]  # torch's stub knows no keyword alone
            compile_if_possible(objective)
        if self.processes.count > 1:
            devices = [device] if device.type == "cuda" else None
            objective = DistributedDataParallel(
                objective, device_ids=devices, broadcast_buffers=False
            )
        return objective

    def _set_training(self, epoch: int) -> None:
        self.model.train()
        if epoch >= self.options.train.norm_epochs:
            for module in self.model.modules():
                if isinstance(module, nn.BatchNorm2d):
                    module.eval()

    def _own(self, batch: list[Draw]) -> list[Draw]:
        """The part of a batch that this process takes."""
        share = len(batch) // self.processes.count
        return batch[self.processes.rank * share :][:share]

    def _noise(self, rng: np.random.Generator, images: int) -> Tensor:
        """(B, L, T) of this process, drawn for all of them alike."""
        model = self.options.model
        length = self.frames // model.frames_per_latent
        shape = (images, model.latent_size, length)
        drawn = rng.standard_normal(shape, dtype=np.float32)
        share = images // self.processes.count
        own = drawn[self.processes.rank * share :][:share]
        return torch.from_numpy(own).to(self.device, non_blocking=True)

    def _step(self, u: Tensor, noise: Tensor, epoch: int, rate: float) -> Tensor:
        """Terms and gradient norm of one step, (5,) on the device."""
        beta = torch.tensor(schedule.beta(self.options.train, epoch))
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        terms = self._objective(u, noise, beta.to(self.device))
        self.optimizer.zero_grad(set_to_none=True)
        terms.loss.backward()
        parameters = list(self.model.parameters())
        norm = clip_gradients(parameters, self.options.train.gradient_norm)
        self.optimizer.step()
        self.average.update(self.model)
        return torch.stack([*(term.detach() for term in terms), norm])

    def image(self, image: np.ndarray) -> Tensor:
        """(1, C, F, K) float32 of (C, F, K) float16, in units of the corpus RMS."""
        return torch.from_numpy(image[None]).to(self.device).float() / self.scale


def _begun(
    options: Options, split: Split, base: Checkpoint | None
) -> tuple[Statistics, Vae]:
    """What the corpus, or the base's, says of each coefficient, and the network."""
    if base is None:
        scale, correlation = corpus_statistics(split.training)
        statistics = Statistics(scale=scale, correlation=correlation)
        return statistics, Vae(options.model)
    if base.config != options.model:
        raise TrainingError(
            f"{options.base} is another network than the one to be trained",
            "leave the network's settings as they are in the model gone on from",
        )
    return base.statistics, base.model()
