"""How the latents of many songs are spread: what the prior promises, and what is so.

Letters: L latent size, T latent vectors of an excerpt's path.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch

from vae.network import likelihood
from vae.network.model import Posterior

ACTIVE_VARIANCE = 0.01  # of a latent's mean over songs (Burda et al. 2016)


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """The latents of all songs together.

    Attributes
    ----------
    participation_ratio : float
        (Σλ)² / Σλ² of the eigenvalues of the covariance of the posterior means: 1 to L.
    variance : tuple of float
        L, of each latent: of its means, plus the mean of its posterior variances. The
        prior's is 1.
    active_latents : int
        Those whose means vary by more than 0.01 (Burda, Grosse and Salakhutdinov 2016).
    kl_nats : float
        From N(0, 1), over all latents of an excerpt, mean over excerpts.
    vectors : int
        How many latent vectors all this was taken from.
    """

    participation_ratio: float
    variance: tuple[float, ...]
    active_latents: int
    kl_nats: float
    vectors: int

    @property
    def variance_in_range(self) -> int:
        """Latents whose aggregate variance lies between 0.7 and 1.3."""
        return sum(0.7 <= one <= 1.3 for one in self.variance)


def aggregate(posteriors: Sequence[Posterior]) -> Aggregate:
    """Of some excerpts' posteriors, each (1, L, T)."""
    means = torch.cat([one.mu[0] for one in posteriors], dim=1)
    noise = torch.cat([one.log_var[0].exp() for one in posteriors], dim=1)
    covariance = torch.cov(means, correction=0).view(len(means), len(means))
    spread = covariance.diagonal()
    kl = [float(likelihood.kl_nats(one).sum()) for one in posteriors]
    return Aggregate(
        participation_ratio=likelihood.participation_ratio(covariance),
        variance=tuple((spread + noise.mean(dim=1)).tolist()),
        active_latents=int((spread > ACTIVE_VARIANCE).sum()),
        kl_nats=sum(kl) / len(kl),
        vectors=means.shape[1],
    )
