import sys
from pathlib import Path

import pytest

from tests.vae.training.test_records import EPOCH
from vae.errors import TrainingError
from vae.training.event_files import EventFiles
from vae.training.records import Axes, Baselines, Preparation, Start


def start(first_epoch: int) -> Start:
    return Start(
        first_epoch=first_epoch,
        epochs=9,
        steps_per_epoch=40,
        device="cpu",
        device_name="x",
        threads=1,
        processes=1,
        parameters=1,
        training_songs=1,
        validation_songs=1,
        minutes=1.0,
        validation_paths=(),
    )


def test_the_figures_of_an_epoch_are_in_the_event_file(tmp_path: Path) -> None:
    events = EventFiles(tmp_path)
    events.take(Preparation(stage="preparing songs", done=1, total=1))
    events.take(start(0))
    events.take(EPOCH)
    events.take(Axes(epoch=3, change_db=(1.0,), live=1))
    events.take(Baselines(mean_spectrum=0.3, components=0.1, component_count=64))
    events.close()
    (file,) = (tmp_path / "tensorboard").iterdir()
    content = file.read_bytes()
    for name in (b"validation/nats", b"epoch/live_sliders", b"validation/components"):
        assert name in content


def test_steps_that_are_taken_again_are_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []

    class Writer:
        def __init__(self, _folder: str, *, purge_step: int | None) -> None:
            asked.append(purge_step)

    monkeypatch.setattr("tensorboardX.SummaryWriter", Writer)
    for first_epoch in (0, 3):
        EventFiles(tmp_path).take(start(first_epoch))
    assert asked == [None, 120]


def test_without_the_library_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tensorboardX", None)
    with pytest.raises(TrainingError, match="pip install"):
        EventFiles(tmp_path)
