"""A dictionary of spectra by Itakura-Saito non-negative matrix factorisation.

Power frames p (n, D) are explained as activations h (n, J) times templates w (J, D),
by multiplicative updates with exponent ½, which never increase the divergence (Févotte
and Idier 2011). D is C·K: a template holds both channels.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from vae.network.dictionary import POWER_FLOOR


def fit_dictionary(
    power: Tensor,
    *,
    templates: int,
    rounds: int,
    seed: int,
    progress: Callable[[float], None] | None = None,
) -> tuple[Tensor, Tensor]:
    """Templates and activations of some power frames.

    Parameters
    ----------
    power : (n, D) float32
        In units of the corpus power of each coefficient.
    templates : int
        J.
    rounds : int
        Updates of activations and of templates.
    seed : int
        Of the frames that the templates start from.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Returns
    -------
    templates : (J, D) float32, each of mean 1
    activations : (n, J) float32
    """
    power = power + POWER_FLOOR
    generator = torch.Generator().manual_seed(seed)
    loud = power.sum(dim=1).cpu()
    count = min(templates, len(power))
    picked = torch.multinomial(loud, count, generator=generator)
    flat = torch.ones(templates, power.shape[1], device=power.device)
    flat[:count] = power[picked.to(power.device)]
    w = 0.5 * flat / flat.mean(dim=1, keepdim=True) + 0.5
    w *= 0.8 + 0.4 * torch.rand(w.shape, generator=generator).to(w.device)
    level = power.mean(dim=1, keepdim=True)
    h = (level / templates).expand(-1, templates).contiguous()
    for number in range(rounds):
        inverse = 1 / (h @ w + POWER_FLOOR)
        weighted = power * inverse.square()
        h = h * ((weighted @ w.T) / (inverse @ w.T)).sqrt()
        inverse = 1 / (h @ w + POWER_FLOOR)
        weighted = power * inverse.square()
        w = w * ((h.T @ weighted) / (h.T @ inverse)).sqrt()
        mean = w.mean(dim=1, keepdim=True)
        w, h = w / mean, h * mean.T
        if progress is not None:
            progress((number + 1) / rounds)
    return w, h
