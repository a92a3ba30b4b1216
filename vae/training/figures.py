"""What the steps of an epoch gave, as records for the log."""

import time
from collections.abc import Sequence

import torch
from torch import Tensor

from vae.config import TrainConfig
from vae.training import schedule
from vae.training.processes import Processes
from vae.training.records import Losses, Step


class Astray(Exception):  # noqa: N818 - it is put right by going back
    """Training no longer leads anywhere; the message says in a sentence why."""


class Figures:
    """The figures of steps, fetched from the device a few at a time.

    Parameters
    ----------
    processes : Processes
        Over which they are averaged.
    epoch : int
    first_step : int
        Of the epoch, counted from the beginning of the run.
    """

    def __init__(self, processes: Processes, epoch: int, first_step: int) -> None:
        self._processes, self._epoch, self._first = processes, epoch, first_step
        self._terms: list[Tensor] = []
        self._rates: list[float] = []
        self._samples = 0
        self._done = 0
        self._since = time.monotonic()

    @property
    def waiting(self) -> int:
        """Steps not yet fetched."""
        return len(self._terms)

    def add(self, terms: Tensor, rate: float, samples: int) -> None:
        """Take in a step: its terms and gradient norm, (5,) on the device."""
        self._terms.append(terms)
        self._rates.append(rate)
        self._samples += samples

    def fetched(self) -> list[Step]:
        """Those that wait, as records.

        Raises
        ------
        Astray
            One of them is no number.
        """
        rows = self._processes.mean(torch.stack(self._terms)).cpu()
        now = time.monotonic()
        speed = self._samples / max(1e-9, now - self._since)
        first = self._first + self._done
        if not torch.isfinite(rows).all():
            raise Astray(f"the loss is no longer a number in epoch {self._epoch + 1}")
        steps = [
            Step(
                epoch=self._epoch,
                step=first + number,
                loss=row[0],
                nats=row[1],
                kl_nats=row[2],
                distance=row[3],
                gradient_norm=row[4],
                learning_rate=rate,
                samples_per_s=speed,
            )
            for number, (row, rate) in enumerate(
                zip(rows.tolist(), self._rates, strict=True)
            )
        ]
        self._done += len(steps)
        self._terms, self._rates = [], []
        self._samples, self._since = 0, now
        return steps


def mean_losses(
    steps: Sequence[Step], config: TrainConfig, coefficients: int
) -> Losses:
    """The means over the images of an epoch, whose last batch may be a smaller one.

    Parameters
    ----------
    steps : sequence of Step
        All of one epoch; at least one.
    config : TrainConfig
    coefficients : int
        C·F·K of a training image.
    """
    weights = [1.0] * len(steps)
    left = config.samples_per_epoch % config.batch_size
    if left:
        weights[-1] = left / config.batch_size
    nats, kl_nats, distance = (
        sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)
        for values in (
            [step.nats for step in steps],
            [step.kl_nats for step in steps],
            [step.distance for step in steps],
        )
    )
    loss = (
        nats
        + schedule.beta(config, steps[0].epoch) * kl_nats / coefficients
        + config.distance_weight * distance
    )
    return Losses(loss=loss, nats=nats, kl_nats=kl_nats)
