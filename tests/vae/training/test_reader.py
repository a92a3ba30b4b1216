import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.vae.training.test_records import EPOCH
from vae.config import ModelConfig, TrainConfig
from vae.errors import TrainingError
from vae.files import write_bytes
from vae.training.control import ask, forget, wished
from vae.training.options import Options
from vae.training.reader import RunReader, best_epoch, find_runs, read_log
from vae.training.records import to_line
from vae.training.status import Status, read_status, write_status

OPTIONS = Options(folders=(Path("songs"),), model=ModelConfig(), train=TrainConfig())


def lines(*epochs: int) -> str:
    return "".join(to_line(replace(EPOCH, epoch=epoch), 0.0) for epoch in epochs)


def test_news_are_given_once_and_only_whole_lines(tmp_path: Path) -> None:
    reader, log = RunReader(tmp_path), tmp_path / "log.jsonl"
    assert reader.news().lines == ()
    log.write_text(lines(0, 1) + lines(2)[:20])
    assert [line.record.epoch for line in reader.news().lines] == [0, 1]  # type: ignore[union-attr]  # all are epochs
    with log.open("a") as file:
        file.write(lines(2)[20:] + '{"kind": "damaged"\n' + lines(3))
    news = reader.news()
    assert not news.restarted
    assert [line.record.epoch for line in news.lines] == [2, 3]  # type: ignore[union-attr]  # all are epochs
    assert reader.news().lines == ()


def test_a_log_that_was_cut_back_is_given_from_its_start(tmp_path: Path) -> None:
    reader, log = RunReader(tmp_path), tmp_path / "log.jsonl"
    log.write_text(lines(0, 1, 2))
    reader.news()
    write_bytes(log, lines(0, 1).encode())
    news = reader.news()
    assert news.restarted
    assert len(news.lines) == 2
    assert not reader.news().restarted


def test_a_run_whose_process_has_gone_reads_as_interrupted(tmp_path: Path) -> None:
    assert read_status(tmp_path) is None
    running = Status(state="running", sentence="epoch 3 of 200", epochs=200)
    write_status(tmp_path, running)
    assert read_status(tmp_path) == running
    assert running.seen == "running"
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert replace(running, pid=gone.pid).seen == "interrupted"
    assert replace(running, heartbeat=time.time() - 100).seen == "interrupted"
    assert replace(running, state="finished", pid=gone.pid).seen == "finished"
    (tmp_path / "state.json").write_text('{"state": "dreaming", "sentence": ""}')
    assert read_status(tmp_path) is None


def test_a_wish_is_left_and_taken_away(tmp_path: Path) -> None:
    assert wished(tmp_path) is None
    ask(tmp_path, "pause")
    ask(tmp_path, "stop")
    assert wished(tmp_path) == "stop"
    forget(tmp_path)
    forget(tmp_path)
    assert wished(tmp_path) is None
    (tmp_path / "control").write_text("dance")
    assert wished(tmp_path) is None


def test_runs_are_found_with_their_options_and_their_best_model(
    tmp_path: Path,
) -> None:
    for number, name in enumerate(("older", "newer")):
        (tmp_path / name).mkdir()
        path = tmp_path / name / "options.json"
        path.write_text(OPTIONS.to_json())
        os.utime(path, (number, number))
    (tmp_path / "other").mkdir()
    newer, older = find_runs(tmp_path)
    assert (newer.name, older.name) == ("newer", "older")
    assert find_runs(tmp_path / "nowhere") == []
    reader = RunReader(newer)
    assert reader.options() == OPTIONS
    assert reader.is_resumable()
    assert reader.best_model() is None
    (newer / "best.safetensors").touch()
    assert reader.best_model() == newer / "best.safetensors"
    write_status(newer, Status(state="running", sentence=""))
    assert not reader.is_resumable()
    with pytest.raises(TrainingError, match="no run"):
        RunReader(tmp_path / "other").options()


def test_the_best_epoch_is_the_last_that_was_the_best(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text(
        lines(0, 1) + to_line(replace(EPOCH, epoch=2, best=False), 0.0)
    )
    best = best_epoch(read_log(tmp_path))
    assert best is not None
    assert best.epoch == 1
    assert best_epoch([]) is None


def test_options_of_a_newer_program_are_refused_politely(tmp_path: Path) -> None:
    text = OPTIONS.to_json().replace('"version": 2', '"version": 99')
    (tmp_path / "options.json").write_text(text)
    with pytest.raises(TrainingError, match="newer version"):
        Options.read(tmp_path)
