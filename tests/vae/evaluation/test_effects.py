import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests.models import TINY, untrained
from tests.sounds import write_song
from tests.vae.evaluation.songs import song_image, song_images
from vae.__main__ import main
from vae.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from vae.config import TransformConfig
from vae.dataset import SongImage
from vae.evaluation.agreement import agreement
from vae.evaluation.effects import measure_effects
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.subject import Subject
from vae.latents.traits import AxisTraits, Change

# 32 coefficients up to 2,756 Hz, so that every trait has some of its own.
CONFIG = replace(
    TINY,
    latent_size=6,
    transform=TransformConfig(frame_samples=256, kept=32, overlap=64),
)


def equaliser(curves: dict[int, NDArray[np.float64]]) -> Checkpoint:
    """A model whose axes do nothing but add a curve in dB to (C, K) at +1σ."""
    checkpoint = untrained(CONFIG)
    weights = {name: tensor.clone() for name, tensor in checkpoint.weights.items()}
    for name, tensor in weights.items():
        if name.startswith(("decoder.stack", "decoder.equaliser.weight")):
            tensor.zero_()
    basis = checkpoint.basis
    for axis, curve in curves.items():
        nepers = curve * np.log(10) / 20 / basis.sigma[axis]
        added = basis.axes[axis][:, None, None] * nepers
        weights["decoder.equaliser.weight"] += torch.from_numpy(added).float()
    return replace(checkpoint, weights=weights)


def test_axes_are_named_after_what_they_do() -> None:
    louder = np.full((2, 32), 1.5)
    darker = np.linspace(2, -2, 32) * np.ones((2, 1))
    right = np.stack([np.full(32, -1.0), np.full(32, 1.0)])
    subject = Subject(equaliser({0: louder, 2: darker, 3: right}))
    songs = [Excerpt.of(song, 32) for song in song_images(1, 2, 3)]
    found, directions = measure_effects(subject, songs, lambda _: None)
    assert [one.name for one in found] == ["louder", "", "darker", "right", "", ""]
    loudness = found[0].changes[0]
    assert loudness.trait == "loudness"
    assert loudness.per_sigma == pytest.approx(1.5, abs=0.02)
    assert loudness.correlation == pytest.approx(1, abs=0.01)
    assert found[2].opposite == "brighter"
    assert [one.does.name for one in directions] == ["louder", "brighter", "right"]
    assert directions[0].does.changes[0].per_sigma > 1.4


def fading(axis: int, rise_db: float) -> Checkpoint:
    """A model of one vector a song, one axis of which lets it rise at +1σ."""
    config = replace(CONFIG, frames=64, frames_per_latent=64, contour_shapes=2)
    checkpoint = untrained(config)
    weights = {name: tensor.clone() for name, tensor in checkpoint.weights.items()}
    for name, tensor in weights.items():
        if name.startswith(("decoder.stack", "decoder.contours")):
            tensor.zero_()
    weights["decoder.contours.shapes"][0] = 1.0
    basis = checkpoint.basis
    nepers = rise_db * np.log(10) / 20 / basis.sigma[axis]
    added = basis.axes[axis][:, None] * np.linspace(-0.5, 0.5, 4) * nepers
    weights["decoder.contours.weight"][:, :, 0] = torch.from_numpy(added).float()
    return replace(checkpoint, weights=weights)


def test_an_axis_of_a_whole_song_is_named_after_how_it_fades() -> None:
    subject = Subject(fading(1, 6.0))
    songs = [Excerpt.of(song, 64) for song in song_images(1, 2, frames=64)]
    found = measure_effects(subject, songs, lambda _: None).axes[1]
    assert (found.name, found.opposite) == ("fades in", "fades out")
    assert found.changes[0].per_sigma > 2
    assert "fade +" in found.amounts
    there = Subject(equaliser({1: np.full((2, 32), 1.0)}))
    other = measure_effects(there, songs, lambda _: None).axes[1]
    assert "fade" not in [change.trait for change in other.changes]


def test_a_song_of_a_single_frame_is_listened_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("vae.evaluation.effects.POINTS", 2)
    song = Excerpt.of(song_image(1, frames=1), 64)
    for checkpoint in (fading(1, 6.0), equaliser({1: np.full((2, 32), 3.0)})):
        found = measure_effects(Subject(checkpoint), [song], lambda _: None)
        assert len(found.axes) == CONFIG.latent_size


def test_names_are_compared_with_what_the_songs_were_made_from(
    tmp_path: Path,
) -> None:
    subject = Subject(untrained(CONFIG))
    songs: list[SongImage] = []
    for number, song in enumerate(song_images(*range(24))):
        excerpt = Excerpt.of(song, 32)
        path = subject.posterior(excerpt).mu[0].T.numpy()
        place = float(subject.basis.to_sigmas(path).mean(axis=0)[1])
        factors = {
            "level_db": number,
            "bass_share": -place,
            "onsets_per_s": 0,
            "percussion_share": place,
            "knobs": {"tilt_db": place, "width": 0},
        }
        file = tmp_path / f"{number}.wav"
        file.with_suffix(".json").write_text(json.dumps(factors))
        songs.append(replace(song, path=file))
    right = named_like(subject, "brightness", up=True)
    found = agreement(subject, songs, right, lambda _: None)
    assert found is not None
    assert found.songs == 24
    assert found.axes == {"2 some": pytest.approx(1)}
    assert (found.right, found.wrong) == (1, 0)
    wrong = named_like(subject, "brightness", up=False)
    found = agreement(subject, songs, wrong, lambda _: None)
    assert found is not None
    assert (found.right, found.wrong) == (0, 1)
    assert agreement(subject, songs[:5], right, lambda _: None) is None


def named_like(subject: Subject, trait: str, *, up: bool) -> tuple[AxisTraits, ...]:
    """Axes of which only the second one does anything: it changes one trait."""
    change = Change(
        trait=trait, per_sigma=1.0 if up else -1.0, correlation=1.0, weight=1.0
    )
    axes = [AxisTraits()] * subject.config.latent_size
    axes[1] = AxisTraits(name="some", opposite="other", changes=(change,))
    return tuple(axes)


def test_name_writes_into_the_model_what_its_axes_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "m.safetensors"
    save_checkpoint(model, equaliser({0: np.full((2, 32), 2.0)}), half=True)
    before = load_checkpoint(model)
    size = model.stat().st_size
    song = write_song(tmp_path / "song.wav", seconds=0.5)
    cache = str(tmp_path / "cache")
    assert before.traits == ()
    assert main(["name", str(model), str(song), "--cache", cache, "--json"]) == 0
    *begun, facts = map(json.loads, capsys.readouterr().out.splitlines())
    assert {one["kind"] for one in begun} == {"preparation"}
    assert begun[-1]["done"] == 100
    after = load_checkpoint(model)
    assert after.traits[0].name == "louder" == facts["axes"][0]["name"]
    assert facts["agreement"] is None
    assert after.model_hash == before.model_hash
    assert model.stat().st_size < size + 4096
    other = tmp_path / "named.safetensors"
    arguments = ["name", str(model), str(song), "--cache", cache, "-o", str(other)]
    assert main(arguments) == 0
    assert "louder" in capsys.readouterr().out
    assert load_checkpoint(other).traits == after.traits
    assert main(["info", str(other)]) == 0
    told = capsys.readouterr().out
    assert f"named_sliders: {sum(bool(one.name) for one in after.traits)}\n" in told
    assert "by_ear: louder" in told
