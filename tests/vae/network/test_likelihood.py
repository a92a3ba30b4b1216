import math

import pytest
import torch

from vae.network import likelihood
from vae.network.model import Posterior, Spectrum


def test_scale_is_lowest_at_the_true_scale() -> None:
    torch.manual_seed(0)
    u = 0.3 * torch.randn(1, 2, 200, 100)
    losses = {
        scale: float(
            likelihood.nats(u, Spectrum(None, torch.full_like(u, math.log(scale))))
        )
        for scale in (0.2, 0.3, 0.45)
    }
    assert min(losses, key=losses.__getitem__) == 0.3
    assert losses[0.3] == pytest.approx(0.5 + math.log(0.3), abs=0.01)


def test_mean_scores_the_squared_error() -> None:
    u = torch.tensor([[[[1.0, 3.0]]]])
    assert float(likelihood.nats(u, Spectrum(torch.ones_like(u), None))) == 1.0


def test_gaussian_with_no_mean_is_scale() -> None:
    u, log_scale = torch.randn(2, 1, 2, 4, 3)
    both = likelihood.nats(u, Spectrum(torch.zeros_like(u), log_scale))
    assert float(both) == pytest.approx(
        float(likelihood.nats(u, Spectrum(None, log_scale)))
    )


def test_kl_of_the_prior_is_nothing_and_grows_away_from_it() -> None:
    prior = Posterior(torch.zeros(2, 3, 4), torch.zeros(2, 3, 4))
    assert float(likelihood.kl_nats(prior).sum()) == 0
    away = Posterior(torch.full((2, 3, 4), 2.0), torch.zeros(2, 3, 4))
    assert torch.allclose(likelihood.kl_nats(away), torch.full((3,), 4 * 2.0))


def test_latents_that_repeat_one_another_lie_far_from_the_identity() -> None:
    torch.manual_seed(0)
    known = torch.full((4, 6, 500), -10.0)
    own = Posterior(torch.randn(4, 6, 500), known)
    repeated = Posterior(torch.randn(4, 1, 500).expand(4, 6, 500), known)
    assert float(likelihood.covariance_distance(own)) < 0.1
    assert float(likelihood.covariance_distance(repeated)) > 4


def test_what_a_posterior_is_unsure_of_counts_as_spread() -> None:
    torch.manual_seed(0)
    half = torch.full((4, 3, 2000), math.log(0.5))
    unsure = Posterior(math.sqrt(0.5) * torch.randn(4, 3, 2000), half)
    assert float(likelihood.covariance_distance(unsure)) < 0.01
    wide = Posterior(math.sqrt(2.5) * torch.randn(4, 3, 2000), half)  # a variance of 3
    assert float(likelihood.covariance_distance(wide)) == pytest.approx(4, rel=0.1)


def test_participation_counts_the_axes_in_use() -> None:
    assert likelihood.participation_ratio(torch.eye(5)) == pytest.approx(5)
    single = torch.zeros(5, 5)
    single[0, 0] = 3
    assert likelihood.participation_ratio(single) == pytest.approx(1)


def test_the_distance_is_that_of_log_powers_and_knows_no_sign() -> None:
    torch.manual_seed(0)
    u = torch.randn(1, 2, 60, 80)
    log_scale = torch.randn(1, 2, 1, 1)
    own = Spectrum(None, torch.log(u.abs()))
    assert float(likelihood.log_distance(u, own)) == pytest.approx(0, abs=1e-6)
    for raised in (-0.5, 0.5):  # nats of magnitude, twice as many of power
        moved = Spectrum(None, torch.log(u.abs()) + raised)
        distance = float(likelihood.log_distance(u, moved))
        assert distance == pytest.approx(1, rel=0.01)
    for sign in (-1, 1):
        told = Spectrum(sign * math.sqrt(math.e) * u, None)
        assert float(likelihood.log_distance(u, told)) == pytest.approx(1, rel=0.01)
    still = Spectrum(torch.zeros_like(u), log_scale.expand_as(u))
    same = Spectrum(None, log_scale.expand_as(u))
    assert torch.equal(
        likelihood.log_distance(u, still), likelihood.log_distance(u, same)
    )
