"""How fast training is, and how much of the machine's arithmetic it uses."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import torch
from torch.utils.flop_counter import FlopCounterMode

from vae.config import TrainConfig
from vae.dataset import SongImage, Split
from vae.network.model import Vae
from vae.presets import Preset
from vae.training.agreement import Agreement, agreement
from vae.training.device import choose_device, device_name
from vae.training.memory import hold_memory
from vae.training.objective import Objective
from vae.training.options import Options
from vae.training.processes import Processes
from vae.training.profile import Profile, profiled
from vae.training.trainer import Trainer

EPOCHS = 5  # timed, after one that is not
MATRIX = 4096  # rows and columns of the product that measures the peak, on a CPU
GPU_MATRIX = 16_384
PRODUCTS = 3  # before and after each epoch; the peak is the median of all


@dataclass(frozen=True, kw_only=True)
class TrainBench:
    """What was measured, of a preset on its own schedule with songs of noise."""

    device: str
    threads: int  # of torch on the CPU
    batch_size: int
    samples_per_s: float
    operations_per_sample: float  # of the layers, forward and backward
    peak_operations_per_s: float  # of large matrix products between the epochs
    share_of_peak: float  # 0 to 1
    epoch_s: float  # median; validation of the held-out songs not counted
    seconds_for_schedule: float  # all epochs, validation counted
    profile: Profile | None  # of one more epoch
    agreement: Agreement | None


def bench_training(
    preset: Preset,
    train: TrainConfig,
    told: Callable[[str, float], None],
    *,
    profile: bool = False,
    check: bool = False,
) -> TrainBench:
    """Train a preset for a few epochs, in memory alone.

    Parameters
    ----------
    preset : Preset
    train : TrainConfig
        The schedule.
    told : callable
        Called with what is done, and the share of it.
    profile : bool
        Find out, too, where the time goes.
    check : bool
        Find out, too, whether the device learns as a CPU does.
    """
    device = choose_device(train.device)
    hold_memory()
    options = Options(folders=(Path(),), model=preset.model, train=train)
    split = _noise(preset)
    agreed = agreement(options, split, device, told) if check else None
    trainer = Trainer(options, split, device)
    operations = _operations(trainer)
    _epoch(trainer, 0)
    products, taken, validated = _products(device), [], []
    for number in range(EPOCHS):
        told("training", (number + 1) / (EPOCHS + 1))
        taken.append(_timed(device, partial(_epoch, trainer, number + 1)))
        products += _products(device)
        validated.append(_timed(device, trainer.validate))
    found = None
    if profile:
        one_more = partial(_epoch, trainer, EPOCHS + 1)
        found = profiled(device, partial(_timed, device), one_more)
    epoch_s, peak = median(taken), median(products)
    speed = train.samples_per_epoch / epoch_s
    return TrainBench(
        device=device_name(device),
        threads=torch.get_num_threads(),
        batch_size=train.batch_size,
        samples_per_s=speed,
        operations_per_sample=operations,
        peak_operations_per_s=peak,
        share_of_peak=speed * operations / peak,
        epoch_s=epoch_s,
        seconds_for_schedule=train.epochs * (epoch_s + median(validated)),
        profile=found,
        agreement=agreed,
    )


def _noise(preset: Preset) -> Split:
    """Three songs of noise, one of them held out: as fast to train on as any."""
    rng = np.random.default_rng(0)
    channels, frames, kept = preset.model.image_shape
    songs = tuple(
        SongImage(
            title=f"noise {number}",
            path=Path(),
            coefficients=rng.standard_normal(
                (channels, frames + 64, kept), dtype=np.float32
            ).astype(np.float16),
        )
        for number in range(3)
    )
    return Split(training=songs[:2], validation=songs[2:])


def _epoch(trainer: Trainer, epoch: int) -> None:
    for _ in trainer.train_epoch(epoch, 0):
        pass


def _operations(trainer: Trainer) -> float:
    """Multiplications and additions of all layers for one sample, both ways.

    Those of convolutions and matrix products alone, as the layers define them, however
    they are computed; norms, activations, losses and the optimiser count for nothing.
    """
    model = trainer.options.model
    layers = Vae(model).eval()
    objective = Objective(layers, trainer.options.train, Processes(), torch.float32)
    u = torch.zeros(1, model.channels, trainer.frames, model.transform.kept)
    length = trainer.frames // model.frames_per_latent
    noise = torch.zeros(1, model.latent_size, length)
    with FlopCounterMode(display=False) as counter:
        objective(u, noise, torch.tensor(1.0)).loss.backward()
    return float(counter.get_total_flops())


def _products(device: torch.device) -> list[float]:
    """Operations a second of some large products, in what the layers compute in."""
    gpu = device.type == "cuda"
    size, dtype = (GPU_MATRIX, torch.bfloat16) if gpu else (MATRIX, torch.float32)
    one, other = (torch.randn(size, size, device=device, dtype=dtype) for _ in "ab")
    taken = [_timed(device, lambda: one @ other) for _ in range(PRODUCTS + 1)]
    return [2 * size**3 / seconds for seconds in taken[1:]]


def _timed(device: torch.device, call: Callable[[], object]) -> float:
    """Seconds that a call takes until the device is done with it."""
    _finish(device)
    begun = time.perf_counter()
    call()
    _finish(device)
    return time.perf_counter() - begun


def _finish(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
