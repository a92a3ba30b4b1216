"""The way in of vectors that last long: the latents under which a song is likeliest.

Where a vector's steps are seen as log powers in bands, and its latents move those along
contours, what is likeliest is a regression of the powers on the contours: exponential
powers, a logarithm for link (McCullagh and Nelder 1989, chapter 8). It is solved by
least squares, the bands weighed anew after each round. Least squares alone are the
principal components' answer: they follow logarithms, and so take the depths of a song
for as much as its heights.

Letters: B batch, C channels, F frames, G bands, K kept coefficients, L latent size,
N vectors, R shapes, S steps of a vector, T latent vectors.
"""

import torch
from torch import Tensor, nn

from vae.config import CONTOUR_FRAMES, ModelConfig
from vae.network.contours import contour_shape, shapes_shape, step_spectra
from vae.network.smoothing import SMOOTH_COEFFICIENTS

ROUNDS = 5  # the first is least squares; more change nothing that is heard
DISTANCE_WEIGHT = 0.6  # of the squared distance of log powers beside the likelihood
FARTHEST = 1.7  # nats of magnitude that count in full, of a band above what is expected
NEAR = 1e-3  # nats; nearer, the weight is that of no difference
PRIOR = 1 / (CONTOUR_FRAMES * SMOOTH_COEFFICIENTS)  # that of one coefficient of many


class ContourRegression(nn.Module):
    """Latents straight from the log spectra of a vector's steps."""

    shapes: Tensor
    weight: Tensor
    usual: Tensor
    mean: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        shapes, contours = shapes_shape(config), contour_shape(config)
        self.register_buffer("shapes", 1e-3 * torch.randn(shapes))
        self.register_buffer("weight", 1e-3 * torch.randn(contours))
        self.register_buffer("usual", torch.zeros(contours[1:]))
        self.register_buffer("mean", torch.zeros(shapes[1:]))

    def forward(self, u: Tensor) -> Tensor:
        """(B, L, T) of images (B, C, F, K) in units of the corpus RMS."""
        with torch.no_grad(), torch.autocast(u.device.type, enabled=False):
            seen = step_spectra(u.float()).view(-1, self.usual.shape[0], self._bands)
            usual = self.usual @ self.shapes.flatten(1) + self.mean.flatten()
            latents = _likeliest((seen - usual).flatten(1), self._curves())
        return latents.view(len(u), -1, len(self.weight)).transpose(1, 2)

    @property
    def _bands(self) -> int:
        """C·G."""
        return self.mean.numel()

    def _curves(self) -> Tensor:
        """(L, S·C·G), what each latent adds, nats of magnitude."""
        return (self.weight @ self.shapes.flatten(1)).flatten(1)


def _likeliest(away: Tensor, curves: Tensor) -> Tensor:
    """(N, L) under which log magnitudes (N, S·C·G) less the usual are likeliest.

    Of a band d nats above what is expected, the loss ½e^(2d) - d + w(2d)² has the slope
    e^(2d) - 1 + 8wd: that over d is the weight under which squares have the same.
    """
    latents = _least_squares(away, curves, torch.ones_like(away))
    for _ in range(ROUNDS - 1):
        over = (away - latents @ curves).clamp(max=FARTHEST)
        apart = torch.where(over.abs() < NEAR, NEAR, over)
        weights = torch.expm1(2 * apart) / apart + 8 * DISTANCE_WEIGHT
        latents = _least_squares(away, curves, weights)
    return latents


def _least_squares(away: Tensor, curves: Tensor, weights: Tensor) -> Tensor:
    """(N, L), each vector's own weighted least squares, with latents of N(0, 1).

    So those that stand for nothing rest at 0.
    """
    weighed = weights[:, None] * curves  # (N, L, S·C·G)
    products = weighed @ curves.T
    sums = weighed @ away[..., None]
    products.diagonal(dim1=1, dim2=2).add_(PRIOR)
    solved: Tensor = torch.linalg.solve(products, sums)
    return solved[..., 0]
