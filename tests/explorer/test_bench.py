from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import Explorer, Wishes
from explorer.bench import Bench, BenchReport
from explorer.services.engine_client import EngineClient
from explorer.services.settings import Settings
from explorer.widgets.theme import DARK, apply_theme
from tests.models import tiny_checkpoint
from tests.sound_server import SoundServer
from tests.sounds import write_song

PATIENCE_MS = 60_000


def test_the_bench_times_every_move_of_the_real_program(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, sound_server: SoundServer
) -> None:
    del sound_server  # the program plays into it
    apply_theme(qapp, DARK)
    store = QSettings(str(tmp_path / "explorer.ini"), QSettings.Format.IniFormat)
    song = write_song(tmp_path / "song.wav", seconds=8)
    wishes = Wishes(songs=(song,), model=tiny_checkpoint(tmp_path))
    program = Explorer(qapp, wishes, settings=Settings(store))
    qtbot.addWidget(program.window)
    outcomes: list[BenchReport | str] = []
    assert isinstance(program.client, EngineClient)
    Bench(
        program.session,
        program.window,
        program.client,
        done=outcomes.append,
        drags=2,
        moves=5,
    )
    program.open()
    qtbot.waitUntil(lambda: bool(outcomes), timeout=PATIENCE_MS)
    program.close()
    (report,) = outcomes
    assert isinstance(report, BenchReport)
    assert report.events == 10
    assert report.frames_drawn > 0
    assert report.control_to_sound_ms is not None
    for times in (report.control_to_sound_ms, report.control_to_picture_ms):
        assert 0 < times.p50 <= times.p95 <= times.worst < PATIENCE_MS
    first = report.control_to_first_slice_ms
    assert first.p50 <= report.control_to_picture_ms.p50
    steps = [step.label for step in program.session.history.steps]
    assert len(steps) == pytest.approx(3, abs=1)  # the start, and a step a drag
