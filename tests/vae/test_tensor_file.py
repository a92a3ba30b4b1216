import errno
import resource
from pathlib import Path

import pytest
import safetensors
import torch

from vae.tensor_file import write_tensors

TENSORS = {"one": torch.arange(1000.0), "other": torch.ones(3, 2)}


def test_tensors_and_words_come_back(tmp_path: Path) -> None:
    path = tmp_path / "tensors"
    write_tensors(path, TENSORS, {"said": "so"})
    with safetensors.safe_open(path, framework="pt") as file:
        assert file.metadata() == {"said": "so"}
        for name, tensor in TENSORS.items():
            assert torch.equal(file.get_tensor(name), tensor)
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o666 & ~current_umask(tmp_path)


def current_umask(folder: Path) -> int:
    probe = folder / "probe"
    probe.touch()
    mode = probe.stat().st_mode & 0o777
    probe.unlink()
    return 0o666 & ~mode


def test_where_there_is_no_room_the_file_before_stays(tmp_path: Path) -> None:
    path = tmp_path / "tensors"
    path.write_bytes(b"before")
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, most))
    try:
        with pytest.raises(OSError, match="too large") as told:
            write_tensors(path, TENSORS, {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))
    assert told.value.errno == errno.EFBIG
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]
