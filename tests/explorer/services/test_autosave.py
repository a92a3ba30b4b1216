import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.services import autosave as autosave_module
from explorer.services.autosave import Autosave
from explorer.services.backup_file import read_backup
from explorer.widgets import recovery_bar
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.test_session import opened

SOON_MS = 5  # instead of seconds


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave_module, "EVERY_MS", SOON_MS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def song(tmp_path: Path) -> Path:
    path = tmp_path / "walk.flac"
    path.touch()
    return path


class Program:
    """A session with its autosave, which may come to a sudden end."""

    def __init__(self, folder: Path, song: Path) -> None:
        self.folder = folder
        self.session, self.engine = opened(song_path=song)
        self.autosave = Autosave(self.session, folder)
        self.autosave.start()

    def edit(self, sigma: float, qtbot: QtBot, folder: Path) -> None:
        """Move a slider, and wait for the backup of it."""
        self.session.move_axis(0, sigma)
        point = self.session.point
        qtbot.waitUntil(lambda: point in points(folder))

    def die(self) -> None:
        """What is left when the process is gone: its lock is nobody's."""
        self.autosave.close(kept=True)


def points(folder: Path) -> list[object]:
    backups = [read_backup(one) for one in folder.glob("*.backup")]
    return [song.point for one in backups if one for song in one.content.songs]


@pytest.fixture
def program(folder: Path, song: Path, qapp: object) -> Iterator[Program]:
    started = Program(folder, song)
    yield started
    started.autosave.close()


def test_what_was_not_saved_is_offered_to_the_next_program_and_restored(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    program.die()
    later = Program(folder, song)
    offer = later.session.recovery.offer
    assert offer is not None
    assert "the edit of “walk”" in offer.words
    assert f"{offer.when:%H:%M}" in offer.words
    later.session.project.open(offer.found)
    later.session.recovery.restore(offer)
    later.engine.run()
    assert later.session.point == program.session.point
    assert later.session.recovery.offers == ()
    third = Program(folder, song)
    assert third.session.recovery.offers == (), "it is the living program's own now"
    later.die()
    fourth = Program(folder, song)
    assert fourth.session.recovery.offer is not None, "it was not saved even then"
    for one in (third, fourth):
        one.autosave.close()


def test_what_is_restored_stays_backed_up_while_its_song_is_on_its_way(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    program.die()
    later = Program(folder, song)
    offer = later.session.recovery.offer
    assert offer is not None
    later.session.project.open(offer.found)
    later.session.recovery.restore(offer)
    (due,) = later.autosave.findChildren(QTimer)
    for _ in range(2):  # it looks, there is nothing to be said yet, it looks again
        with qtbot.waitSignal(due.timeout):
            pass
    assert program.session.point in points(folder)
    later.engine.run()
    assert later.session.point == program.session.point
    later.autosave.close()


def test_a_discarded_offer_is_not_made_again(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    program.die()
    later = Program(folder, song)
    offer = later.session.recovery.offer
    assert offer is not None
    later.session.recovery.discard(offer)
    later.autosave.close()
    assert list(folder.iterdir()) == []


def test_nothing_is_offered_of_a_program_that_lives_or_was_closed(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    beside = Program(folder, song)
    assert beside.session.recovery.offers == ()
    program.autosave.close()
    after = Program(folder, song)
    assert after.session.recovery.offers == ()
    for one in (beside, after):
        one.autosave.close()


def test_what_is_saved_needs_no_backup(
    program: Program, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    program.session.project.save(tmp_path / "Mine.dctvae")
    qtbot.waitUntil(lambda: points(folder) == [])


def test_an_edit_of_a_saved_project_is_restored_as_a_change_of_it(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    path = song.with_name("Mine.dctvae")
    program.session.project.save(path)
    program.edit(2.0, qtbot, folder)
    program.die()
    later = Program(folder, song)
    offer = later.session.recovery.offer
    assert offer is not None
    assert "the project “Mine”" in offer.words
    later.session.project.open(offer.found)
    later.session.recovery.restore(offer)
    later.engine.run()
    assert later.session.project.path == path
    assert later.session.project.dirty
    later.autosave.close()


def test_what_is_no_backup_is_left_where_it_is(folder: Path, song: Path) -> None:
    folder.mkdir()
    for name, content in (("a", "{"), ("b", json.dumps({"format": "x"}))):
        (folder / f"{name}.backup").write_text(content)
    program = Program(folder, song)
    assert program.session.recovery.offers == ()
    program.autosave.close()
    assert len(list(folder.glob("*.backup"))) == 2


def test_a_backup_that_cannot_be_written_is_told_once(
    program: Program, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(autosave_module, "write_backup", full)
    messages = program.session.messages
    program.session.move_axis(0, 2.0)
    qtbot.waitUntil(lambda: messages.newest is not None)
    assert messages.newest is not None
    assert "No space left on device" in messages.newest.text
    messages.dismiss(messages.newest)
    program.session.move_axis(0, 1.0)
    qtbot.wait(4 * SOON_MS)
    assert messages.newest is None


def test_a_folder_that_was_cleared_away_is_made_anew_and_still_this_programs_own(
    program: Program, folder: Path, song: Path, qtbot: QtBot
) -> None:
    program.edit(2.0, qtbot, folder)
    shutil.rmtree(folder)
    program.edit(1.0, qtbot, folder)
    beside = Program(folder, song)
    assert beside.session.recovery.offer is None
    beside.autosave.close()


def test_that_backups_can_be_written_again_is_seen(
    program: Program, folder: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(folder)
    folder.write_text("no folder")
    program.session.move_axis(0, 2.0)
    messages = program.session.messages
    qtbot.waitUntil(lambda: messages.newest is not None)
    folder.unlink()
    program.edit(1.0, qtbot, folder)
    qtbot.waitUntil(lambda: messages.newest is None)


def test_the_bar_offers_and_restores_it(
    window: MainWindow,
    engine: FakeEngine,
    program: Program,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, folder = engine.session, program.folder
    program.edit(2.0, qtbot, folder)
    program.die()
    autosave = Autosave(session, folder)
    assert not window.recovery_bar.isVisible()
    autosave.start()
    bar = window.recovery_bar
    assert bar.isVisible()
    assert "sudden end" in bar.text
    click(bar.discard, monkeypatch, answer="")
    assert bar.isVisible(), "the person thought better of it"
    bar.restore.click()
    engine.run()
    assert not bar.isVisible()
    assert session.song is not None
    assert session.song.path.name == "walk.flac"
    assert "belongs to another model" in window.message_bar.text, "64 axes, not 5"
    assert session.project.content.songs[0].point == program.session.point
    autosave.close()


def click(button: QPushButton, patch: pytest.MonkeyPatch, *, answer: str) -> None:
    patch.setattr(recovery_bar, "ask", lambda *_: answer)
    button.click()
