"""Beside the stacks of a dictionary network: log spectra to latents and back, linearly.

Each latent stands for one curve over the spectrum, held for all the frames of its
vector; `contours` has the way whose curves move within a vector.

Letters: B batch, C channels, F frames, K kept coefficients, L latent size, T latent
vectors.
"""

import torch
from torch import Tensor, nn

from vae.config import ModelConfig


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
