import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMessageBox

from explorer.session.session import Session
from explorer.widgets import file_dialogs, project_dialogs
from explorer.widgets.main_window import MainWindow
from explorer.widgets.project_dialogs import ELSEWHERE, LOOK, LOSE, OVER, SAVE
from explorer.widgets.question import agreed, ask
from explorer.widgets.recent_menu import RecentMenu
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.widgets.test_main_window import answering, drop, press

Answers = Callable[..., list[str]]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Says what a person answers from now on; gives what they are asked."""

    def given(*said: str) -> list[str]:
        left, asked = list(said), []

        def answered(_: object, title: str, *__: object) -> str:
            asked.append(title)
            return left.pop(0)

        monkeypatch.setattr(project_dialogs, "ask", answered)
        return asked

    return given


@pytest.fixture
def saved(
    window: MainWindow, session: Session, tmp_path: Path, engine: FakeEngine
) -> Path:
    """A project of an edited song that is there."""
    song = tmp_path / "walk.flac"
    song.touch()
    session.songs.add([song])
    engine.run()
    session.songs.remove(Path("/music/walk.flac"))  # no file is there
    session.move_axis(0, 2.0)
    path = tmp_path / "Mine.dctvae"
    session.project.save(path)
    return path


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answering(str(path)))


def recent(window: MainWindow) -> list[str]:
    menu = window.findChild(RecentMenu)
    assert isinstance(menu, QMenu)
    return [one.text() for one in menu.actions() if one.text()]


def test_saving_asks_for_a_file_once(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.move_axis(0, 2.0)
    assert window.isWindowModified()
    save_to(monkeypatch, tmp_path / "Mine")
    press(window, "Ctrl+S")
    assert (tmp_path / "Mine.dctvae").exists()
    assert window.windowTitle().startswith("Mine[*] – walk – ")
    assert not window.isWindowModified()
    session.move_axis(0, 1.0)
    save_to(monkeypatch, "")
    press(window, "Ctrl+S")
    assert not session.project.dirty
    assert recent(window)[:2] == ["Projects", "Mine.dctvae"]


def test_another_file_is_replaced_only_where_that_is_wanted(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.move_axis(0, 2.0)
    path = tmp_path / "Other.dctvae"
    path.write_text("precious")
    save_to(monkeypatch, path)
    monkeypatch.setattr(file_dialogs, "agreed", lambda *_: False)
    press(window, "Ctrl+Shift+S")
    assert path.read_text() == "precious"
    assert session.project.dirty


def test_what_another_window_saved_is_not_lost_unasked(
    window: MainWindow,
    session: Session,
    saved: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    theirs = saved.read_text() + "\n"
    saved.write_text(theirs)
    session.move_axis(1, -2.0)
    asked = answers("", ELSEWHERE, OVER)
    press(window, "Ctrl+S")
    assert saved.read_text() == theirs, "the person would rather do nothing"
    save_to(monkeypatch, saved.with_name("Ours"))
    press(window, "Ctrl+S")
    assert saved.read_text() == theirs
    assert not session.project.dirty
    saved.with_name("Ours.dctvae").write_text(theirs)
    session.move_axis(1, -1.0)
    press(window, "Ctrl+S")
    assert asked == ["Save over it?"] * 3
    assert not session.project.changed_elsewhere
    session.move_axis(1, 1.0)
    press(window, "Ctrl+S")
    assert not session.project.dirty


def test_a_dropped_project_is_opened(
    window: MainWindow, session: Session, engine: FakeEngine, saved: Path
) -> None:
    there = session.point
    session.tools.reset()
    session.project.save(saved.with_name("Plain.dctvae"))
    drop(window, saved)
    engine.run()
    assert session.point == there
    assert window.windowTitle().startswith("Mine[*] – ")


def test_what_was_not_saved_is_asked_for_before_another_project(
    window: MainWindow,
    engine: FakeEngine,
    saved: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = engine.session
    there = session.point
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answering(str(saved)))
    session.move_axis(1, -2.0)
    edited = session.point
    assert answers("") == []
    press(window, "Ctrl+Shift+O")
    engine.run()
    assert session.point == edited, "the person would rather stay"
    asked = answers(LOSE)
    press(window, "Ctrl+Shift+O")
    engine.run()
    assert asked == ["Save first?"]
    assert session.point == there


def test_closing_asks_where_a_person_is_there(
    window: MainWindow, session: Session, saved: Path, answers: Answers
) -> None:
    window.guards_work = True
    session.move_axis(1, -2.0)
    answers("", SAVE)
    assert not window.close()
    assert window.close()
    content = json.loads(saved.read_text())
    assert content["songs"][-1]["point"]["offset"][1] != 0.0


def test_nothing_is_asked_where_nothing_is_lost(
    window: MainWindow, saved: Path, answers: Answers
) -> None:
    window.guards_work = True
    asked = answers()
    assert window.close()
    assert asked == []


def test_a_song_that_was_moved_is_looked_for_by_hand(
    window: MainWindow,
    engine: FakeEngine,
    saved: Path,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = engine.session
    there, away = session.point, saved.parent / "away"
    away.mkdir()
    (saved.parent / "walk.flac").rename(away / "stroll.flac")
    chosen = answering(str(away / "stroll.flac"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    assert answers(LOOK) == []
    drop(window, saved)
    engine.run()
    assert session.song is not None
    assert session.song.path == away / "stroll.flac"
    assert session.point == there


def test_recent_files_are_opened_again_and_what_is_gone_is_forgotten(
    window: MainWindow, session: Session, engine: FakeEngine, saved: Path
) -> None:
    session.songs.add([Path("/music/none.flac")])
    engine.run()
    assert recent(window)[:4] == ["Projects", "Mine.dctvae", "Songs", "none.flac"]
    menu = window.findChild(RecentMenu)
    assert isinstance(menu, RecentMenu)
    choose(menu, "none.flac")
    assert "is not there any more" in window.message_bar.text
    assert "none.flac" not in recent(window)
    choose(menu, "walk.flac")
    engine.run()
    assert session.song is not None
    assert session.song.path == saved.parent / "walk.flac"
    choose(menu, "&Forget all of these")
    assert not menu.menuAction().isEnabled()


def choose(menu: QMenu, text: str) -> None:
    next(one for one in menu.actions() if one.text() == text).trigger()


def test_a_question_gives_the_answer_that_was_clicked(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for answer, words in ((0, "Yes"), (1, "No"), (2, "")):

        def click(box: QMessageBox, at: int = answer) -> int:
            assert box.defaultButton().text() == "Yes"
            texts = ["Yes", "No", "Cancel"]
            named = {one.text(): one for one in box.buttons()}
            named[texts[at]].click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", click)
        assert ask(window, "Well?", "Is it so?", "Yes", "No") == words
    QApplication.processEvents()


def test_what_cannot_be_taken_back_is_agreed_to_by_a_button_that_names_it(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for clicked in ("Replace", "Cancel"):

        def click(box: QMessageBox, text: str = clicked) -> int:
            assert box.defaultButton().text() == "Cancel", "Enter does no harm"
            next(one for one in box.buttons() if one.text() == text).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec", click)
        assert agreed(window, "Well?", "Replace it?", "Replace") == (
            clicked != "Cancel"
        )
    QApplication.processEvents()
