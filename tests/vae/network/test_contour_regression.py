from dataclasses import replace

import torch

from tests.models import TINY
from vae.network.contour_regression import DISTANCE_WEIGHT, ContourRegression
from vae.network.contours import step_spectra

CONFIG = replace(
    TINY, frames=128, frames_per_latent=64, contour_shapes=6, latent_size=4
)
WIDER = 0.3  # nats of magnitude, of a shape in a band


def regression() -> ContourRegression:
    """One whose latents each stand for a contour of their own."""
    torch.manual_seed(0)
    way = ContourRegression(CONFIG)
    for tensor in way.state_dict().values():
        tensor.normal_(std=WIDER)
    return way


def images(*, seed: int = 1) -> torch.Tensor:
    """Noise that comes and goes, with bands that fall silent."""
    torch.manual_seed(seed)
    channels, frames, kept = CONFIG.image_shape
    u = torch.randn(2, channels, frames, kept)
    u = u * torch.exp(torch.randn(2, channels, frames // 16, 1)).repeat_interleave(
        16, dim=2
    )
    u[:, :, 16:48, 9:18] = 0
    return u


def losses(
    way: ContourRegression, u: torch.Tensor, latents: torch.Tensor
) -> torch.Tensor:
    """(B·T,) negative log-likelihood and squared distance of the steps' powers."""
    seen = step_spectra(u).view(len(u) * CONFIG.latents, len(way.usual), -1)
    moved = latents.transpose(1, 2).flatten(0, 1) @ way.weight.flatten(1)
    levels = moved.view(len(moved), *way.usual.shape) + way.usual
    expected = levels @ way.shapes.flatten(1) + way.mean.flatten()
    over = seen - expected
    likely = 0.5 * torch.exp(2 * over) - over
    return (likely + DISTANCE_WEIGHT * (2 * over).square()).mean(dim=(1, 2))


def test_no_step_along_any_latent_makes_a_song_likelier() -> None:
    way, u = regression(), images()
    found = way(u)
    assert found.shape == (2, CONFIG.latent_size, CONFIG.latents)
    reached = losses(way, u, found)
    for latent in range(CONFIG.latent_size):
        for step in (-0.3, 0.3):
            moved = found.clone()
            moved[:, latent] += step
            assert bool((losses(way, u, moved) > reached).all())


def test_a_band_beyond_all_that_is_expected_moves_a_song_only_so_far() -> None:
    way, u = regression(), images()
    loud = u.clone()
    loud[:, 0, :16, :9] *= 1_000  # 60 dB
    moved = (way(loud) - way(u)).abs().max()
    assert 0.1 < float(moved) < 7


def test_latents_that_stand_for_nothing_rest_at_zero() -> None:
    way = regression()
    way.weight[2:] = 0
    found = way(images())
    assert bool(torch.isfinite(found).all())
    assert float(found[:, 2:].abs().max()) < 1e-3
    assert float(found[:, :2].abs().max()) > 0.1
