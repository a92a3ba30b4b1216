import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from explorer.services.unfinished import Unfinished
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.test_session import opened, said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def music(tmp_path: Path) -> Path:
    (tmp_path / "music").mkdir()
    return tmp_path / "music"


def program(folder: Path) -> tuple[Session, FakeEngine, Unfinished]:
    session, engine = opened()
    unfinished = Unfinished(session, folder)
    unfinished.start()
    return session, engine, unfinished


def killed_while_busy(folder: Path, music: Path) -> None:
    """A program and its engine that came to an end while both files were written."""
    session, engine, _ = program(folder)
    engine.silent = True
    session.recorder.start(music / "take.wav")
    session.exports.write(music / "out.flac")
    (note,) = folder.iterdir()
    ended = ended_process()
    note.rename(note.with_stem(str(ended)))
    left = music / f".take.{ended}-x.wav"
    soundfile.write(left, np.zeros((3 * 44_100, 2)), 44_100, "PCM_24")
    (music / f".out.{ended}-x.flac").touch()


def ended_process() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_was_recorded_until_a_sudden_end_is_kept_and_told_once(
    folder: Path, music: Path
) -> None:
    killed_while_busy(folder, music)
    session, _, _ = program(folder)
    words = said(session) or ""
    assert f"{music / 'take.wav'} holds the 0:03 recorded until then." in words
    assert "out.flac was not written: export again." in words
    assert [one.name for one in music.iterdir()] == ["take.wav"]
    session, _, _ = program(folder)
    assert said(session) is None


def test_what_a_living_program_writes_is_left_alone(folder: Path, music: Path) -> None:
    session, engine, _ = program(folder)
    engine.silent = True
    session.recorder.start(music / "take.wav")
    other, _, _ = program(folder)
    assert said(other) is None
    assert len(list(folder.iterdir())) == 1


def test_nothing_stays_noted_once_it_is_written_or_the_program_closed(
    folder: Path, music: Path
) -> None:
    session, engine, unfinished = program(folder)
    session.recorder.start(music / "take.wav")
    session.recorder.stop()
    engine.run()
    assert not list(folder.iterdir())
    engine.silent = True
    session.exports.write(music / "out.flac")
    assert list(folder.iterdir())
    unfinished.close()
    assert not list(folder.iterdir())


def test_a_note_that_makes_no_sense_is_passed_over(folder: Path) -> None:
    folder.mkdir()
    note = folder / f"{ended_process()}.unfinished"
    note.write_text("{}")
    session, _, _ = program(folder)
    assert said(session) is None
    assert not note.exists()
