import numpy as np
import pytest
import torch

from tests.models import TINY, untrained
from vae.network.model import Decoder
from vae.stems import FEW, KEPT, Stems

MANY = FEW + 1  # frames


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """As many entries as stems were computed."""
    count: list[int] = []
    stem = Decoder.stem

    def counting(self: Decoder, path: object) -> object:
        count.append(1)
        return stem(self, path)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(Decoder, "stem", counting)
    return count


def test_the_bands_of_one_point_share_their_early_layers(counted: list[int]) -> None:
    stems = Stems(untrained(TINY).model().decoder)
    vector = np.ones(TINY.latent_size, np.float32)
    assert stems.of(vector, MANY) is stems.of(vector.copy(), MANY)
    assert len(counted) == 1


def test_points_long_gone_are_forgotten(counted: list[int]) -> None:
    stems = Stems(untrained(TINY).model().decoder)
    for number in range(KEPT + 1):
        stems.of(np.full(TINY.latent_size, number, np.float32), MANY)
    stems.of(np.zeros(TINY.latent_size, np.float32), MANY)
    assert len(counted) == KEPT + 2


def test_a_few_frames_do_not_wait_for_a_stem(counted: list[int]) -> None:
    decoder = untrained(TINY).model().fold().decoder
    stems = Stems(decoder)
    vector = np.ones(TINY.latent_size, np.float32)
    few = stems.of(vector, FEW)
    assert not counted
    whole = stems.of(vector, MANY)
    assert stems.of(vector, FEW) is whole
    with torch.inference_mode():
        part, same = (decoder.rows(stem, 2, 5).log_scale for stem in (few, whole))
    assert part is not None
    torch.testing.assert_close(part, same)
