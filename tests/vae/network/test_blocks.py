import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from vae.network import blocks
from vae.network.layers import LEAK, Layer
from vae.network.stack import Stack

SIZES = [
    (32, 42),
    (16, 21),
    (128, 90),
    (64, 91),
]  # rows, columns; the first of few positions
FINER = [6, 16]  # channels; the second fill vectors


def gradients(layer: Layer, maps: Tensor) -> tuple[Tensor, ...]:
    """The output, then the gradients of its square sum by input, weight and bias."""
    maps = maps.clone().requires_grad_()
    out = layer(maps)
    conv = layer.convolution
    assert conv.bias is not None
    found = torch.autograd.grad(out.square().sum(), [maps, conv.weight, conv.bias])
    return out, *found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("finer", FINER)
@pytest.mark.parametrize("transposed", [False, True])
def test_a_layer_trains_by_blocks_as_torch_would_have_it(
    size: tuple[int, int], finer: int, transposed: bool
) -> None:
    torch.manual_seed(0)
    rows, columns = size
    maps = torch.randn(3, finer, rows, columns, dtype=torch.float64)
    conv: nn.Conv2d | nn.ConvTranspose2d = nn.Conv2d(finer, 5, 8, stride=4, padding=2)
    if transposed:
        maps = torch.randn(3, 5, rows // 4, columns // 4, dtype=torch.float64)
        conv = nn.ConvTranspose2d(
            5, finer, 8, stride=4, padding=2, output_padding=(0, columns % 4)
        )
    layer = Layer(conv, activated=False).double()
    layer.eval()
    plain = gradients(layer, maps)
    assert blocks.fits(conv)
    layer.train()
    for one, other in zip(gradients(layer, maps), plain, strict=True):
        assert one.shape == other.shape
        assert torch.allclose(one, other, rtol=1e-9, atol=1e-9)


def test_other_kernels_are_left_to_torch() -> None:
    assert not blocks.fits(nn.Conv2d(2, 2, (8, 1), stride=(4, 1), padding=(2, 0)))
    assert not blocks.fits(nn.Conv2d(2, 2, 3, padding=1))
    assert not blocks.fits(nn.Conv2d(2, 2, (2, 5), stride=(2, 1)))


@pytest.mark.parametrize("columns", [176, 181, 182, 187])
def test_layers_that_hand_on_room_train_as_torch_would_have_it(columns: int) -> None:
    torch.manual_seed(0)
    finer, coarser = columns // 4, columns // 16
    up = nn.ConvTranspose2d(16, 6, 8, 4, 2, (0, finer - 4 * coarser))
    convolutions: list[nn.Conv2d | nn.ConvTranspose2d] = [
        nn.Conv2d(2, 6, 8, 4, 2),
        nn.Conv2d(6, 16, 8, 4, 2),
        up,
        nn.ConvTranspose2d(6, 2, 8, 4, 2, (0, columns - 4 * finer)),
    ]
    layers = [Layer(conv, activated=conv.out_channels > 2) for conv in convolutions]
    stack = Stack(layers).double().train()
    maps = torch.randn(2, 2, 256, columns, dtype=torch.float64)
    parameters = list(stack.parameters())

    def plain(maps: Tensor) -> Tensor:
        for layer in layers:
            maps = layer.norm(layer.convolution(maps))
            maps = functional.leaky_relu(maps, LEAK) if layer.activated else maps
        return maps

    found = [
        [out, *torch.autograd.grad(out.square().sum(), parameters)]
        for out in (stack(maps), plain(maps))
    ]
    for one, other in zip(*found, strict=True):
        assert torch.allclose(one, other, rtol=1e-8, atol=1e-8)
