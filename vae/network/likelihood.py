"""How an image is scored, and what a training step minimises.

Images u are (B, C, F, K) in units of the corpus RMS; losses are nats per coefficient,
up to the constant ½·log 2π.

- mean: ½(u - m)², a Gaussian of unit variance.
- scale: ½u²e^(-2ℓ) + ℓ, a Gaussian of mean 0 and learned scale e^ℓ; on power it is the
  Itakura-Saito divergence (Févotte, Bertin and Durrieu 2009).
- gaussian: ½(u - m)²e^(-2ℓ) + ℓ, both learned.

The likelihood cares for the loud moments of what a spectrum cannot follow, the squared
log-spectral distance for all alike; `distance_weight` mixes them.
"""

import torch
from torch import Tensor
from torch.nn import functional

from vae.network import squared_error
from vae.network.model import Posterior, Spectrum
from vae.network.smoothing import log_blocks


def nats(u: Tensor, spectrum: Spectrum) -> Tensor:
    """Negative log-likelihood of (B, C, F, K) images, mean nats per coefficient."""
    if spectrum.log_scale is None and spectrum.mean is not None:
        return squared_error.half_mean(spectrum.mean, u)
    error = u if spectrum.mean is None else u - spectrum.mean
    if spectrum.log_scale is None:
        return 0.5 * error.square().mean()
    weighted = 0.5 * error.square() * torch.exp(-2 * spectrum.log_scale)
    return (weighted + spectrum.log_scale).mean()


def log_distance(u: Tensor, spectrum: Spectrum) -> Tensor:
    """Mean squared difference of the logarithms of blocks of power, nepers².

    Of (B, C, F, K) images and of what a spectrum expects their power to be.
    """
    expected = u.new_zeros(())
    if spectrum.log_scale is not None:
        expected = expected + torch.exp(2 * spectrum.log_scale)
    if spectrum.mean is not None:
        expected = expected + spectrum.mean.square()
    return functional.mse_loss(log_blocks(expected), log_blocks(u.square()))


def kl_nats(posterior: Posterior) -> Tensor:
    """KL of each latent from N(0, 1), (L,) nats, summed over time, mean over images."""
    mu, log_var = posterior
    each = 0.5 * (mu.square() + log_var.exp() - 1 - log_var)
    return each.sum(dim=2).mean(dim=0)


def covariance_distance(posterior: Posterior) -> Tensor:
    """Squared distance of the latents' batch covariance from the identity, per latent.

    The covariance is that of the means plus the mean posterior variance: DIP-VAE-II
    (Kumar, Sattigeri and Balakrishnan 2018).
    """
    mu, log_var = posterior
    vectors = mu.transpose(0, 1).flatten(1)
    centred = vectors - vectors.mean(dim=1, keepdim=True)
    covariance = centred @ centred.T / (vectors.shape[1] - 1)
    covariance = covariance + torch.diag(log_var.exp().mean(dim=(0, 2)))
    identity = torch.eye(len(covariance), device=mu.device)
    return (covariance - identity).square().sum() / len(covariance)


def participation_ratio(covariance: Tensor) -> float:
    """(Σλ)² / Σλ² of the eigenvalues λ of an (L, L) covariance: 1 to L axes in use.

    0 where nothing varies at all.
    """
    spread = covariance.square().sum().clamp(min=1e-12)
    return float(covariance.trace() ** 2 / spread)
