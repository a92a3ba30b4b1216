import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.models import TINY
from vae.__main__ import main
from vae.config import TrainConfig
from vae.training.options import OPTIONS, Options
from vae.training.rehearsal import rehearse

SHORT = TrainConfig(batch_size=2, samples_per_epoch=8, device="cpu")


def test_a_few_steps_tell_the_pace_and_the_memory() -> None:
    shown = rehearse(Options(folders=(), model=TINY, train=SHORT))
    assert shown.device == "cpu"
    assert shown.samples_per_s > 1
    assert shown.validated_per_s > 1
    assert 10**7 < shown.memory < shown.memory_there


@pytest.mark.parametrize("network", ["strided", "dictionary"])
def test_nothing_is_written(
    tmp_path: Path, network: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    model = replace(TINY, network=network)  # type: ignore[arg-type]  # one of two
    rehearse(Options(folders=(), model=model, train=SHORT))
    assert list(tmp_path.iterdir()) == []


def test_the_command_rehearses_what_a_run_folder_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(folders=(), model=TINY, train=SHORT)
    (tmp_path / OPTIONS).write_text(options.to_json())
    assert main(["rehearse", "--like", str(tmp_path), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["kind"] == "rehearsal"
    assert facts["samples_per_s"] > 0
    assert main(["rehearse", "--like", str(tmp_path)]) == 0
    assert "memory" in capsys.readouterr().out


def test_a_device_that_is_not_there_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["rehearse", "--device", "mps"]) == 1
    assert "no mps device" in capsys.readouterr().err
