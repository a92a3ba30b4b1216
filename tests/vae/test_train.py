import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.models import TINY
from tests.sounds import write_song
from vae.checkpoint import Checkpoint, load_checkpoint
from vae.config import ModelConfig, TrainConfig
from vae.errors import TrainingError
from vae.run import Options, RunFolder
from vae.train import EpochReport, choose_device, train

SHORT = TrainConfig(
    epochs=4,
    samples_per_epoch=8,
    batch_size=4,
    learning_rate=3e-3,
    dictionary_frames=200,
    dictionary_rounds=5,
    validation_fraction=0.3,
    device="cpu",
)


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Tiny networks are faster on one thread, above all beside other work."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("songs")
    for number in range(4):
        write_song(folder / f"song {number}.wav", seconds=2, seed=number)
    return folder


def run_of(
    folder: Path,
    songs: Path,
    model: ModelConfig = TINY,
    config: TrainConfig = SHORT,
    *,
    resume: bool = False,
    told: object = None,
) -> tuple[Checkpoint, list[EpochReport]]:
    reports: list[EpochReport] = []
    run = RunFolder(folder)
    options = Options(folders=(songs,), model=model, train=config)
    if not resume:
        run.create(options)
    checkpoint = train(
        options,
        run,
        resume=resume,
        cache=songs.parent / "cache",
        report=reports.append,
        told=told,  # type: ignore[arg-type]  # None or a callable
    )
    return checkpoint, reports


@pytest.mark.parametrize(
    "model",
    [
        TINY,
        replace(TINY, likelihood="gaussian"),
        replace(TINY, network="strided", widths=(8, 8), frames_per_latent=32),
        replace(TINY, network="strided", widths=(8,), likelihood="mean"),
    ],
)
def test_training_lowers_the_held_out_loss(
    tmp_path: Path, songs: Path, model: ModelConfig
) -> None:
    config = replace(SHORT, epochs=12, beta=0.0, covariance_penalty=0.0)
    if model.network == "dictionary":  # which starts near where it ends
        config = replace(config, learning_rate=3e-4)
    checkpoint, reports = run_of(tmp_path / "run", songs, model, config)
    assert reports[-1].validation.nats < reports[0].validation.nats
    assert checkpoint.config == model
    assert len(checkpoint.songs) == 3
    assert all(len(song.path) > 0 for song in checkpoint.songs)


def test_a_run_leaves_its_files_and_a_line_an_epoch(
    tmp_path: Path, songs: Path
) -> None:
    run_of(tmp_path / "run", songs)
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names == {
        "options.json",
        "log.jsonl",
        "state.safetensors",
        "best.safetensors",
        "model.safetensors",
    }
    lines = (tmp_path / "run" / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [0, 1, 2, 3]
    best = load_checkpoint(tmp_path / "run" / "best.safetensors")
    assert best.basis.latent_size == 64


class Killed(Exception):  # noqa: N818 - it stands for a signal
    pass


@pytest.mark.parametrize("epochs_done", [0, 1, 3])
def test_a_resumed_run_ends_as_an_undisturbed_one(
    tmp_path: Path, songs: Path, epochs_done: int
) -> None:
    whole, _ = run_of(tmp_path / "whole", songs)

    def kill(label: str, share: float) -> None:
        if label == "training" and share > (epochs_done + 0.4) / SHORT.epochs:
            raise Killed

    with pytest.raises(Killed):
        run_of(tmp_path / "cut", songs, told=kill)
    resumed, reports = run_of(tmp_path / "cut", songs, resume=True)
    assert [report.epoch for report in reports] == list(range(epochs_done, 4))
    lines = (tmp_path / "cut" / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [0, 1, 2, 3]
    for name, tensor in whole.weights.items():
        assert torch.equal(tensor, resumed.weights[name]), name


def test_the_same_seed_gives_the_same_model(tmp_path: Path, songs: Path) -> None:
    first, _ = run_of(tmp_path / "a", songs)
    second, _ = run_of(tmp_path / "b", songs)
    other, _ = run_of(tmp_path / "c", songs, config=replace(SHORT, seed=1))
    assert first.model_hash == second.model_hash != other.model_hash


def test_a_folder_that_holds_a_run_is_not_overwritten(
    tmp_path: Path, songs: Path
) -> None:
    run_of(tmp_path / "run", songs, config=replace(SHORT, epochs=1))
    with pytest.raises(TrainingError, match="--resume"):
        run_of(tmp_path / "run", songs)
    with pytest.raises(TrainingError, match="no run to resume"):
        RunFolder(tmp_path / "nowhere").options()
    (tmp_path / "run" / "state.safetensors").write_bytes(b"half a fi")
    with pytest.raises(TrainingError, match="cannot be resumed"):
        run_of(tmp_path / "run", songs, resume=True)


def test_a_loss_that_is_no_number_stops_with_a_sentence(
    tmp_path: Path, songs: Path
) -> None:
    config = replace(SHORT, learning_rate=1e30, warmup_epochs=0)
    with pytest.raises(TrainingError, match="try a learning rate below"):
        run_of(tmp_path / "run", songs, TINY, config)


def test_a_device_that_is_not_there_is_refused() -> None:
    missing = "mps" if not torch.backends.mps.is_available() else "cuda"
    with pytest.raises(TrainingError, match=missing):
        choose_device(missing)  # type: ignore[arg-type]  # one of two names
    assert choose_device("cpu").type == "cpu"
