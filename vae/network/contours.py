"""The way out of vectors that last long: each latent moves some shapes over time.

A vector is cut into steps of `CONTOUR_FRAMES`, a spectrum into bands. Of each step the
log spectrum is seen as its levels along R shapes, and a latent stands for a contour:
how much it adds to every level at every step. Between the middles of two steps, and of
two bands, all goes over linearly, so that nothing jumps inside a vector.

Letters: B batch, C channels, F frames, G bands, K kept coefficients, L latent size,
R shapes, S steps of a vector, T latent vectors.
"""

from typing import Self

import torch
from torch import Tensor, nn

from vae.config import CONTOUR_FRAMES, ModelConfig
from vae.network.smoothing import SMOOTH_COEFFICIENTS, band_count, log_blocks


class ContourEqualiser(nn.Module):
    """Log spectra straight from the latents: each latent adds a contour of its own."""

    shapes: Tensor
    weight: Tensor
    usual: Tensor
    between_steps: Tensor
    between_bands: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.frames_per_latent = config.frames_per_latent
        self.register_buffer("shapes", 1e-3 * torch.randn(shapes_shape(config)))
        self.register_buffer("weight", 1e-3 * torch.randn(contour_shape(config)))
        self.register_buffer("usual", torch.zeros(self.weight.shape[1:]))
        self.bias = nn.Parameter(torch.zeros(config.channels, config.transform.kept))
        steps = _between(config.frames_per_latent, CONTOUR_FRAMES)
        bands = _between(config.transform.kept, SMOOTH_COEFFICIENTS).T
        self.register_buffer("between_steps", steps, persistent=False)
        self.register_buffer("between_bands", bands, persistent=False)
        self._folded: Tensor | None = None

    def fold(self) -> Self:
        """Spread the shapes over all coefficients once and for all."""
        self._folded = self._wide()
        return self

    def rows(self, path: Tensor, start: int, stop: int) -> Tensor:
        """Frames start to stop, (B, C, stop - start, K), of a path (B, L, T)."""
        each = self.frames_per_latent
        first, last = start // each, -(-stop // each)
        vectors = path[:, :, first:last].transpose(1, 2)  # (B, T, L)
        moved = vectors @ self.weight.flatten(1) + self.usual.flatten()
        steps = moved.view(*vectors.shape[:2], *self.usual.shape)
        frames = (self.between_steps @ steps).flatten(1, 2)  # (B, T·each, R)
        frames = frames[:, start - first * each : stop - first * each]
        shapes = self._wide() if self._folded is None else self._folded
        curves = frames @ shapes + self.bias.flatten()
        return curves.view(*curves.shape[:2], *self.bias.shape).transpose(1, 2)

    def _wide(self) -> Tensor:
        """(R, C·K) of the shapes over bands."""
        return (self.shapes @ self.between_bands).flatten(1)


def step_spectra(u: Tensor) -> Tensor:
    """(B, F / CONTOUR_FRAMES, C·G) of images (B, C, F, K), nats of magnitude.

    Half the logarithm of each step's mean power in bands.
    """
    steps = 0.5 * log_blocks(u.square(), frames=CONTOUR_FRAMES)
    return steps.transpose(1, 2).flatten(2)


def shapes_shape(config: ModelConfig) -> tuple[int, int, int]:
    """(R, C, G)."""
    bands = band_count(config.transform.kept)
    return (config.contour_shapes, config.channels, bands)


def contour_shape(config: ModelConfig) -> tuple[int, int, int]:
    """(L, S, R)."""
    steps = config.frames_per_latent // CONTOUR_FRAMES
    return (config.latent_size, steps, config.contour_shapes)


def _between(places: int, each: int) -> Tensor:
    """(places, blocks): how much of each block's value a place between has.

    Blocks are `each` places wide, the last one perhaps less; before the middle of the
    first and after that of the last their values hold.
    """
    blocks = -(-places // each)
    middles = (torch.arange(places) + 0.5) / each - 0.5
    away = (middles.clamp(0, blocks - 1)[:, None] - torch.arange(blocks)).abs()
    return (1 - away).clamp(min=0)
