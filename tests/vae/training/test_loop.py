import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.models import TINY
from tests.vae.training.songs import (
    SHORT,
    begun,
    options_of,
    resumed,
    run_of,
    trained_split,
)
from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.config import ModelConfig
from vae.errors import TrainingError
from vae.training.control import ask, wished
from vae.training.folder import RunFolder
from vae.training.loop import train
from vae.training.reader import RunReader, read_log
from vae.training.records import (
    Baselines,
    End,
    Epoch,
    Picture,
    Preparation,
    Record,
    Recovery,
    Start,
    Step,
)
from vae.training.status import read_status


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
    config = replace(
        SHORT, epochs=12, beta=0.0, covariance_penalty=0.0, average_decay=0.5
    )
    if model.network == "dictionary":  # which starts near where it ends
        config = replace(config, learning_rate=3e-4)
    trained = run_of(tmp_path / "run", songs, model, config)
    epochs = trained.epochs
    assert epochs[-1].validation.nats < epochs[0].validation.nats
    assert trained.checkpoint.config == model
    assert len(trained.checkpoint.songs) == 3
    assert all(len(song.path) > 0 for song in trained.checkpoint.songs)


def test_each_latent_of_a_finished_model_has_the_spread_that_the_prior_promises(
    tmp_path: Path, songs: Path
) -> None:
    config = replace(SHORT, beta=0.0, covariance_penalty=0.0)  # free to be any
    trained = run_of(tmp_path / "run", songs, TINY, config)
    codec = Codec(trained.checkpoint)
    training = trained_split(options_of(songs, TINY, config)).training
    beliefs = [codec.belief(song.coefficients) for song in training]
    spread = np.concatenate([belief.path for belief in beliefs]).var(axis=0)
    spread += np.concatenate([belief.variance for belief in beliefs]).mean(axis=0)
    assert np.allclose(spread, 1, atol=1e-3)
    best = Codec(load_checkpoint(tmp_path / "run" / "best.safetensors"))
    assert not np.allclose(best.belief(training[0].coefficients).path, beliefs[0].path)


def test_a_run_leaves_its_files_and_says_how_it_went(
    tmp_path: Path, songs: Path
) -> None:
    trained = run_of(tmp_path / "run", songs)
    names = {path.name for path in (tmp_path / "run").iterdir()}
    assert names >= {
        "options.json",
        "state.json",
        "log.jsonl",
        "last.safetensors",
        "best.safetensors",
        "model.safetensors",
        "pictures",
    }
    records = read_log(tmp_path / "run")
    assert list(records) == trained.records
    steps = [record.step for record in records if isinstance(record, Step)]
    assert steps == list(range(8))
    assert [epoch.epoch for epoch in trained.epochs] == [0, 1, 2, 3]
    (start,) = [record for record in records if isinstance(record, Start)]
    assert (start.training_songs, start.validation_songs) == (3, 1)
    assert start.validation_paths[0].endswith(".wav")
    (baselines,) = [record for record in records if isinstance(record, Baselines)]
    assert baselines.components < baselines.mean_spectrum
    drawn = [record for record in records if isinstance(record, Picture)]
    assert [picture.epoch for picture in drawn] == [0, 1, 3]
    assert all((tmp_path / "run" / p.reconstruction).exists() for p in drawn)
    end = records[-1]
    assert isinstance(end, End)
    assert (end.reason, end.epochs_done) == ("finished", 4)
    status = read_status(tmp_path / "run")
    assert status is not None
    assert (status.seen, status.epochs_done) == ("finished", 4)
    best = load_checkpoint(tmp_path / "run" / "best.safetensors")
    assert len(best.songs) == 3


class Killed(Exception):  # noqa: N818 - it stands for a signal
    pass


def killed_at(step: int) -> Callable[[Record], None]:
    def listen(record: Record) -> None:
        if isinstance(record, Step) and record.step == step:
            raise Killed

    return listen


@pytest.mark.parametrize("step", [0, 2, 7])
def test_a_resumed_run_ends_as_an_undisturbed_one(
    tmp_path: Path, songs: Path, step: int
) -> None:
    whole = run_of(tmp_path / "run", songs)
    options = options_of(songs)
    cut = tmp_path / "cut" / "run"
    run, cache = begun(cut, options), songs.parent / "cache"
    with pytest.raises(Killed):
        train(options, run, cache=cache, listen=killed_at(step))
    assert [r.reason for r in read_log(cut) if isinstance(r, End)] == ["failed"]
    rest = resumed(cut, songs)
    assert rest.epochs[0].epoch == step // 2
    records = read_log(cut)
    steps = [(r.step, r.loss) for r in records if isinstance(r, Step)]
    assert steps == [(r.step, r.loss) for r in whole.records if isinstance(r, Step)]
    assert len([r for r in records if isinstance(r, End)]) == 1
    assert rest.checkpoint.model_hash == whole.checkpoint.model_hash


def test_the_same_seed_gives_the_same_model(tmp_path: Path, songs: Path) -> None:
    first = run_of(tmp_path / "a", songs).checkpoint
    second = run_of(tmp_path / "b", songs).checkpoint
    other = run_of(tmp_path / "c", songs, config=replace(SHORT, seed=1)).checkpoint
    assert first.model_hash == second.model_hash != other.model_hash


def test_a_folder_that_holds_a_run_is_not_overwritten(
    tmp_path: Path, songs: Path
) -> None:
    begun(tmp_path / "run", options_of(songs))  # which comes to nothing
    run_of(tmp_path / "run", songs, config=replace(SHORT, epochs=1))
    with pytest.raises(TrainingError, match="--resume"):
        run_of(tmp_path / "run", songs)
    with pytest.raises(TrainingError, match="no run"):
        RunFolder(tmp_path / "nowhere").reopen()
    (tmp_path / "run" / "last.safetensors").write_bytes(b"half a fi")
    with pytest.raises(TrainingError, match="cannot be resumed"):
        resumed(tmp_path / "run", songs)
    status = read_status(tmp_path / "run")
    assert status is not None
    assert status.state == "failed"


def test_a_loss_that_is_no_number_goes_back_three_times_and_stops_with_a_sentence(
    tmp_path: Path, songs: Path
) -> None:
    config = replace(SHORT, learning_rate=1e30, warmup_epochs=0)
    with pytest.raises(TrainingError, match="try a learning rate below"):
        run_of(tmp_path / "run", songs, TINY, config)
    records = read_log(tmp_path / "run")
    turns = [record.turn for record in records if isinstance(record, Recovery)]
    assert turns == [1, 2, 3]
    end = records[-1]
    assert isinstance(end, End)
    assert "no longer a number" in end.sentence
    assert "learning rate" in end.advice


def test_after_one_bad_step_training_goes_on_more_carefully(
    tmp_path: Path, songs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vae.training.trainer import Trainer

    real = Trainer._step
    spoiled: list[bool] = []

    def step(self: Trainer, *arguments: object) -> torch.Tensor:
        figures = real(self, *arguments)  # type: ignore[arg-type]  # passed on
        if arguments[2] == 1 and not spoiled:
            spoiled.append(True)
            with torch.no_grad():
                for parameter in self.model.parameters():
                    parameter.fill_(torch.nan)
            return figures * torch.nan
        return figures

    monkeypatch.setattr(Trainer, "_step", step)
    trained = run_of(tmp_path / "run", songs)
    (recovery,) = [r for r in trained.records if isinstance(r, Recovery)]
    assert (recovery.epoch, recovery.learning_rate) == (1, SHORT.learning_rate / 2)
    assert [epoch.epoch for epoch in trained.epochs] == [0, 1, 2, 3]
    assert all(torch.isfinite(t).all() for t in trained.checkpoint.weights.values())


def test_asked_to_stop_a_run_keeps_its_best_model_and_can_go_on(
    tmp_path: Path, songs: Path
) -> None:
    options = options_of(songs)
    run = begun(tmp_path / "run", options)

    def listen(record: Record) -> None:
        if isinstance(record, Step) and record.step == 4:
            ask(run.path, "stop")

    checkpoint = train(options, run, cache=songs.parent / "cache", listen=listen)
    assert len(checkpoint.songs) == 3
    assert wished(run.path) is None
    status = read_status(run.path)
    assert status is not None
    assert (status.state, status.epochs_done) == ("stopped", 2)
    assert RunReader(run.path).is_resumable()
    whole = run_of(tmp_path / "whole" / "run", songs)
    rest = resumed(run.path, songs)
    assert rest.checkpoint.model_hash == whole.checkpoint.model_hash


def test_asked_to_stop_before_the_first_epoch_is_done_it_keeps_what_there_is(
    tmp_path: Path, songs: Path
) -> None:
    options = options_of(songs)
    run = begun(tmp_path / "run", options)

    def listen(record: Record) -> None:
        if isinstance(record, Step) and record.step == 0:
            ask(run.path, "stop")

    checkpoint = train(options, run, cache=songs.parent / "cache", listen=listen)
    assert len(checkpoint.songs) == 3


def test_asked_to_stop_while_songs_are_prepared_a_run_ends_at_once_and_can_go_on(
    tmp_path: Path, songs: Path
) -> None:
    options = options_of(songs)
    run = begun(tmp_path / "run", options)
    told: list[Record] = []

    def listen(record: Record) -> None:
        told.append(record)
        if isinstance(record, Preparation):
            ask(run.path, "stop")

    with pytest.raises(KeyboardInterrupt):
        train(options, run, cache=songs.parent / "cache", listen=listen)
    assert [type(record) for record in told] == [Preparation, End]
    status = read_status(run.path)
    assert status is not None
    assert status.state == "stopped"
    assert RunReader(run.path).is_resumable()
    assert len(resumed(run.path, songs).epochs) == options.train.epochs


def test_a_run_whose_reader_has_gone_is_stopped_and_can_go_on(
    tmp_path: Path, songs: Path
) -> None:
    """As in `dctvae train … | head`."""
    run = begun(tmp_path / "run", options_of(songs))

    def listen(record: Record) -> None:
        if not isinstance(record, Preparation):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        train(run.reopen(), run, cache=songs.parent / "cache", listen=listen)
    status = read_status(run.path)
    assert status is not None
    assert (status.state, status.advice) == ("stopped", "resume it to go on")
    assert RunReader(run.path).is_resumable()


def test_a_paused_run_waits_until_it_is_asked_to_go_on(
    tmp_path: Path, songs: Path
) -> None:
    options = options_of(songs)
    run = begun(tmp_path / "run", options)
    told: list[Record] = []

    def listen(record: Record) -> None:
        told.append(record)
        if isinstance(record, Step) and record.step == 2:
            ask(run.path, "pause")

    thread = threading.Thread(
        target=lambda: train(options, run, cache=songs.parent / "cache", listen=listen)
    )
    thread.start()
    reader = RunReader(run.path)
    while (status := reader.status()) is None or status.state != "paused":
        assert thread.is_alive()
        time.sleep(0.01)
    assert isinstance(told[-1], Step)
    assert told[-1].step == 2
    ask(run.path, "resume")
    thread.join()
    status = reader.status()
    assert status is not None
    assert status.state == "finished"
    assert len([r for r in told if isinstance(r, Epoch)]) == 4


def test_what_a_killed_run_left_half_written_is_cleared_away(
    tmp_path: Path, songs: Path
) -> None:
    config = replace(SHORT, epochs=2)
    whole = run_of(tmp_path / "run", songs, config=config)
    shutil.copy(tmp_path / "run" / "options.json", tmp_path / "run" / ".last.xyz")
    with (tmp_path / "run" / "log.jsonl").open("a") as log:
        log.write('{"kind": "epoch", "epo')
    ask(tmp_path / "run", "pause")
    again = resumed(tmp_path / "run", songs)
    assert again.checkpoint.model_hash == whole.checkpoint.model_hash
    assert not [p for p in (tmp_path / "run").iterdir() if p.name.startswith(".")]
    text = (tmp_path / "run" / "log.jsonl").read_text()
    assert '"epo\n' not in text
    assert text.endswith("\n")
