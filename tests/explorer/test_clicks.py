"""Nothing a person does at the window clicks."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import Explorer, Wishes
from explorer.services.settings import Settings
from explorer.widgets.theme import DARK, apply_theme
from tests.explorer.performance import Performance, Programme
from tests.models import TINY, saved
from tests.sound_server import SAMPLE_RATE, SoundServer

PATIENCE_MS = 60_000
LATENCY_MS = 200.0  # the longest, for a busy machine
CLICK = 1.1  # times the steepest step of the same sound undisturbed
PARTIALS_HZ = (55.0, 110.0, 165.0, 220.0)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """A deep chord that stays as it is for 30 seconds, with no steep step in it."""
    time_s = np.arange(30 * SAMPLE_RATE) / SAMPLE_RATE
    sound = 0.04 * sum(np.sin(2 * np.pi * hz * time_s + hz) for hz in PARTIALS_HZ)
    path = tmp_path / "chord.flac"
    soundfile.write(path, np.stack([sound, sound], axis=1), SAMPLE_RATE, "PCM_24")
    return path


@pytest.fixture
def models(tmp_path: Path) -> tuple[Path, ...]:
    paths = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    for seed, path in enumerate(paths):
        saved(TINY, path, seed=seed)
    return paths


@pytest.fixture
def wishes(song: Path, models: tuple[Path, ...]) -> Wishes:
    return Wishes(songs=(song,), model=models[0])


@pytest.fixture
def explorer(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    wishes: Wishes,
    sound_server: SoundServer,
) -> Iterator[Explorer]:
    """The program, playing the song round and round."""
    del sound_server  # it plays into this one
    apply_theme(qapp, DARK)
    store = QSettings(str(tmp_path / "explorer.ini"), QSettings.Format.IniFormat)
    program = Explorer(
        qapp, wishes, settings=Settings(store), backup_folder=tmp_path / "backups"
    )
    qtbot.addWidget(program.window)
    program.session.output.want_device(None, LATENCY_MS)
    program.open()
    program.window.guards_work = False  # nobody is there to be asked at the end
    session = program.session
    qtbot.waitUntil(lambda: session.picture_current, timeout=PATIENCE_MS)
    session.transport.set_loop(loop=True)
    QTest.keyClick(program.window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: session.transport.position_s > 0.5, timeout=PATIENCE_MS)
    yield program
    program.close()


@pytest.mark.parametrize(
    "programme",
    [
        pytest.param(Programme(drags=10, seeks=3, swaps=1, devices=1), id="short"),
        pytest.param(
            Programme(drags=200, seeks=20, swaps=5, devices=5),
            id="long",
            marks=[pytest.mark.long, pytest.mark.timeout(600)],
        ),
    ],
)
def test_drags_seeks_swaps_of_models_and_changes_of_device_do_not_click(
    explorer: Explorer,
    sound_server: SoundServer,
    models: tuple[Path, ...],
    programme: Programme,
) -> None:
    performance = Performance(explorer, models)
    with sound_server.record() as recording:
        handed = performance.play(programme, models[0].with_name("take.wav"))
    print(handed)  # what `pytest -m long -s` is run for
    assert handed.points >= programme.drags
    assert handed.worst_ratio < CLICK
    assert np.abs(recording.sound()).max() > 0.05, "it was heard"
