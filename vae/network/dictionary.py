"""Template spectra: what the dictionary network's activations are played on.

Letters: B batch, C channels, F frames, K kept coefficients, J templates.
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


def _spread(activations: Tensor, templates: Tensor) -> Tensor:
    """(B, J, F, 1) activations times (J, C, K) templates: (B, C, F, K)."""
    channels, kept = templates.shape[1:]
    product = activations[..., 0].transpose(1, 2) @ templates.flatten(1)
    return product.view(*product.shape[:2], channels, kept).transpose(1, 2)
