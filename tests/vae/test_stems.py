import numpy as np
import pytest

from tests.models import TINY, untrained
from vae.network.model import Decoder
from vae.stems import KEPT, Stems


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
    assert stems.of(vector) is stems.of(vector.copy())
    assert len(counted) == 1


def test_points_long_gone_are_forgotten(counted: list[int]) -> None:
    stems = Stems(untrained(TINY).model().decoder)
    for number in range(KEPT + 1):
        stems.of(np.full(TINY.latent_size, number, np.float32))
    stems.of(np.zeros(TINY.latent_size, np.float32))
    assert len(counted) == KEPT + 2
