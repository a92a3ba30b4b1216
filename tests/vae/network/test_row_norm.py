import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from vae.network import row_norm
from vae.network.room import NONE, Room

LEAK = 0.2
ROOMS = [(NONE, NONE), (Room(2, 1), NONE), (NONE, Room(1, 3)), (Room(2, 2), Room(1, 0))]


def trained(
    norm: nn.BatchNorm2d, maps: Tensor, rooms: tuple[Room, Room] | None
) -> list[Tensor]:
    """The output, its gradients by all that goes in, and the running statistics.

    By rows where rooms are given: of the maps, among columns of noise, and of what is
    made of them, among zeros.
    """
    norm, maps = copy.deepcopy(norm), maps.clone().requires_grad_()
    if rooms is None:
        out = functional.leaky_relu(norm(maps), LEAK)
    else:
        has, wanted = rooms
        wide = functional.pad(maps, has)
        wide = wide + (functional.pad(torch.ones_like(maps), has) == 0) * 9
        roomy = row_norm.activated(wide, norm, LEAK, has, wanted)
        out = wanted.inside(roomy)
        assert torch.equal(roomy, functional.pad(out, wanted))
    waves = torch.sin(torch.arange(out.numel()).view(out.shape))
    torch.autograd.backward((out * waves).sum())
    gradients = [maps.grad, norm.weight.grad, norm.bias.grad]
    statistics = [norm.running_mean, norm.running_var, norm.num_batches_tracked]
    return [out, *[t for t in (*gradients, *statistics) if t is not None]]


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("rooms", ROOMS)
def test_maps_are_normed_as_torch_would_have_it(
    layout: torch.memory_format, rooms: tuple[Room, Room]
) -> None:
    torch.manual_seed(0)
    norm = nn.BatchNorm2d(6, momentum=0.3).double()
    nn.init.uniform_(norm.weight, -1, 1)
    nn.init.uniform_(norm.bias)
    maps = 3 + torch.randn(2, 6, 5, 7, dtype=torch.float64)
    maps = maps.contiguous(memory_format=layout)
    plain = trained(norm, maps, None)
    assert len(plain) == 7
    for one, other in zip(trained(norm, maps, rooms), plain, strict=True):
        assert torch.allclose(one, other, rtol=1e-9, atol=1e-9)


def test_what_fills_cache_lines_or_is_not_trained_is_left_to_torch() -> None:
    maps = torch.randn(2, 24, 5, 7)
    assert row_norm.fits(nn.BatchNorm2d(24), maps)
    assert not row_norm.fits(nn.BatchNorm2d(32), torch.randn(2, 32, 5, 7))
    assert row_norm.fits(nn.BatchNorm2d(32), torch.randn(2, 32, 5, 7), Room(2, 0))
    assert not row_norm.fits(nn.BatchNorm2d(24).eval(), maps)
    assert not row_norm.fits(nn.Identity(), maps)
