import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sounds import write_song
from vae.__main__ import main
from vae.errors import DatasetError
from vae.search import find_files

Close = Callable[[Path], None]


@pytest.fixture
def close(monkeypatch: pytest.MonkeyPatch) -> Close:
    """Closes a folder to this person, whoever that is."""
    closed: set[str] = set()
    scandir = os.scandir

    def opened(path: Any) -> Any:
        if os.fspath(path) in closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", opened)
    return lambda path: closed.add(str(path))


def test_what_tells_of_a_composed_song_is_no_song_refused(tmp_path: Path) -> None:
    write_song(tmp_path / "song.flac", seconds=1, seed=0)
    (tmp_path / "song.json").write_text("{}")
    (tmp_path / "other.json").write_text("{}")
    found = find_files([tmp_path]).files
    assert [path.name for path in found] == ["other.json", "song.flac"]


def test_a_link_lies_where_it_was_found_and_counts_once(tmp_path: Path) -> None:
    songs, mine = tmp_path / "songs", tmp_path / "mine"
    songs.mkdir()
    mine.mkdir()
    song = write_song(songs / "song.wav", seconds=1, seed=0)
    link = mine / "linked.wav"
    link.symlink_to(song)
    assert find_files([mine]).files == (link,)
    assert find_files([mine, songs]).files == (link,)
    assert find_files([songs, mine]).files == (song,)


def test_links_that_go_round_in_circles_lead_nowhere(tmp_path: Path) -> None:
    song = write_song(tmp_path / "song.wav", seconds=1, seed=0)
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "itself.wav").symlink_to(tmp_path / "itself.wav")
    (tmp_path / "gone.wav").symlink_to(tmp_path / "never was.wav")
    os.mkfifo(tmp_path / "pipe.wav")
    assert find_files([tmp_path]).files == (song,)


def test_a_folder_that_is_closed_is_told_of(tmp_path: Path, close: Close) -> None:
    close(tmp_path)
    with pytest.raises(DatasetError, match="cannot be opened: Permission denied"):
        find_files([tmp_path])


def test_a_closed_folder_within_does_not_keep_the_other_songs(
    tmp_path: Path, close: Close
) -> None:
    (tmp_path / "deep" / "closed").mkdir(parents=True)
    song = write_song(tmp_path / "song.wav", seconds=1, seed=0)
    close(tmp_path / "deep" / "closed")
    found = find_files([tmp_path, tmp_path / "deep"])
    assert found.files == (song,)
    assert [one.reason for one in found.closed] == [
        "the folder closed cannot be opened: Permission denied"
    ]


@pytest.mark.parametrize("command", ["survey", "prepare", "varispeed"])
def test_a_closed_folder_within_is_told_of_as_a_refused_file_is(
    tmp_path: Path, close: Close, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "songs" / "closed").mkdir(parents=True)
    write_song(tmp_path / "songs" / "song.wav", seconds=1, seed=0)
    close(tmp_path / "songs" / "closed")
    place = {
        "survey": (),
        "prepare": ("--cache", str(tmp_path / "cache")),
        "varispeed": ("--out", str(tmp_path / "out")),
    }
    assert main([command, str(tmp_path / "songs"), *place[command]]) == 0
    said = capsys.readouterr()
    assert "the folder closed cannot be opened: Permission den" in said.out + said.err
    assert "refused: 1\n" in said.out


def test_a_file_that_may_not_be_looked_at_is_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a folder that may be read but not entered: it is refused when it is opened."""
    (tmp_path / "song.wav").touch()
    looked = Path.stat

    def denied(path: Path, **how: Any) -> os.stat_result:
        if path.name == "song.wav":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return looked(path, **how)

    monkeypatch.setattr(Path, "stat", denied)
    assert find_files([tmp_path]).files == (tmp_path / "song.wav",)
