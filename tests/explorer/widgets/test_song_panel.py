import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets import file_intake
from explorer.widgets.main_window import MainWindow
from explorer.widgets.song_panel import SongPanel, SongRows
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.hand import LEFT
from tests.explorer.widgets.test_main_window import drop, press, texts

WALK, RUN = Path("/music/walk.flac"), Path("/music/run.flac")
UNDO = "Ctrl+Alt+Z"


@pytest.fixture
def rows(window: MainWindow, engine: FakeEngine) -> SongRows:
    """The list, with two songs."""
    drop(window, RUN, Path("/music/cover.jpg"), Path("/music/short.ogg"))
    engine.run()
    QApplication.processEvents()
    return window.panels.of(SongPanel).songs


def click(rows: SongRows, row: int) -> None:
    place = rows.visualItemRect(rows.item(row)).center()
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def titles(rows: SongRows) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count())]


def bold(rows: SongRows) -> list[str]:
    items = [rows.item(row) for row in range(rows.count())]
    return [one.text() for one in items if one.font().bold()]


def wait_for(session: Session, name: str, engine: FakeEngine, qtbot: QtBot) -> None:
    def is_open() -> bool:
        engine.run()
        return session.song is not None and session.song.path.name == name

    qtbot.waitUntil(is_open)


def test_all_that_was_dropped_is_listed_and_the_first_is_open(
    window: MainWindow, rows: SongRows
) -> None:
    assert titles(rows) == ["walk", "run", "short"]
    assert bold(rows) == ["run"]
    assert window.panels.docks["songs"].isVisible(), "it helps with several"


def test_a_click_opens_a_song(
    session: Session, rows: SongRows, engine: FakeEngine
) -> None:
    click(rows, 2)
    engine.run()
    assert bold(rows) == ["short"]
    assert session.song is not None
    assert session.song.path.name == "short.ogg"


def test_the_list_follows_the_keys_of_the_window(
    window: MainWindow, rows: SongRows, engine: FakeEngine
) -> None:
    press(window, "Ctrl+PgDown")
    engine.run()
    assert bold(rows) == ["short"]
    press(window, "Ctrl+PgDown")
    engine.run()
    assert bold(rows) == ["walk"]


def test_delete_takes_a_song_out_and_the_last_one_stays(
    window: MainWindow, session: Session, rows: SongRows, engine: FakeEngine
) -> None:
    rows.setFocus()
    for _ in range(5):
        rows.setCurrentRow(0)
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        engine.run()
    assert len(session.songs.entries) == 1
    assert not window.actions_["remove_song"].isEnabled()


def test_a_song_on_its_way_and_a_broken_one_look_it(
    session: Session, rows: SongRows, engine: FakeEngine
) -> None:
    engine.refused[WALK] = "walk.flac has no sound."
    click(rows, 0)
    assert rows.item(0).font().italic()
    assert bold(rows) == ["run"], "it is open until the other is"
    engine.run()
    assert "has no sound" in rows.item(0).toolTip()
    assert not rows.item(0).font().italic()


def test_a_long_name_keeps_to_its_place(
    rows: SongRows, session: Session, engine: FakeEngine
) -> None:
    name = "a very long name " * 20
    session.songs.add([Path("/music") / name])
    engine.run()
    assert rows.horizontalScrollBar().maximum() == 0
    assert name.strip() in rows.item(3).toolTip()
    before = rows.grab().toImage()
    assert before.width() == rows.width()


def test_without_a_song_the_list_says_what_to_do(qtbot: QtBot) -> None:
    rows = SongRows(Session())
    qtbot.addWidget(rows)
    assert not rows._empty.isHidden()
    assert "Drop songs" in rows._empty.text()


def test_a_folder_is_searched_and_its_songs_are_listed(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    for name in ("b.mp3", "a/c.OGG", "a/text.txt", ".hidden/d.wav", "a/.e.wav"):
        path = tmp_path / "album" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    drop(window, tmp_path / "album")
    assert "Looking for songs in album…" in texts(window)
    wait_for(session, "b.mp3", engine, qtbot)
    names = [one.path.name for one in session.songs.entries]
    assert names == ["walk.flac", "b.mp3", "c.OGG"]
    assert not session.tasks.busy("folder")


def test_a_search_can_be_given_up(
    window: MainWindow, session: Session, engine: FakeEngine, tmp_path: Path
) -> None:
    (tmp_path / "a.wav").touch()
    drop(window, tmp_path)
    engine.heard.clear()
    window.task_bar.cancel.click()
    QApplication.processEvents()
    assert [one.path for one in session.songs.entries] == [WALK]
    assert engine.heard == [], "it is none of the engine's business"


def test_a_folder_without_songs_and_one_with_too_many_are_told(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "empty").mkdir()
    drop(window, tmp_path / "empty")
    qtbot.waitUntil(lambda: "no sound file in empty" in window.message_bar.text)
    for name in "abc":
        (tmp_path / f"{name}.wav").touch()
    monkeypatch.setattr(file_intake, "MOST_SONGS", 2)
    drop(window, tmp_path)
    qtbot.waitUntil(lambda: "there are more" in window.message_bar.text)
    assert len(session.songs.entries) == 3


def test_folders_that_are_closed_are_told_of(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("album", "album/one", "album/two"):
        (tmp_path / name).mkdir()
    (tmp_path / "album" / "a.wav").touch()
    scandir = os.scandir

    def opened(path: str) -> "Iterator[os.DirEntry[str]]":
        if Path(path).name in {"one", "two"}:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", opened)
    drop(window, tmp_path / "album" / "one")
    words = "There is no sound file in one. The folder one cannot be opened: Perm"
    qtbot.waitUntil(lambda: words in window.message_bar.text)
    drop(window, tmp_path / "album")
    words = "The folder one and 1 more folder cannot be opened: Permission denied."
    qtbot.waitUntil(lambda: words in window.message_bar.text)
    assert [one.path.name for one in session.songs.entries] == ["walk.flac", "a.wav"]


@pytest.mark.parametrize("kind", ["plain", "quoted", "address", "files"])
def test_paths_are_pasted(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    tmp_path: Path,
    kind: str,
) -> None:
    paths = [tmp_path / "my song.mp3", tmp_path / "b.wav"]
    for path in paths:
        path.touch()
    data = QMimeData()
    if kind == "files":
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in paths])
    else:
        form = {"plain": "{}", "quoted": '"{}"', "address": "file://{}"}[kind]
        data.setText("\n".join(form.format(one) for one in paths) + "\n")
    QGuiApplication.clipboard().setMimeData(data)
    press(window, "Ctrl+V")
    engine.run()
    assert [one.path for one in session.songs.entries] == [WALK, *paths]
    assert session.song is not None
    assert session.song.path == paths[0]


def test_a_pasted_path_of_nothing_is_told(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("/no/such song.mp3")
    press(window, "Ctrl+V")
    assert window.message_bar.text == "There is no file /no/such song.mp3."
    endless = "/" + "la" * 200  # longer than any name
    QGuiApplication.clipboard().setText(endless)
    press(window, "Ctrl+V")
    assert window.message_bar.text == f"There is no file {endless}."
    QGuiApplication.clipboard().setText("la la la")
    press(window, "Ctrl+V")
    assert "neither a point nor" in window.message_bar.text


def test_a_model_dropped_with_songs_is_opened_too(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    drop(window, RUN, Path("/models/piano.safetensors"))
    engine.run()
    assert session.model is not None
    assert session.model.title == "piano"
    assert session.song is not None
    assert session.song.path == RUN
    assert len(engine.of_kind(protocol.OpenModel)) == 2


def test_the_panel_takes_no_click_beside_the_songs(
    session: Session, rows: SongRows, engine: FakeEngine
) -> None:
    engine.heard.clear()
    below = QPoint(20, rows.viewport().height() - 4)
    QTest.mouseClick(rows.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, below)
    assert engine.heard == []


def test_a_song_that_was_removed_is_brought_back_by_the_message_or_a_key(
    window: MainWindow, session: Session, rows: SongRows, engine: FakeEngine
) -> None:
    session.move_axis(0, 2.0)
    rows.setFocus()
    for bring_back in (window.message_bar.undo.click, lambda: press(window, UNDO)):
        QTest.keyClick(rows, Qt.Key.Key_Delete)
        engine.run()
        assert titles(rows) == ["walk", "short"]
        assert window.message_bar.undo.isVisible()
        bring_back()
        engine.run()
        assert titles(rows) == ["walk", "run", "short"]
        assert bold(rows) == ["run"]
        assert session.values[0] == pytest.approx(2.0)
        assert not window.message_bar.undo.isVisible()
