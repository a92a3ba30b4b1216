from dataclasses import replace
from pathlib import Path

import pytest

from tests.models import TINY, untrained
from vae import resources
from vae.checkpoint import save_checkpoint


def test_the_models_that_are_there_are_listed_the_default_one_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "FOLDERS", (tmp_path / "no", tmp_path))
    assert resources.shipped_models() == ()
    whole = untrained(replace(TINY, frames_per_latent=32))
    save_checkpoint(tmp_path / resources.MODELS[1], replace(whole, title="Whole"))
    assert [one.title for one in resources.shipped_models()] == ["Whole"]
    save_checkpoint(tmp_path / resources.MODEL, untrained())
    first, second = resources.shipped_models()
    assert (first.title, first.path.name) == ("model", resources.MODEL)
    assert "64 latents for every 0.0464399 s" in first.details
    assert "64 latents for every 0.18576 s" in second.details


def test_a_damaged_model_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "FOLDERS", (tmp_path,))
    (tmp_path / resources.MODEL).write_bytes(b"no model")
    assert resources.shipped_models() == ()


def test_this_checkout_brings_a_model() -> None:
    default = resources.shipped_models()[0]
    assert default.path == resources.shipped_model()
    assert default.details.endswith("up to 2,756 Hz")
