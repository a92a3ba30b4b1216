import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from explorer.session import places
from explorer.session.session import Session
from explorer.widgets import export_button
from explorer.widgets.export_button import ExportButton
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import LEFT, PLAIN, move
from tests.explorer.widgets import dragged_out

LIMIT_S = 60


class Drags:
    """What was dragged, and whether anybody takes it."""

    def __init__(self) -> None:
        self.paths: list[Path] = []
        self.taken = True

    def carried(self, drag: QDrag) -> bool:
        (url,) = drag.mimeData().urls()
        path = Path(url.toLocalFile())
        assert path.is_file()
        self.paths.append(path)
        return self.taken


@pytest.fixture
def drags(monkeypatch: pytest.MonkeyPatch) -> Drags:
    """The person lets go somewhere: no drag leaves a window that is on no screen."""
    drags = Drags()
    monkeypatch.setattr(export_button, "carried", drags.carried)
    return drags


@pytest.fixture
def button(
    window: MainWindow,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ExportButton:
    monkeypatch.setattr(places, "user_music_path", lambda: tmp_path)
    engine.writes = True
    found = window.findChild(ExportButton)
    assert isinstance(found, ExportButton)
    return found


def pull(button: ExportButton) -> None:
    """Press the button and pull at it until it is a drag."""
    centre = button.rect().center()
    QTest.mousePress(button, LEFT, PLAIN, centre)
    move(button, centre + QPoint(QApplication.startDragDistance() + 1, 0))


def let_go(button: ExportButton) -> None:
    QTest.mouseRelease(button, LEFT, PLAIN, QPoint(-50, -50))


def said(session: Session) -> str:
    message = session.messages.newest
    return message.text if message is not None else ""


def test_the_song_is_dragged_out_on_a_real_screen(
    x_screen: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", dragged_out.__name__, str(tmp_path)],
        env=x_screen,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    assert done.stdout == "walk (edit).wav\n", done.stderr


def test_the_drag_begins_when_the_file_is_written(
    button: ExportButton, session: Session, engine: FakeEngine, drags: Drags
) -> None:
    pull(button)
    assert drags.paths == []
    assert button.cursor().shape() == Qt.CursorShape.BusyCursor
    assert session.tasks.newest is not None, "the status bar shows how far it is"
    engine.run()
    QApplication.processEvents()
    (path,) = drags.paths
    assert button.cursor().shape() != Qt.CursorShape.BusyCursor
    assert said(session) == f"Dragged out {path.name}; it stays in {path.parent}."
    session.exports.handout.close()
    assert path.is_file(), "the other program may go on reading it"


def test_a_second_drag_of_the_same_needs_no_other_file(
    button: ExportButton, engine: FakeEngine, drags: Drags
) -> None:
    pull(button)
    engine.run()
    QApplication.processEvents()
    let_go(button)
    pull(button)
    assert len(drags.paths) == 2
    assert len(set(drags.paths)) == 1


def test_who_lets_go_too_early_is_told_when_it_is_ready(
    button: ExportButton, session: Session, engine: FakeEngine, drags: Drags
) -> None:
    pull(button)
    let_go(button)
    engine.run()
    QApplication.processEvents()
    assert drags.paths == []
    assert said(session) == (
        "walk (edit).wav is ready: drag it from the export button now."
    )
    pull(button)
    assert len(drags.paths) == 1


def test_what_nobody_takes_is_taken_away_at_the_end(
    button: ExportButton, session: Session, engine: FakeEngine, drags: Drags
) -> None:
    drags.taken = False
    pull(button)
    engine.run()
    QApplication.processEvents()
    assert said(session) == ""
    session.exports.handout.close()
    assert not drags.paths[0].exists()


def test_a_drag_whose_file_cannot_be_written_ends(
    button: ExportButton, session: Session, engine: FakeEngine, drags: Drags
) -> None:
    pull(button)
    (task,) = session.tasks.running
    assert task.path is not None
    engine.refused[task.path] = "the disk is full"
    engine.run()
    QApplication.processEvents()
    assert (drags.paths, said(session)) == ([], "the disk is full")
    assert button.cursor().shape() != Qt.CursorShape.BusyCursor


def test_a_click_asks_where_to_export_and_a_drag_does_not(
    button: ExportButton,
    engine: FakeEngine,
    drags: Drags,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def answer(dialog: QDialog) -> int:
        asked.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr("explorer.widgets.file_dialogs.answered", answer)
    pull(button)
    engine.run()
    QApplication.processEvents()
    QTest.mouseRelease(button, LEFT, PLAIN, button.rect().center())
    assert asked == []
    QTest.mouseClick(button, LEFT)
    assert asked == ["Export sound"]


def test_the_bubble_says_which_part_is_dragged(
    button: ExportButton, session: Session
) -> None:
    session.transport.set_loop_region(10.0, 20.0)
    assert "Drag the loop, as edited, from here" in button._tip
