import pytest
import torch
from torch import nn

from vae.spreading import Spreading


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matrix_product_is_the_transposed_convolution(rows: int) -> None:
    torch.manual_seed(0)
    convolution = nn.ConvTranspose2d(
        40, 3, (8, 8), stride=4, padding=(2, 2), output_padding=(0, 1)
    )
    spreading = Spreading(convolution)
    maps = torch.randn(1, 40, rows, 5)
    with torch.inference_mode():
        assert spreading.suits(maps)
        torch.testing.assert_close(spreading(maps, row_padding=2), convolution(maps))


def test_a_map_of_many_positions_is_left_to_the_convolution() -> None:
    convolution = nn.ConvTranspose2d(4, 3, (8, 8), stride=4)
    assert not Spreading(convolution).suits(torch.zeros(1, 4, 2, 2))
