"""Training from the window for real: each process the program's own, a tiny network."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from explorer.app import Explorer, Wishes
from explorer.services.settings import Settings
from explorer.session.training.runs import Run
from explorer.widgets.theme import DARK, apply_theme
from tests.models import TINY, tiny_checkpoint
from tests.sound_server import SoundServer
from tests.sounds import write_song
from vae.checkpoint import load_checkpoint
from vae.config import TrainConfig
from vae.presets import PRESETS, Preset

PATIENCE_MS = 100_000  # for four processes to load torch on a busy machine
LEFT = Qt.MouseButton.LeftButton
SHORT = TrainConfig(
    epochs=10_000,
    samples_per_epoch=8,
    batch_size=4,
    learning_rate=3e-3,
    warmup_epochs=1,
    dictionary_frames=200,
    dictionary_rounds=5,
    validation_fraction=0.3,
    picture_epochs=2,
    device="cpu",
)


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    """A folder of four songs, and a file that is none."""
    folder = tmp_path / "songs"
    folder.mkdir()
    for number in range(4):
        write_song(folder / f"song {number}.wav", seconds=2, seed=number)
    (folder / "notes.txt").write_text("no sound")
    return folder


@pytest.fixture
def program(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    sound_server: SoundServer,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Explorer]:
    """The program as it opens, where the default preset is a tiny one."""
    del sound_server  # it plays into this one
    monkeypatch.setitem(PRESETS, "default", Preset(model=TINY, train=SHORT))
    apply_theme(qapp, DARK)
    store = QSettings(str(tmp_path / "explorer.ini"), QSettings.Format.IniFormat)
    song = write_song(tmp_path / "walk.wav", seconds=2)
    wishes = Wishes(songs=(song,), model=tiny_checkpoint(tmp_path))
    program = Explorer(
        qapp,
        wishes,
        settings=Settings(store),
        backup_folder=tmp_path / "backup",
    )
    qtbot.addWidget(program.window, before_close_func=lambda _: _end(program))
    program.session.training.choose_runs_folder(tmp_path / "runs")
    program.session.training.planning.reset()
    program.open()
    yield program
    program.close()


def _end(program: Explorer) -> None:
    """Nobody is there to be asked what becomes of a training."""
    program.session.training.stop_all()
    program.end()


def drop(widget: QWidget, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = widget.rect().center()
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(place, action, data, LEFT, keys)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    dropping = QDropEvent(QPointF(place), action, data, LEFT, keys)
    QApplication.sendEvent(widget, dropping)


def click(button: QAbstractButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


class Person:
    """Does on the page what a person does, and waits for what comes of it."""

    def __init__(self, program: Explorer, qtbot: QtBot) -> None:
        self.session = program.session
        self.window = program.window
        self.page = program.window.train
        self.training = program.session.training
        self._qtbot = qtbot

    def wait(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    @property
    def run(self) -> Run:
        shown = self.training.runs.shown
        assert shown is not None
        assert not shown.fault, shown.fault
        return shown

    def losses(self) -> list[float]:
        """The curve of the held-out songs, as it is drawn."""
        _, values = self.page.curves.validation.getData()
        return [] if values is None else [float(one) for one in values]

    def choose(self, songs: Path) -> None:
        QTest.keySequence(self.window, "Ctrl+T")
        drop(self.page, songs)
        self.wait(lambda: self.training.songs.phase != "looking")

    def hear(self) -> None:
        self.wait(lambda: self.session.ready and self.page.header.hear.isEnabled())
        click(self.page.header.hear)
        self.wait(lambda: self.session.playback.playing)

    def explore(self) -> None:
        click(self.page.header.explore)
        self.wait(lambda: not self.session.tasks.busy("model"))


def test_songs_become_a_model_that_is_heard_and_explored(
    program: Explorer, songs: Path, qtbot: QtBot
) -> None:
    person = Person(program, qtbot)
    session, page = person.session, person.page
    person.choose(songs)
    assert page.songs.told.text() == "4 songs, 8 seconds; 1 file refused."

    click(page.start.start)
    person.wait(lambda: len(person.losses()) >= 3)
    assert len(set(person.losses())) > 1
    assert person.run.phase == "running"
    assert "epoch" in page.header.told.text()
    assert max(page.usage.bars.opts["height"]) > 0

    person.hear()
    assert session.song is not None
    assert session.song.path.parent == songs
    assert session.model is not None
    assert session.model.path == person.run.checkpoint
    assert person.run.live  # all the while

    click(page.header.stop)
    person.wait(lambda: person.run.phase == "stopped")
    kept = person.run.checkpoint
    assert kept is not None
    assert load_checkpoint(kept).config == TINY
    assert page.header.names.isVisible()  # it was stopped before it found some

    person.explore()
    assert person.window.explore.isVisible()
    assert session.model.path == kept
