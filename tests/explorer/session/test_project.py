import json
import shutil
from pathlib import Path

import pytest

from explorer.session.project_file import read_project, write_project
from explorer.session.project_search import Found, find_files
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.test_session import MODEL, opened, said
from vae.files import content_hash


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """A folder of two files that pass for songs, and one that passes for a model."""
    folder = tmp_path / "music"
    folder.mkdir()
    for name in ("walk.flac", "run.flac", "piano.safetensors"):
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def edited(music: Path) -> tuple[Session, FakeEngine]:
    """Two songs with an edit each, and something of everything else."""
    session, engine = opened(
        song_path=music / "walk.flac", model_path=music / "piano.safetensors"
    )
    session.move_axis(0, 1.5)
    session.slots.keep("A")
    session.transport.set_loop_region(10.0, 20.0)
    session.transport.seek(12.0)
    session.view.zoom_time(4.0, 0.1)
    session.songs.add([music / "run.flac"])
    engine.run()
    session.move_axis(2, -1.0)
    session.sources.choose("noise")
    session.bookmarks.add("Thin")
    session.names.rename(2, "Weight")
    session.locks.lock(1)
    session.coordinates.locks_of("ear").lock(0)
    session.view.set_channels("side")
    return session, engine


def dirty(session: Session) -> bool:
    return session.project.dirty


def reopened(path: Path, *, without: bool = False) -> tuple[Session, FakeEngine]:
    """Another start of the program, in which a project is opened."""
    session, engine = opened()
    found = session.project.read(path)
    assert found is not None
    assert without or not found.missing
    session.project.open(found)
    engine.run()
    return session, engine


def test_everything_that_was_done_is_there_again(tmp_path: Path, music: Path) -> None:
    session, _ = edited(music)
    point = session.point
    assert session.project.save(tmp_path / "Mine.dctvae")
    again, engine = reopened(tmp_path / "Mine.dctvae")
    assert again.song is not None
    assert again.model is not None
    assert again.song.path == music / "run.flac"
    assert again.model.path == music / "piano.safetensors"
    assert again.point == point
    assert again.names.of(2) == "Weight"
    assert again.locks.locked == {1}
    assert again.coordinates.locks_of("ear").locked == {0}
    assert again.view.channels == "side"
    assert [one.name for one in again.bookmarks.all] == ["Thin"]
    assert again.slots["A"] == session.slots["A"]
    again.songs.show(music / "walk.flac")
    engine.run()
    assert again.point == session.slots["A"]
    assert again.transport.position_s == 12.0
    assert again.playback.region == (441_000, 882_000)
    assert again.view.time.size == 0.25
    assert again.project.content.songs == session.project.content.songs


def test_saving_makes_it_clean_and_the_next_change_dirty(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    assert dirty(session)
    session.project.save(tmp_path / "Mine.dctvae")
    assert not dirty(session)
    assert session.project.name == "Mine"
    session.transport.seek(3.0)
    session.view.zoom_time(2.0, 0.5)
    assert not dirty(session)
    session.move_axis(0, 0.5)
    assert dirty(session)
    session.undo()
    assert not dirty(session)


def test_a_song_that_was_only_listened_to_is_nothing_to_be_lost() -> None:
    session, engine = opened()
    session.songs.add([Path("/music/run.flac")])
    engine.run()
    assert not dirty(session)
    session.move_axis(0, 1.0)
    session.songs.step(1)
    engine.run()
    assert dirty(session), "the other song's edit would be lost"


def test_a_project_that_was_just_opened_is_clean(tmp_path: Path, music: Path) -> None:
    session, _ = edited(music)
    session.project.save(tmp_path / "Mine.dctvae")
    again, _ = reopened(tmp_path / "Mine.dctvae")
    assert (dirty(again), again.project.name) == (False, "Mine")
    assert again.recents.projects == (tmp_path / "Mine.dctvae",)


def test_a_project_opens_also_while_the_engine_still_starts(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    session.project.save(tmp_path / "Mine.dctvae")
    again = Session()
    engine = FakeEngine(again, latent_size=5, kept=8)
    found = again.project.read(tmp_path / "Mine.dctvae")
    assert found is not None
    again.project.open(found)
    engine.start()
    assert again.song is not None
    assert again.song.path == music / "run.flac"
    assert again.point == session.point
    assert [one.path.name for one in again.songs.entries] == ["walk.flac", "run.flac"]
    assert not dirty(again)


def test_songs_that_were_moved_with_the_project_are_found(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    session.project.save(music / "Mine.dctvae")
    shutil.move(music, tmp_path / "elsewhere")
    again, _ = reopened(tmp_path / "elsewhere" / "Mine.dctvae")
    assert again.song is not None
    assert again.song.path == tmp_path / "elsewhere" / "run.flac"
    assert again.point == session.point
    assert dirty(again), "the file still says where they were"


def test_a_song_that_was_renamed_is_found_by_its_content(music: Path) -> None:
    session, _ = edited(music)
    path = music / "Mine.dctvae"
    session.project.save(path)
    content = json.loads(path.read_text())
    content["songs"][1]["hash"] = content_hash(music / "run.flac")
    path.write_text(json.dumps(content))
    (music / "run.flac").rename(music / "sprint.flac")
    again, _ = reopened(path)
    assert again.song is not None
    assert again.song.path.name == "sprint.flac"
    assert again.point == session.point


def test_what_is_not_found_is_asked_for(tmp_path: Path, music: Path) -> None:
    session, _ = edited(music)
    session.project.save(tmp_path / "Mine.dctvae")
    away = tmp_path / "away"
    shutil.move(music, away)
    again, engine = opened()
    found = again.project.read(tmp_path / "Mine.dctvae")
    assert found is not None
    assert [one.name for one in found.missing] == [
        "walk.flac",
        "run.flac",
        "piano.safetensors",
    ]
    for one in found.missing:
        found = found.located(one, away / one.name)
    assert found.missing == ()
    again.project.open(found)
    engine.run()
    assert again.point == session.point


def test_what_is_not_found_at_all_is_told_and_is_still_in_the_list(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    session.project.save(tmp_path / "Mine.dctvae")
    (music / "run.flac").unlink()
    (music / "piano.safetensors").unlink()
    again, engine = reopened(tmp_path / "Mine.dctvae", without=True)
    told = " ".join(one.text for one in again.messages.standing)
    assert "run.flac" in told
    assert "The model piano was not found" in told
    entry = again.songs.find(music / "run.flac")
    assert entry is not None
    assert "not found" in entry.fault
    again.songs.show(music / "walk.flac")
    engine.run()
    assert again.point == session.slots["A"], "a model of the same size takes it"
    assert again.project.content.songs[1].point == session.point, "nothing is lost"


def test_a_project_of_a_system_with_longer_names_opens(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    path = tmp_path / "Mine.dctvae"
    session.project.save(path)
    path.write_text(path.read_text().replace("run.flac", f"{'run' * 100}.flac"))
    again, _ = reopened(path, without=True)
    assert [one.path.stem for one in again.songs.entries][:2] == ["walk", "run" * 100]


def test_what_was_restored_without_a_file_is_still_to_be_saved(music: Path) -> None:
    session, _ = edited(music)
    again, engine = opened()
    again.project.open(Found(file=session.project.content, path=None))
    engine.run()
    assert again.project.path is None
    assert dirty(again)
    assert again.point == session.point


def test_another_model_opened_later_is_a_change(tmp_path: Path, music: Path) -> None:
    session, engine = edited(music)
    session.project.save(tmp_path / "Mine.dctvae")
    session.open_model(MODEL)
    engine.run()
    assert dirty(session)


def test_what_cannot_be_written_or_read_is_told(tmp_path: Path, music: Path) -> None:
    session, _ = edited(music)
    assert not session.project.save(tmp_path / "none" / "Mine.dctvae")
    assert said(session) == (
        "Mine.dctvae cannot be written: No such file or directory."
    )
    assert dirty(session)
    assert session.project.read(tmp_path / "none.dctvae") is None
    assert "cannot be opened" in str(said(session))


def test_a_project_of_another_place_writes_paths_from_its_own_folder(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    path = tmp_path / "deep" / "Mine.dctvae"
    path.parent.mkdir()
    write_project(path, session.project.content)
    assert read_project(path).songs[0].beside == "../music/walk.flac"
    assert find_files(read_project(path), path).missing == ()


def test_a_project_that_moved_with_its_songs_beside_it_finds_them(
    tmp_path: Path, music: Path
) -> None:
    session, _ = edited(music)
    path = tmp_path / "deep" / "Mine.dctvae"
    path.parent.mkdir()
    write_project(path, session.project.content)
    elsewhere = tmp_path / "elsewhere"
    for folder in (music, path.parent):
        shutil.move(folder, elsewhere / folder.name)
    (elsewhere / "music" / "walk.flac").write_bytes(b"mastered anew")
    moved = elsewhere / "deep" / "Mine.dctvae"
    found = find_files(read_project(moved), moved)
    songs = [one.path.resolve() for one in found.file.songs]
    assert songs == [elsewhere / "music" / name for name in ("walk.flac", "run.flac")]


@pytest.mark.parametrize("what", ["slots", "bookmarks"])
def test_points_that_were_kept_alone_are_work_to_be_lost(what: str) -> None:
    session, _ = opened()
    assert not dirty(session)
    if what == "slots":
        session.slots.keep("A")
    else:
        session.bookmarks.add("as it was")
    assert dirty(session)
