from pathlib import Path

import pytest

from explorer.engine.protocol import Export
from explorer.session import places
from explorer.session.session import Session
from tests.explorer.fake_engine import SAMPLE_RATE, FakeEngine
from tests.explorer.session.test_session import opened, said


@pytest.fixture
def music(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the program in the person's music."""
    monkeypatch.setattr(places, "user_music_path", lambda: tmp_path)
    return tmp_path / places.OWN_FOLDER


def started() -> tuple[Session, FakeEngine]:
    session, engine = opened()
    engine.writes = True
    return session, engine


def prepared(session: Session, engine: FakeEngine) -> Path:
    session.exports.handout.prepare()
    engine.run()
    assert session.exports.handout.path is not None
    return session.exports.handout.path


def asked(engine: FakeEngine) -> list[Export]:
    return [one for one in engine.heard if isinstance(one, Export)]


def test_the_file_is_of_the_loop_else_the_stretch_else_all(music: Path) -> None:
    session, engine = started()
    assert session.exports.handout.part == "the whole song"
    prepared(session, engine)
    session.span_edits.add(0, 2 * SAMPLE_RATE)
    assert session.exports.handout.part == "the stretch in focus"
    prepared(session, engine)
    session.transport.set_loop_region(10.0, 20.0)
    assert session.exports.handout.part == "the loop"
    path = prepared(session, engine)
    assert path.parent == music
    assert [(one.start, one.stop) for one in asked(engine)] == [
        (0, None),
        (0, 2 * SAMPLE_RATE),
        (10 * SAMPLE_RATE, 20 * SAMPLE_RATE),
    ]


def test_it_is_written_once_and_anew_when_the_edit_has_changed(music: Path) -> None:
    session, engine = started()
    first = prepared(session, engine)
    assert prepared(session, engine) == first
    assert len(asked(engine)) == 1
    session.move_axis(0, 1.0)
    assert session.exports.handout.path is None, "it no longer is what is heard"
    prepared(session, engine)
    assert len(asked(engine)) == 2
    session.places.form = "flac16"
    assert prepared(session, engine).suffix == ".flac"
    assert len(list(music.iterdir())) == 1, "what nobody took is gone"


def test_what_was_taken_stays(music: Path) -> None:
    session, engine = started()
    first = prepared(session, engine)
    session.exports.handout.take()
    session.move_axis(0, 1.0)
    second = prepared(session, engine)
    assert first.name != second.name
    session.exports.handout.close()
    assert list(music.iterdir()) == [first]


def test_a_file_that_somebody_has_deleted_is_written_again(music: Path) -> None:
    session, engine = started()
    prepared(session, engine).unlink()
    assert session.exports.handout.path is None
    prepared(session, engine)


def test_it_is_no_export_that_is_told_of_and_moves_no_folder(music: Path) -> None:
    session, engine = started()
    session.places.exports = music.parent / "elsewhere"
    prepared(session, engine)
    assert said(session) is None
    assert session.places.exports == music.parent / "elsewhere"


def test_what_cannot_be_written_is_told(music: Path) -> None:
    session, engine = started()
    name = f"{session.song.path.stem if session.song else ''} (edit).wav"
    engine.refused[music / name] = "the disk is full"
    session.exports.handout.prepare()
    engine.run()
    assert said(session) == "the disk is full"
    assert session.exports.handout.refused
    assert not session.exports.handout.writing
    engine.refused.clear()
    prepared(session, engine)
    assert not session.exports.handout.refused


def test_it_goes_with_its_engine_and_is_written_by_the_next(music: Path) -> None:
    session, engine = started()
    engine.silent = True
    session.exports.handout.prepare()
    session.reception.lose_engine("ended", restarting=True)
    assert session.exports.handout.refused
    engine.silent = False
    engine._waiting.clear()
    engine.start()
    prepared(session, engine)


def test_a_move_while_it_is_written_makes_it_another(music: Path) -> None:
    session, engine = started()
    session.exports.handout.prepare()
    session.move_axis(0, 1.0)
    engine.run()
    assert session.exports.handout.path is None
    prepared(session, engine)
