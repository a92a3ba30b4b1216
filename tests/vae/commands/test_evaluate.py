import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.models import tiny_checkpoint
from tests.sounds import write_song
from vae.__main__ import main
from vae.commands import evaluate as command
from vae.evaluation import bound, point_sound
from vae.evaluation.evaluation import Evaluation, evaluate


def once(work: Callable[..., Evaluation]) -> Callable[..., Evaluation]:
    """Works the first time; what that gave is given again."""
    found: list[Evaluation] = []

    def evaluated(*arguments: object, **named: object) -> Evaluation:
        if not found:
            found.append(work(*arguments, **named))
        return found[0]

    return evaluated


def printed(arguments: list[str]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as output:
        assert main(arguments) == 0
    return output.getvalue()


@pytest.fixture(scope="module", name="said")
def _said(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What one evaluation says to a program, and to a person."""
    folder = tmp_path_factory.mktemp("evaluate")
    for name, seeds in (("held", (1, 2)), ("trained", (3, 4, 5))):
        (folder / name).mkdir()
        for seed in seeds:
            write_song(folder / name / f"{seed}.wav", seconds=0.5, seed=seed)
    arguments = [
        *("evaluate", str(folder / "held")),
        *("--model", str(tiny_checkpoint(folder, latent_size=8))),
        *("--cache", str(folder / "cache")),
        *("--reference", str(folder / "trained")),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bound, "ROUNDS", 3)
        patch.setattr(bound, "TEMPLATES", 8)
        patch.setattr(point_sound, "POINTS", 2)
        patch.setattr(command, "evaluate", once(evaluate))
        return printed([*arguments, "--json"]), printed(arguments)


def test_evaluate_prints_what_it_measured(said: tuple[str, str]) -> None:
    facts = json.loads(said[0])
    assert set(facts["nats"]) >= {"model", "mean_spectrum", "pca64", "nmf_bound"}
    assert len(facts["songs"]) == 2
    assert facts["songs"][0]["scores"]["model"]["lsd_db"] > 0
    assert 0 <= facts["live_sliders"] <= 8
    assert len(facts["aggregate"]["variance"]) == 8


def test_evaluate_tells_a_person_too(said: tuple[str, str]) -> None:
    assert said[1].startswith("2 songs: median (quartiles)\nnats:\n  model ")
    assert "live_sliders: " in said[1]


def test_a_folder_without_songs_is_refused_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    model = str(tiny_checkpoint(tmp_path))
    assert main(["evaluate", str(tmp_path / "empty"), "--model", model]) == 1
    assert "there is no file at all below" in capsys.readouterr().err
