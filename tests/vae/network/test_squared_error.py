import pytest
import torch
from torch import nn
from torch.nn import functional

from vae.network import squared_error
from vae.network.layers import Layer

LAYERS = [
    nn.ConvTranspose2d(5, 2, 8, 4, 2),
    nn.ConvTranspose2d(5, 2, 8, 4, 2, output_padding=(0, 1)),
    nn.ConvTranspose2d(5, 2, 8, 4, 2, output_padding=(1, 2)),
    nn.ConvTranspose2d(5, 2, 4, 2, 1),
    nn.ConvTranspose2d(5, 2, 8, 4, 2, output_padding=(0, 3)),
    nn.ConvTranspose2d(5, 2, (4, 8), (2, 4), (1, 2)),
    nn.Conv2d(5, 2, 8, 4, 2),
]


def test_half_the_mean_squared_error_and_its_gradient_are_torch_s() -> None:
    torch.manual_seed(0)
    mean = torch.randn(2, 2, 6, 7, dtype=torch.float64, requires_grad=True)
    u = torch.randn(2, 2, 6, 7, dtype=torch.float64)
    half = squared_error.half_mean(mean, u)
    expected = 0.5 * functional.mse_loss(mean, u)
    assert torch.allclose(half, expected)
    one, other = (torch.autograd.grad(3 * loss, mean)[0] for loss in (half, expected))
    assert torch.allclose(one, other)


@pytest.mark.parametrize("convolution", LAYERS)
def test_those_of_what_a_layer_gives_are_torch_s(
    convolution: nn.Conv2d | nn.ConvTranspose2d,
) -> None:
    torch.manual_seed(0)
    layer = Layer(convolution, activated=False).double().train()
    maps = torch.randn(2, 5, 20, 24, dtype=torch.float64, requires_grad=True)
    mean = convolution(maps)
    u = torch.randn_like(mean)
    half = squared_error.half_mean_of(layer, maps, u)
    expected = 0.5 * functional.mse_loss(mean, u)
    assert torch.allclose(half, expected)
    learned = [maps, *layer.parameters()]
    found = [torch.autograd.grad(3 * loss, learned) for loss in (half, expected)]
    for one, other in zip(*found, strict=True):
        assert torch.allclose(one, other, rtol=1e-5, atol=1e-8)
