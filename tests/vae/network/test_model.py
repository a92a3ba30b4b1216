from dataclasses import replace
from typing import get_args

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.models import TINY, TINY_TRANSFORM
from vae.config import CONTOUR_FRAMES, Likelihood, ModelConfig, Network
from vae.network import likelihood
from vae.network.model import Decoder, Vae
from vae.presets import SEED

FRAMES = 32
configs = st.builds(
    lambda network, likelihood, per_latent, shapes, kept: replace(
        TINY,
        transform=replace(TINY_TRANSFORM, kept=kept),
        network=network,
        likelihood=likelihood,
        frames_per_latent=per_latent,
        widths=(8, 12),
        contour_shapes=shapes if per_latent > CONTOUR_FRAMES else 0,
    ),
    st.sampled_from(get_args(Network)),
    st.sampled_from(get_args(Likelihood)),
    st.sampled_from([2, 4, 8, 16, 32]),
    st.sampled_from([0, 5]),
    st.sampled_from([32, 31]),  # 31: a strided decoder ends in columns none reaches
)
bands = st.tuples(st.integers(0, FRAMES - 1), st.integers(1, FRAMES)).map(
    lambda ends: (ends[0], max(ends[0] + 1, ends[1]))
)


def exploring(config: ModelConfig) -> Vae:
    """A network whose batch norms have seen data, folded."""
    torch.manual_seed(0)
    model = Vae(config)
    for contours in (model.encoder.contours, model.decoder.contours):
        if contours is not None:
            for tensor in contours.state_dict().values():
                tensor.normal_(std=0.3)
    for _ in range(2):
        model(torch.randn(2, *config.image_shape))
    return model.fold()


def assert_same(part: torch.Tensor | None, whole: torch.Tensor | None) -> None:
    assert (part is None) == (whole is None)
    if part is not None and whole is not None:
        assert part.shape == whole.shape
        assert float((part - whole).abs().max()) <= 1e-5 * float(whole.abs().max())


@given(config=configs, band=bands)
def test_decoding_a_band_is_cutting_it_from_the_whole(
    config: ModelConfig, band: tuple[int, int]
) -> None:
    decoder = exploring(config).decoder
    path = torch.randn(1, config.latent_size, config.latents)
    start, stop = band
    whole = decoder(path)
    for given_path in (path, decoder.stem(path)):
        part = decoder.rows(given_path, start, stop)
        for part_head, head in zip(part, whole, strict=True):
            assert_same(part_head, None if head is None else head[:, :, start:stop])


@given(config=configs, band=bands)
def test_encoding_a_band_is_cutting_it_from_the_whole(
    config: ModelConfig, band: tuple[int, int]
) -> None:
    encoder = exploring(config).encoder
    image = torch.randn(1, *config.image_shape)
    start = band[0] * config.latents // FRAMES
    stop = max(start + 1, band[1] * config.latents // FRAMES)
    first, last = encoder.span(start, stop, FRAMES)
    part = encoder.rows(image[:, :, first:last], first, start, stop, FRAMES)
    whole = encoder(image)
    assert_same(part.mu, whole.mu[..., start:stop])
    assert_same(part.log_var, whole.log_var[..., start:stop])


@given(config=configs)
def test_folding_the_batch_norms_changes_nothing(config: ModelConfig) -> None:
    torch.manual_seed(0)
    model = Vae(config)
    model(torch.randn(2, *config.image_shape))
    image = torch.randn(1, *config.image_shape)
    with torch.no_grad():
        before = model.eval().encoder(image).mu
        spectrum = model.decoder(before)
        model.fold()
        assert float((model.encoder(image).mu - before).abs().max()) < 1e-4
        for head, folded in zip(spectrum, model.decoder(before), strict=True):
            assert (head is None) == (folded is None)
            if head is not None and folded is not None:
                assert float((head - folded).abs().max()) < 1e-3


@pytest.mark.parametrize("per_latent", [512, 32, 8])
@pytest.mark.parametrize("network", get_args(Network))
def test_full_images_keep_their_shape(network: Network, per_latent: int) -> None:
    config = ModelConfig(network=network, frames_per_latent=per_latent)
    if network == "strided":
        config = replace(config, widths=SEED.model.widths)
    model = Vae(config).eval()
    with torch.inference_mode():
        spectrum, posterior = model(torch.randn(1, 2, 512, 1378))
    assert posterior.mu.shape == (1, 64, 512 // per_latent)
    assert spectrum.log_scale is not None
    assert spectrum.log_scale.shape == (1, 2, 512, 1378)


def test_the_seed_has_one_vector_and_the_parameters_of_its_widths() -> None:
    model = Vae(SEED.model)
    assert SEED.model.latents == 1
    assert 12.7e6 < model.parameter_count < 12.9e6


def test_a_later_path_changes_no_earlier_frame() -> None:
    config = replace(TINY, frames_per_latent=2)
    decoder: Decoder = exploring(config).decoder
    path = torch.randn(1, config.latent_size, config.latents)
    other = path.clone()
    other[..., -1] += 5
    before, after = decoder(path).log_scale, decoder(other).log_scale
    assert before is not None
    assert after is not None
    assert torch.equal(before[:, :, : FRAMES // 2], after[:, :, : FRAMES // 2])
    assert not torch.equal(before[:, :, -2:], after[:, :, -2:])


def test_templates_are_positive_and_of_mean_one() -> None:
    dictionary = Decoder(TINY).dictionary
    assert dictionary is not None
    templates = dictionary.templates().detach()
    assert templates.shape == (12, 2, TINY_TRANSFORM.kept)
    assert float(templates.min()) > 0
    assert torch.allclose(templates.mean(dim=(1, 2)), torch.ones(12))


def test_an_image_scored_early_is_scored_alike() -> None:
    torch.manual_seed(0)
    transform = replace(TINY_TRANSFORM, kept=150)
    model = Vae(
        replace(
            SEED.model,
            transform=transform,
            frames=64,
            frames_per_latent=64,
            widths=(6, 8),
        )
    )
    decoder = model.decoder.train()
    assert decoder.scored_early
    assert not Decoder(TINY).scored_early
    path, u = torch.randn(2, 64, 1), torch.randn(2, 2, 64, 150)
    scores = [likelihood.nats(u, decoder(path)), decoder.squared_error(path, u)]
    assert torch.allclose(scores[0], scores[1])
    gradients = [
        torch.autograd.grad(score, list(decoder.parameters())) for score in scores
    ]
    for one, other in zip(*gradients, strict=True):
        assert torch.allclose(one, other, atol=1e-6)
