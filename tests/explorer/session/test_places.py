from pathlib import Path

import pytest

from explorer.session.places import OWN_FOLDER, Places


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's music, and a home beside it; neither is there yet."""
    monkeypatch.setenv("XDG_MUSIC_DIR", str(tmp_path / "music"))
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "music"


def test_recordings_go_to_a_folder_of_their_own_in_the_music(music: Path) -> None:
    places = Places(songs=music.parent / "songs")
    assert places.recordings() == music / OWN_FOLDER
    assert places.recordings().is_dir()


def test_recordings_go_where_exports_went(music: Path, tmp_path: Path) -> None:
    assert Places(exports=tmp_path).recordings() == tmp_path
    assert not music.exists()


def test_recordings_go_elsewhere_where_nothing_can_be_written(
    music: Path, tmp_path: Path
) -> None:
    for folder in ("music", "songs"):
        (tmp_path / folder).write_text("not a folder")
    places = Places(exports=tmp_path / "gone", songs=tmp_path / "songs")
    assert places.recordings() == tmp_path
    assert not (tmp_path / "gone").exists(), "it may be on a disk that was taken away"
