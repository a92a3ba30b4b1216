"""What the dictionary network has beside its stacks.

Template spectra, and a straight way from log spectra to latents and back.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, T latent
vectors, J templates.
"""

import math
from typing import Self

import torch
from torch import Tensor, nn

from vae.config import ModelConfig

POWER_FLOOR = 1e-4  # of the corpus power: -40 dB, what the encoder still tells apart
LARGEST_LOG_POWER = 12.0  # of an activation: +52 dB over the corpus


class Dictionary(nn.Module):
    """Spectra as sums of J templates, each weighted by its activation over time.

    A transposed convolution with a kernel as wide as the map, which is a matrix
    product; written as one it takes half the time on a CPU.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        shape = (config.templates, config.channels, config.transform.kept)
        self.positive = config.likelihood != "mean"
        self.signed = config.likelihood != "scale"
        if self.positive:
            self.log_templates = nn.Parameter(0.1 * torch.randn(shape))
        if self.signed:
            spread = 1 / math.sqrt(config.templates)
            self.signed_templates = nn.Parameter(spread * torch.randn(shape))
        self._folded: Tensor | None = None

    def power(self, activations: Tensor) -> Tensor:
        """(B, C, F, K) power of (B, J, F, 1) log activations, by positive templates."""
        templates = self.templates() if self._folded is None else self._folded
        loud = torch.exp(activations.clamp(max=LARGEST_LOG_POWER))
        return _spread(loud, templates)

    def mean(self, activations: Tensor) -> Tensor:
        """(B, C, F, K) mean of (B, J, F, 1) signed activations, by signed templates."""
        return _spread(activations, self.signed_templates)

    def templates(self) -> Tensor:
        """(J, C, K), each template positive and of mean 1."""
        flat = self.log_templates.flatten(1)
        return (flat.softmax(dim=1) * flat.shape[1]).view_as(self.log_templates)

    def start(self, templates: Tensor) -> None:
        """Take these templates (J, C·K), each of mean 1."""
        with torch.no_grad():
            logs = torch.log(templates + POWER_FLOOR)
            self.log_templates.copy_(logs.view_as(self.log_templates))

    def fold(self) -> Self:
        """Normalise the templates once and for all."""
        if self.positive:
            self._folded = self.templates().detach()
        return self


class Projection(nn.Module):
    """Latents straight from the log spectrum, averaged over each latent's frames.

    Begun as the principal components of the songs' spectra, it gives every latent
    something to say from the first step on. It is not trained: a step that moves each
    of so many weights a little moves a latent far.
    """

    weight: Tensor
    bias: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.frames_per_latent = config.frames_per_latent
        shape = (config.latent_size, config.channels, config.transform.kept)
        self.register_buffer("weight", 1e-3 * torch.randn(shape))
        self.register_buffer("bias", torch.zeros(config.latent_size))

    def forward(self, logs: Tensor) -> Tensor:
        """(B, L, T) of log magnitudes (B, C, F, K)."""
        batch, channels, frames, kept = logs.shape
        blocks = frames // self.frames_per_latent
        spectra = logs.view(batch, channels, blocks, -1, kept).mean(dim=3)
        flat = spectra.transpose(1, 2).flatten(2)  # (B, T, C·K)
        latents = torch.addmm(self.bias, flat.flatten(0, 1), self.weight.flatten(1).T)
        return latents.view(batch, blocks, -1).transpose(1, 2)


class Equaliser(nn.Module):
    """Log spectra straight from the latents: each latent adds a curve of its own.

    A latent's curve holds for all its frames, so moving a whole path by some amount
    changes the sound by one steady curve.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.frames_per_latent = config.frames_per_latent
        channels, kept = config.channels, config.transform.kept
        self.weight = nn.Parameter(
            1e-3 * torch.randn(config.latent_size, channels, kept)
        )
        self.bias = nn.Parameter(torch.zeros(channels, kept))

    def rows(self, path: Tensor, start: int, stop: int) -> Tensor:
        """Frames start to stop, (B, C, stop - start, K), of a path (B, L, T)."""
        each = self.frames_per_latent
        first, last = start // each, -(-stop // each)
        vectors = path[:, :, first:last].transpose(1, 2)  # (B, T, L)
        curves = vectors @ self.weight.flatten(1) + self.bias.flatten()
        if last - first == 1:
            held = curves.expand(-1, stop - start, -1)
        else:
            held = curves.repeat_interleave(each, dim=1)
            held = held[:, start - first * each : stop - first * each]
        return held.view(*held.shape[:2], *self.bias.shape).transpose(1, 2)


def _spread(activations: Tensor, templates: Tensor) -> Tensor:
    """(B, J, F, 1) activations times (J, C, K) templates: (B, C, F, K)."""
    channels, kept = templates.shape[1:]
    product = activations[..., 0].transpose(1, 2) @ templates.flatten(1)
    return product.view(*product.shape[:2], channels, kept).transpose(1, 2)
