from dataclasses import replace

import torch
from hypothesis import given, settings

from tests.vae.network.test_model import assert_same, configs
from vae.config import ModelConfig
from vae.network.latent_units import rescale
from vae.network.model import Vae


def seasoned(config: ModelConfig) -> Vae:
    """A network whose ways round the stacks have as much to say as the stacks."""
    torch.manual_seed(0)
    model = Vae(config)
    encoder, decoder = model.encoder, model.decoder
    for way in (encoder.projection, decoder.equaliser):
        if way is not None:
            for tensor in way.state_dict().values():
                tensor.normal_(std=0.1)
    for contours in (encoder.contours, decoder.contours):
        if contours is not None:
            for tensor in contours.state_dict().values():
                tensor.normal_(std=1.0)
    return model.eval()


@given(config=configs)
@settings(max_examples=30)
def test_another_unit_of_a_latent_changes_nothing_but_its_numbers(
    config: ModelConfig,
) -> None:
    config = replace(config, latent_size=4)
    model = seasoned(config)
    image = torch.randn(1, *config.image_shape)
    path = torch.randn(1, config.latent_size, config.latents)
    factors = torch.linspace(0.5, 3.0, config.latent_size)
    with torch.inference_mode():
        found, said = model.encoder(image), model.decoder(path)
    rescale(model, factors)
    with torch.inference_mode():
        rescaled = model.encoder(image)
        again = model.decoder(path * factors[:, None])
    for part, whole in zip(again, said, strict=True):
        assert_same(part, whole)
    assert_same(rescaled.log_var, found.log_var + 2 * factors[:, None].log())
    regressed = model.encoder.contours is not None  # towards the prior's mean, a little
    nearness = 1e-2 if regressed else 1e-5
    expected = found.mu * factors[:, None]
    farthest = float((rescaled.mu - expected).abs().max())
    assert farthest <= nearness * float(expected.abs().max())
