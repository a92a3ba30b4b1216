import pytest
import torch
from torch import Tensor, nn

from vae.training.clipping import clip_gradients


def parameters() -> list[Tensor]:
    torch.manual_seed(0)
    made: list[Tensor] = [nn.Parameter(torch.zeros(s)) for s in [(), (3,), (4, 2, 5)]]
    for parameter in made:
        parameter.grad = torch.randn(parameter.shape)
    return [*made, nn.Parameter(torch.zeros(2))]  # the last without a gradient


@pytest.mark.parametrize("most", [0.5, 100.0])
def test_gradients_are_clipped_as_torch_would_have_it(most: float) -> None:
    mine, theirs = parameters(), parameters()
    norm = clip_gradients(mine, most)
    assert torch.allclose(norm, nn.utils.clip_grad_norm_(theirs, most))
    for one, other in zip(mine[:-1], theirs[:-1], strict=True):
        assert one.grad is not None
        assert other.grad is not None
        assert torch.allclose(one.grad, other.grad)


def test_a_gradient_that_is_no_number_is_told() -> None:
    mine = parameters()
    assert mine[1].grad is not None
    mine[1].grad[0] = torch.nan
    assert clip_gradients(mine, 1.0).isnan()
