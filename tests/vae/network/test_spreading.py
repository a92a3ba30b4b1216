import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from vae.network.spreading import Spreading

ROWS = 3


@pytest.fixture(
    params=[
        nn.ConvTranspose2d(5, 3, (8, 8), 4, padding=(2, 2), output_padding=(0, 1)),
        nn.ConvTranspose2d(5, 3, (8, 4), 4, padding=(2, 0)),
        nn.ConvTranspose2d(5, 3, (4, 1), (2, 1), padding=(1, 0)),
        nn.ConvTranspose2d(5, 3, (16, 1), (16, 1), bias=False),
    ],
    ids=["both ways", "blocks along columns", "time alone", "blocks alone"],
)
def convolution(request: pytest.FixtureRequest) -> nn.ConvTranspose2d:
    """One that suits."""
    given: nn.ConvTranspose2d = request.param
    assert Spreading.suits(given)
    return given


def test_it_is_the_transposed_convolution(convolution: nn.ConvTranspose2d) -> None:
    maps, padding = _maps(), int(convolution.padding[0])
    with torch.inference_mode():
        whole = convolution(maps)
        spread = Spreading.of(convolution)(maps, padding, padding + whole.shape[2])
        torch.testing.assert_close(spread, whole)


def test_any_rows_are_cut_from_all_that_are_reached(
    convolution: nn.ConvTranspose2d,
) -> None:
    maps, spreading = _maps(), Spreading.of(convolution)
    with torch.inference_mode():
        reached = functional.conv_transpose2d(
            maps,
            convolution.weight,
            convolution.bias,
            convolution.stride,
            (0, int(convolution.padding[1])),
            (0, convolution.output_padding[1]),
        )
        for start in range(reached.shape[2]):
            for stop in range(start + 1, reached.shape[2] + 1):
                torch.testing.assert_close(
                    spreading(maps, start, stop), reached[:, :, start:stop]
                )


def test_no_row_costs_anything_but_those_wanted() -> None:
    spreading = Spreading.of(nn.ConvTranspose2d(5, 3, (8, 8), 4, padding=(2, 2)))

    def operations(start: int, stop: int) -> int:
        with torch.inference_mode(), FlopCounterMode(display=False) as counter:
            spreading(_maps(), start, stop)
        return int(counter.get_total_flops())

    row = operations(5, 6)
    for start, stop in [(4, 8), (3, 9), (2, 13)]:
        assert operations(start, stop) == (stop - start) * row


@pytest.mark.parametrize(
    "convolution",
    [
        nn.ConvTranspose2d(5, 3, (2, 5), (2, 4)),
        nn.ConvTranspose2d(5, 3, 8, 4, padding=2, output_padding=(0, 3)),
    ],
    ids=["a kernel of some other size", "columns that nothing reaches"],
)
def test_some_do_not_suit(convolution: nn.ConvTranspose2d) -> None:
    assert not Spreading.suits(convolution)


def _maps() -> torch.Tensor:
    return torch.randn(2, 5, ROWS, 4, generator=torch.Generator().manual_seed(0))
