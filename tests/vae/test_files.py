import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from vae.files import (
    abandoned,
    atomic_path,
    being_written,
    clear_abandoned,
    is_file,
    is_folder,
    is_there,
    write_bytes,
)

KILLED = """
import os, signal, sys
from pathlib import Path
from vae.files import atomic_path

with atomic_path(Path(sys.argv[1])) as temporary:
    temporary.write_bytes(b"half of it")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_writer_left_is_found_and_what_a_living_one_writes_is_not(
    tmp_path: Path,
) -> None:
    path = tmp_path / "song (edit).wav"
    ended = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert ended.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    beside = tmp_path / ".song (edit).notes.wav"
    beside.touch()
    with atomic_path(path) as temporary:
        assert f".{os.getpid()}-" in temporary.name
        assert abandoned(path) == [left]
        assert being_written(path)
        clear_abandoned(path)
        assert temporary.exists()
    assert set(tmp_path.iterdir()) == {path, beside}
    assert not being_written(path)
    assert abandoned(tmp_path / "no such folder" / "song.wav") == []


@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3_000, "nul\0l", "none"])
def test_where_it_cannot_be_told_what_is_there_there_is_nothing(
    tmp_path: Path, name: str
) -> None:
    for fact in (is_there, is_folder, is_file):
        assert not fact(tmp_path / name)
    assert is_there(tmp_path)
    assert is_folder(tmp_path)


def test_a_file_whose_writing_fails_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_text("old")
    with pytest.raises(TypeError), atomic_path(path) as temporary:
        temporary.write_text(None)  # type: ignore[arg-type]  # fails
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_others_may_read_what_was_written_as_they_may_what_any_program_writes(
    tmp_path: Path,
) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    write_bytes(tmp_path / "ours", b"sound")
    assert (tmp_path / "ours").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("durable", [True, False])
def test_the_content_is_on_the_disk_before_the_name_and_the_name_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool
) -> None:
    path, seen = tmp_path / "song.wav", list[tuple[bool, bool]]()
    sync = os.fsync

    def watched(handle: int) -> None:
        seen.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.exists()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    write_bytes(path, b"sound", durable=durable)
    assert seen == ([(False, False), (True, True)] if durable else [])
    assert path.read_bytes() == b"sound"
