import pytest
import torch
from torch.nn import functional

from vae.network import squared_error
from vae.network.room import NONE, Room


@pytest.mark.parametrize("room", [NONE, Room(2, 1)])
def test_half_the_mean_squared_error_and_its_gradient_are_torch_s(room: Room) -> None:
    torch.manual_seed(0)
    mean = torch.randn(2, 2, 6, 7, dtype=torch.float64, requires_grad=True)
    u = torch.randn(2, 2, 6, 7, dtype=torch.float64)
    wide = functional.pad(mean, room, value=9.0)
    half = squared_error.half_mean(wide, u, room)
    expected = 0.5 * functional.mse_loss(mean, u)
    assert torch.allclose(half, expected)
    one, other = (torch.autograd.grad(3 * loss, mean)[0] for loss in (half, expected))
    assert torch.allclose(one, other)
