from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.services.scout import Scout
from explorer.session.session import Session
from tests.models import TINY
from tests.sounds import write_song
from vae.config import TrainConfig
from vae.presets import PRESETS, Preset

PATIENCE_MS = 200_000  # for a process to load torch on a busy machine


@pytest.fixture
def session() -> Session:
    return Session()


@pytest.fixture(autouse=True)
def scout(session: Session, qtbot: QtBot) -> Iterator[Scout]:
    del qtbot  # its event loop is used
    scout = Scout(session)
    yield scout
    scout.close()


def test_what_is_found_and_refused_in_real_files_is_told(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    write_song(tmp_path / "one.wav", seconds=3)
    (tmp_path / "copy.wav").write_bytes((tmp_path / "one.wav").read_bytes())
    (tmp_path / "notes.txt").write_text("no sound")
    songs = session.training.songs
    songs.add([tmp_path])
    qtbot.waitUntil(lambda: songs.phase != "looking", timeout=PATIENCE_MS)
    found = songs.found
    assert found is not None
    assert found.songs == 1
    assert found.seconds == pytest.approx(3.0, abs=0.1)
    assert [one.path.name for one in found.refused] == ["notes.txt"]
    assert "notes.txt" in found.refused[0].reason


def test_a_folder_that_is_gone_is_told(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    songs = session.training.songs
    songs.add([tmp_path / "gone"])
    songs.add([tmp_path / "gone too"])  # which ends the look at the first alone
    qtbot.waitUntil(lambda: songs.phase == "failed", timeout=PATIENCE_MS)
    assert songs.fault == f"The folder {tmp_path / 'gone'} does not exist."


def test_a_plan_is_tried_out_for_its_time_and_memory(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = Preset(model=TINY, train=TrainConfig(batch_size=2, samples_per_epoch=8))
    monkeypatch.setitem(PRESETS, "default", tiny)
    training = session.training
    training.planning.reset()
    training.forecast.measure(training.planning.plan)
    qtbot.waitUntil(lambda: training.forecast.phase != "measuring", timeout=PATIENCE_MS)
    shown = training.forecast.rehearsal
    assert shown is not None, training.forecast.fault
    assert shown.device in {"cpu", "cuda", "mps"}
    assert shown.samples_per_s > 1
    assert shown.fits


def test_what_is_asked_while_the_window_closes_comes_to_nothing(
    session: Session, scout: Scout
) -> None:
    scout.close()
    session.training.forecast.measure(session.training.planning.plan)
