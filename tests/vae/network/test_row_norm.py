import copy

import pytest
import torch
from torch import Tensor, nn

from vae.network import row_norm


def trained(norm: nn.BatchNorm2d, maps: Tensor, *, by_rows: bool) -> list[Tensor]:
    """The output, its gradients by all that goes in, and the running statistics."""
    norm, maps = copy.deepcopy(norm), maps.clone().requires_grad_()
    out = row_norm.normed(maps, norm) if by_rows else norm(maps)
    (out * torch.sin(torch.arange(out.numel()).view(out.shape))).sum().backward()
    gradients = [maps.grad, norm.weight.grad, norm.bias.grad]
    statistics = [norm.running_mean, norm.running_var, norm.num_batches_tracked]
    return [out, *[t for t in (*gradients, *statistics) if t is not None]]


@pytest.mark.parametrize("layout", [torch.contiguous_format, torch.channels_last])
def test_maps_are_normed_as_torch_would_have_it(layout: torch.memory_format) -> None:
    torch.manual_seed(0)
    norm = nn.BatchNorm2d(6, momentum=0.3).double()
    nn.init.uniform_(norm.weight)
    nn.init.uniform_(norm.bias)
    maps = 3 + torch.randn(2, 6, 5, 7, dtype=torch.float64)
    maps = maps.contiguous(memory_format=layout)
    plain = trained(norm, maps, by_rows=False)
    assert len(plain) == 7
    for one, other in zip(trained(norm, maps, by_rows=True), plain, strict=True):
        assert torch.allclose(one, other, rtol=1e-9, atol=1e-9)


def test_what_fills_cache_lines_or_is_not_trained_is_left_to_torch() -> None:
    maps = torch.randn(2, 24, 5, 7)
    assert row_norm.fits(nn.BatchNorm2d(24), maps)
    assert not row_norm.fits(nn.BatchNorm2d(32), torch.randn(2, 32, 5, 7))
    assert not row_norm.fits(nn.BatchNorm2d(24).eval(), maps)
    assert not row_norm.fits(nn.Identity(), maps)
