from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.sounds import write_song


@pytest.fixture(autouse=True, scope="package")
def one_thread() -> Iterator[None]:
    """Tiny networks are faster on one thread, above all beside other work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training") / "songs"
    folder.mkdir()
    for number in range(4):
        write_song(folder / f"song {number}.wav", seconds=2, seed=number)
    return folder
