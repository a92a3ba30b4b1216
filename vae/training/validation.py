"""How good a network is on songs that it is not trained on.

Letters: B images, C channels, F frames, K kept coefficients, L latent size, T latent
vectors of an image's path.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.config import TrainConfig
from vae.dataset import SongImage, stretch
from vae.network import likelihood
from vae.network.model import Vae
from vae.training.records import Losses


@dataclass(frozen=True, kw_only=True, eq=False)
class Validation:
    """Means over the held-out songs."""

    losses: Losses
    kl_per_latent: tuple[float, ...]  # (L,) nats per latent vector
    variance_per_latent: tuple[float, ...]  # (L,) of the means
    participation_ratio: float


def middles(
    songs: Sequence[SongImage], frames: int, most: int
) -> list[NDArray[np.float16]]:
    """Stretches (C, frames, K) from the middle of songs, at most so many of them.

    One to a song, evenly chosen where there are more.
    """
    chosen = np.linspace(0, len(songs) - 1, min(most, len(songs))).round().astype(int)
    return [
        stretch(songs[n], max(0, (songs[n].frames - frames) // 2), frames)
        for n in chosen
    ]


def validate(model: Vae, images: Sequence[Tensor], config: TrainConfig) -> Validation:
    """Decode each image (1, C, F, K) from the mean of its posterior, and score it.

    Parameters
    ----------
    model : Vae
        In evaluation mode.
    images : sequence of (1, C, F, K) float32
        In units of the corpus RMS, on the model's device; at least one.
    config : TrainConfig
        The weights of what the loss is made of.
    """
    nats = kl = distance = 0.0
    mus, kls = [], []
    with torch.inference_mode():
        for u in images:
            posterior = model.encoder(u)
            spectrum = model.decoder(posterior.mu)
            nats += float(likelihood.nats(u, spectrum))
            if config.distance_weight > 0:
                distance += float(likelihood.log_distance(u, spectrum))
            each = likelihood.kl_nats(posterior)
            kl += float(each.sum())
            kls.append(each / posterior.mu.shape[2])
            mus.append(posterior.mu.transpose(0, 1).flatten(1))
    count = len(images)
    covariance = torch.cov(torch.cat(mus, dim=1), correction=0)
    return Validation(
        losses=Losses(
            loss=(
                nats
                + config.beta * kl / images[0].numel()
                + config.distance_weight * distance
            )
            / count,
            nats=nats / count,
            kl_nats=kl / count,
        ),
        kl_per_latent=_rounded(torch.stack(kls).mean(dim=0)),
        variance_per_latent=_rounded(covariance.diagonal()),
        participation_ratio=likelihood.participation_ratio(covariance),
    )


def _rounded(values: Tensor) -> tuple[float, ...]:
    return tuple(round(value, 4) for value in values.tolist())
