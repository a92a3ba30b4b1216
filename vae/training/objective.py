"""What one training step minimises, as a module: to be compiled, or shared by DDP.

Letters: B images of this process, N processes, C channels, F frames, K kept
coefficients, L latent size, T latent vectors (F / frames_per_latent).
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from vae.config import TrainConfig
from vae.network import likelihood
from vae.network.model import Posterior, Spectrum, Vae
from vae.training.processes import Processes


class Terms(NamedTuple):
    """A loss and what it is made of, means over the images of this process."""

    loss: (
        Tensor  # nats + beta · kl_nats / (C·F·K) + distance_weight · distance + penalty
    )
    nats: Tensor  # per coefficient
    kl_nats: Tensor  # per image, over all latents
    distance: Tensor  # squared, of log powers, nepers²; 0 where it has no weight


class Objective(nn.Module):
    """Encode, draw a path, decode, and score it.

    Parameters
    ----------
    model : Vae
    config : TrainConfig
    processes : Processes
    dtype : torch.dtype
        What the layers compute in; losses are float32 in any case.
    """

    def __init__(
        self, model: Vae, config: TrainConfig, processes: Processes, dtype: torch.dtype
    ) -> None:
        super().__init__()
        self.model = model
        self.config = config
        self.processes = processes
        self.dtype = dtype

    def forward(self, u: Tensor, noise: Tensor, beta: Tensor) -> Terms:
        """The terms of some images.

        Parameters
        ----------
        u : (B, C, F, K) float32
            In units of the corpus RMS.
        noise : (B, L, T) float32
            Of unit variance; where in its posterior each path is drawn.
        beta : () float32
            Weight of the KL term.
        """
        device = u.device.type
        with torch.autocast(device, self.dtype, self.dtype != torch.float32):
            posterior = Posterior(*(t.float() for t in self.model.encoder(u)))
            path = posterior.mu + noise * torch.exp(0.5 * posterior.log_var)
            nats, spectrum = self._scored(path, u)
        kl_nats = likelihood.kl_nats(posterior).sum()
        loss = nats + beta * kl_nats / math.prod(u.shape[1:])
        distance = torch.zeros_like(nats)
        if spectrum is not None and self.config.distance_weight > 0:
            distance = likelihood.log_distance(u, spectrum)
            loss = loss + self.config.distance_weight * distance
        if self.config.covariance_penalty > 0:
            joined = Posterior(*(self.processes.joined(t) for t in posterior))
            vectors = joined.mu.shape[0] * joined.mu.shape[2]
            if vectors >= 2 * joined.mu.shape[1]:
                penalty = likelihood.covariance_distance(joined)
                loss = loss + self.config.covariance_penalty * penalty
        return Terms(loss, nats, kl_nats, distance)

    def _scored(self, path: Tensor, u: Tensor) -> tuple[Tensor, Spectrum | None]:
        """The nats of a path, and its spectrum where more than they is asked for."""
        decoder = self.model.decoder
        if decoder.scored_early and self.config.distance_weight == 0:
            return decoder.squared_error(path, u), None
        spectrum = _full(decoder(path))
        with torch.autocast(u.device.type, enabled=False):
            return likelihood.nats(u, spectrum), spectrum


def _full(spectrum: Spectrum) -> Spectrum:
    return Spectrum(*(None if part is None else part.float() for part in spectrum))
