"""The network: DCT images to a latent path and back.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, T latent
vectors (F / frames_per_latent), J templates. An image u is (B, C, F, K) float32 in
units of the corpus RMS of each coefficient, s[k].

- strided: convolutions along time and frequency, as in the seed design.
- dictionary: the last transposed convolution spans the whole spectrum, from J
  activations to K coefficients, so each of its channels is one template spectrum; all
  layers before it are convolutions in time. With templates and activations that are
  never negative it is Itakura-Saito NMF (Févotte, Bertin and Durrieu 2009) inside a
  VAE. The encoder mirrors it. Beside the stacks a linear way leads from the log
  spectrum to the latents and back.
"""

import math
from typing import NamedTuple, Self

import torch
from torch import Tensor, nn

from vae.config import ModelConfig
from vae.network import squared_error
from vae.network.architecture import decoder_stack, encoder_stack
from vae.network.contour_regression import ContourRegression
from vae.network.contours import ContourEqualiser
from vae.network.dictionary import POWER_FLOOR, Dictionary
from vae.network.stack import Stack
from vae.network.straight_way import Equaliser, Projection

MAGNITUDE_FLOOR = math.sqrt(POWER_FLOOR)
LARGEST_LOG_SCALE = 6.0  # +52 dB over the corpus
LARGEST_LOG_VARIANCE = 10.0
STEM_FRAMES = 32  # a stem holds at most a row for so many frames


class Spectrum(NamedTuple):
    """What a point says an image is: u = mean + e^log_scale · ε, ε of unit variance.

    Both are (B, C, F, K) float32; None stands for a mean of 0, a log_scale of 0.
    """

    mean: Tensor | None
    log_scale: Tensor | None


class Posterior(NamedTuple):
    """What an image says its path is: N(mu, e^log_var), each (B, L, T) float32."""

    mu: Tensor
    log_var: Tensor


class Stem(NamedTuple):
    """A path some layers into the decoder: maps of few rows, and the layers to come."""

    path: Tensor  # (B, L, T)
    maps: Tensor  # (B, channels, rows, columns)
    late: Stack


class Vae(nn.Module):
    """Encoder and decoder of one configuration."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)

    def forward(self, u: Tensor) -> tuple[Spectrum, Posterior]:
        """Encode, draw a path by reparameterisation, decode: (B, C, F, K) in."""
        posterior = self.encoder(u)
        noise = torch.randn_like(posterior.mu)
        path = posterior.mu + noise * torch.exp(0.5 * posterior.log_var)
        return self.decoder(path), posterior

    @property
    def parameter_count(self) -> int:
        """Trained numbers in both halves."""
        return sum(parameter.numel() for parameter in self.parameters())

    def fold(self) -> Self:
        """Ready for exploring: no gradients, batch norms folded in."""
        self.eval().requires_grad_(requires_grad=False)
        self.encoder.stack.fold()
        self.decoder.stack.fold()
        if self.decoder.dictionary is not None:
            self.decoder.dictionary.fold()
        if self.decoder.contours is not None:
            self.decoder.contours.fold()
        return self


class Encoder(nn.Module):
    """Images (B, C, F, K) to posteriors over paths (B, L, T)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.stack = encoder_stack(config)
        moving = config.contour_shapes > 0
        straight = _has_straight_way(config)
        self.projection = Projection(config) if straight and not moving else None
        self.contours = ContourRegression(config) if straight and moving else None

    def forward(self, u: Tensor) -> Posterior:
        """The posterior of whole images (B, C, F, K)."""
        seen = self.seen(u)
        return self._posterior(self.stack(seen), u, seen)

    def span(self, start: int, stop: int, frames: int) -> tuple[int, int]:
        """The frames, of `frames`, that latent vectors start to stop depend on."""
        return self.stack.span(start, stop, frames)

    def rows(
        self, u: Tensor, offset: int, start: int, stop: int, frames: int
    ) -> Posterior:
        """Latent vectors start to stop, exactly as from the whole image.

        `u` (B, C, n, K) holds the frames from `offset` on, at least those of `span`.
        """
        seen = self.seen(u)
        each = self.config.frames_per_latent
        own = slice(start * each - offset, stop * each - offset)
        maps = self.stack.rows(seen, offset, start, stop, frames)
        return self._posterior(maps, u[:, :, own], seen[:, :, own])

    def seen(self, u: Tensor) -> Tensor:
        """What layers are given, (B, C, F, K): log magnitudes, or u under `mean`."""
        if self.config.likelihood == "mean":
            return u
        return torch.log(u.abs() + MAGNITUDE_FLOOR)

    def _posterior(self, maps: Tensor, u: Tensor, seen: Tensor) -> Posterior:
        mu, log_var = maps[..., 0].chunk(2, dim=1)
        if self.projection is not None:
            mu = mu + self.projection(seen)
        if self.contours is not None:
            mu = mu + self.contours(u)
        limit = LARGEST_LOG_VARIANCE
        return Posterior(mu, log_var.clamp(-limit, limit))


class Decoder(nn.Module):
    """Paths (B, L, T) to spectra (B, C, F, K)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.stack = decoder_stack(config)
        self.dictionary = Dictionary(config) if config.network == "dictionary" else None
        moving = config.contour_shapes > 0
        straight = _has_straight_way(config)
        self.equaliser = Equaliser(config) if straight and not moving else None
        self.contours = ContourEqualiser(config) if straight and moving else None

    def forward(self, path: Tensor) -> Spectrum:
        """The spectra of whole paths (B, L, T)."""
        frames = path.shape[-1] * self.config.frames_per_latent
        return self._spectrum(self.stack(path[..., None]), path, 0, frames)

    def squared_error(self, path: Tensor, u: Tensor) -> Tensor:
        """What `likelihood.nats` says of whole paths if `scored_early`, () float32."""
        maps = self.stack.before_last(path[..., None])
        return squared_error.half_mean_of(self.stack.last, maps, u)

    @property
    def scored_early(self) -> bool:
        """True where the last layer gives the mean, and nothing but a mean is given."""
        return self.config.likelihood == "mean" and self.dictionary is None

    def stem(self, path: Tensor) -> Stem:
        """The early layers of the whole path, from which `rows` can go on.

        Worth its cost where several bands of one path are wanted: these layers hold
        few rows but most of the weights.
        """
        frames = path.shape[-1] * self.config.frames_per_latent
        early, late = self.stack.split(path.shape[-1], frames // STEM_FRAMES)
        return Stem(path, early(path[..., None]), late)

    def rows(self, path: Tensor | Stem, start: int, stop: int) -> Spectrum:
        """Frames start to stop only, exactly as in the whole decode."""
        if isinstance(path, Tensor):
            path = Stem(path, path[..., None], self.stack)
        size = path.maps.shape[2]
        first, last = path.late.span(start, stop, size)
        maps = path.late.rows(path.maps[:, :, first:last], first, start, stop, size)
        return self._spectrum(maps, path.path, start, stop)

    def _spectrum(self, maps: Tensor, path: Tensor, start: int, stop: int) -> Spectrum:
        heads = maps.chunk(2, dim=1) if self.config.likelihood == "gaussian" else [maps]
        mean = None if self.config.likelihood == "scale" else heads[0]
        log_scale = None if self.config.likelihood == "mean" else heads[-1]
        if self.dictionary is not None and mean is not None:
            mean = self.dictionary.mean(mean)
        if log_scale is None:
            return Spectrum(mean, None)
        if self.dictionary is None:
            doubled = 2 * log_scale.clamp(max=LARGEST_LOG_SCALE)
            floor = doubled.new_tensor(math.log(POWER_FLOOR))
            return Spectrum(mean, 0.5 * torch.logaddexp(doubled, floor))
        log_scale = 0.5 * torch.log(self.dictionary.power(log_scale) + POWER_FLOOR)
        if self.equaliser is not None:
            log_scale = log_scale + self.equaliser.rows(path, start, stop)
        if self.contours is not None:
            log_scale = log_scale + self.contours.rows(path, start, stop)
        return Spectrum(mean, log_scale.clamp(max=LARGEST_LOG_SCALE))


def _has_straight_way(config: ModelConfig) -> bool:
    return config.network == "dictionary" and config.likelihood != "mean"
