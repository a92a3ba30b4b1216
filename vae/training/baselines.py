"""What simple descriptions of the held-out songs reach, to hold a loss against.

- The mean spectrum of the training songs, the same for every frame.
- Principal components of the training songs, as many as latents: of the log spectrum
  averaged over each latent's frames, or of whole images under `mean`.

Letters: B images, C channels, F frames, K kept coefficients, L latent size, n blocks.
"""

import numpy as np
import torch
from torch import Tensor

from vae.dataset import stretch
from vae.network import likelihood
from vae.network.dictionary import POWER_FLOOR
from vae.network.model import Spectrum
from vae.training.records import Baselines
from vae.training.trainer import Trainer

BLOCKS = 1500  # stretches of training songs that the components come from
IMAGES = 48  # where a block is a whole image, which is large
ITERATIONS = 4  # of the randomised singular value decomposition
LOG_MEAN_OF_NOISE = -0.635  # E log|ε| of ε ~ N(0, 1), nats


def measure_baselines(trainer: Trainer) -> Baselines:
    """Scores of the held-out images, in nats per coefficient."""
    config = trainer.options.model
    images = trainer.held_out()
    if config.likelihood == "mean":
        components, count = _of_images(trainer, images)
        mean = sum(
            likelihood.nats(u, Spectrum(torch.zeros_like(u), None)) for u in images
        )
    else:
        components, count = _of_log_spectra(trainer, images)
        log_scale = _mean_spectrum(trainer)[None, :, None]
        mean = sum(likelihood.nats(u, Spectrum(None, log_scale)) for u in images)
    return Baselines(
        mean_spectrum=float(mean) / len(images),
        components=components,
        component_count=count,
    )


def _mean_spectrum(trainer: Trainer) -> Tensor:
    """(C, K), half the log of the training songs' mean power."""
    power = np.zeros((trainer.options.model.channels, len(trainer.statistics.scale)))
    frames = 0
    for song in trainer.split.training:
        power += np.square(song.coefficients, dtype=np.float32).sum(axis=1)
        frames += song.frames
    mean = torch.from_numpy(power / frames).to(trainer.device).float()
    return 0.5 * torch.log(mean / trainer.scale.square() + POWER_FLOOR)


def _of_log_spectra(trainer: Trainer, images: list[Tensor]) -> tuple[float, int]:
    each = min(trainer.options.model.frames_per_latent, trainer.frames)
    blocks = [_log_spectra(u, each) for u in _random(trainer, each, BLOCKS)]
    mean, axes = _components(torch.cat(blocks), trainer.options.model.latent_size)
    total = 0.0
    for u in images:
        seen = _log_spectra(u, each)  # (n, C·K)
        known = mean + (seen - mean) @ axes @ axes.T - LOG_MEAN_OF_NOISE
        curves = known.view(len(seen), u.shape[1], u.shape[3])
        log_scale = curves.repeat_interleave(each, dim=0).transpose(0, 1)[None]
        total += float(likelihood.nats(u, Spectrum(None, log_scale)))
    return total / len(images), axes.shape[1]


def _of_images(trainer: Trainer, images: list[Tensor]) -> tuple[float, int]:
    drawn = [u.flatten(1) for u in _random(trainer, trainer.frames, IMAGES)]
    mean, axes = _components(torch.cat(drawn), trainer.options.model.latent_size)
    total = 0.0
    for u in images:
        known = mean + (u.flatten(1) - mean) @ axes @ axes.T
        total += float(likelihood.nats(u, Spectrum(known.view_as(u), None)))
    return total / len(images), axes.shape[1]


def _components(blocks: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """The mean (D,) of (n, D) blocks, and up to `count` axes (D, …) of most spread."""
    mean = blocks.mean(dim=0)
    rank = min(count, len(blocks) - 1)
    if rank < 1:
        return mean, blocks.new_zeros((blocks.shape[1], 0))
    _, _, axes = torch.svd_lowrank(blocks - mean, q=rank, niter=ITERATIONS)
    return mean, axes


def _log_spectra(u: Tensor, each: int) -> Tensor:
    """(n, C·K) of one image (1, C, F, K): log magnitudes, the mean of `each` frames."""
    logs = torch.log(u[0].abs() + POWER_FLOOR**0.5).contiguous()
    channels, frames, kept = logs.shape
    means = logs.view(channels, frames // each, each, kept).mean(dim=2)
    return means.transpose(0, 1).flatten(1)


def _random(trainer: Trainer, frames: int, count: int) -> list[Tensor]:
    """Stretches of training songs, (1, C, frames, K) each, as even as can be."""
    songs = trainer.split.training
    rng = np.random.default_rng(trainer.options.train.seed)
    drawn = []
    for number in range(count):
        song = songs[number % len(songs)]
        start = int(rng.integers(max(1, song.frames - frames + 1)))
        drawn.append(trainer.image(stretch(song, start, frames)))
    return drawn
