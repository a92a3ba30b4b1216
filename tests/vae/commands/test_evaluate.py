import json
from pathlib import Path

import pytest

from tests.models import tiny_checkpoint
from tests.sounds import write_song
from vae.__main__ import main
from vae.evaluation import bound, point_sound


@pytest.fixture(name="arguments")
def _arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(bound, "ROUNDS", 3)
    monkeypatch.setattr(bound, "TEMPLATES", 8)
    monkeypatch.setattr(point_sound, "POINTS", 2)
    for folder, seeds in (("held", (1, 2)), ("trained", (3, 4, 5))):
        (tmp_path / folder).mkdir()
        for seed in seeds:
            write_song(tmp_path / folder / f"{seed}.wav", seconds=0.5, seed=seed)
    return [
        *("evaluate", str(tmp_path / "held")),
        *("--model", str(tiny_checkpoint(tmp_path, latent_size=8))),
        *("--cache", str(tmp_path / "cache")),
        *("--reference", str(tmp_path / "trained")),
    ]


def test_evaluate_prints_what_it_measured(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert set(facts["nats"]) >= {"model", "mean_spectrum", "pca64", "nmf_bound"}
    assert len(facts["songs"]) == 2
    assert facts["songs"][0]["scores"]["model"]["lsd_db"] > 0
    assert 0 <= facts["live_sliders"] <= 8
    assert len(facts["aggregate"]["variance"]) == 8


def test_evaluate_tells_a_person_too(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 songs: median (quartiles)\nnats:\n  model ")
    assert "live_sliders: " in said


def test_a_folder_without_songs_is_refused_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    model = str(tiny_checkpoint(tmp_path))
    assert main(["evaluate", str(tmp_path / "empty"), "--model", model]) == 1
    assert "there is no file at all below" in capsys.readouterr().err
