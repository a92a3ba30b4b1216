import pytest
import torch
from torch import nn

from vae.network.spreading import Spreading


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "convolution",
    [
        nn.ConvTranspose2d(5, 3, (8, 8), 4, padding=(2, 2), output_padding=(0, 1)),
        nn.ConvTranspose2d(5, 3, (4, 1), (2, 1), padding=(1, 0)),
        nn.ConvTranspose2d(5, 3, (16, 1), (16, 1), bias=False),
        nn.ConvTranspose2d(5, 3, (2, 5), (2, 4)),
    ],
)
def test_it_is_the_transposed_convolution(
    convolution: nn.ConvTranspose2d, rows: int
) -> None:
    maps = torch.randn(2, 5, rows, 4, generator=torch.Generator().manual_seed(0))
    if not Spreading.suits(convolution):
        assert convolution.kernel_size == (2, 5)
        return
    padding = int(convolution.padding[0])
    with torch.inference_mode():
        spread = Spreading(convolution)(maps, row_padding=padding)
        torch.testing.assert_close(spread, convolution(maps))
