from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.models import TINY, untrained
from tests.vae.evaluation.songs import song_images
from vae.config import ModelConfig
from vae.evaluation import bound, point_sound
from vae.evaluation.aggregate import aggregate
from vae.evaluation.axes import measure_axes
from vae.evaluation.evaluation import Evaluation, evaluate
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.reference import Reference
from vae.evaluation.subject import Subject
from vae.network import likelihood
from vae.network.model import Posterior

FEW = replace(TINY, latent_size=6)
WHOLE = replace(FEW, frames_per_latent=32)


@pytest.fixture(autouse=True)
def few_points(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(point_sound, "POINTS", 2)
    monkeypatch.setattr(bound, "ROUNDS", 3)
    monkeypatch.setattr(bound, "TEMPLATES", 8)


def evaluated(config: ModelConfig, tmp_path: Path) -> Evaluation:
    songs, reference = song_images(10, 11), Reference(song_images(0, 1), config.frames)
    return evaluate(
        untrained(config), songs, reference, cache=tmp_path, told=lambda *_: None
    )


def test_the_model_is_scored_by_its_own_likelihood(tmp_path: Path) -> None:
    checkpoint = untrained(FEW)
    songs = song_images(10, 11, frames=24)
    found = evaluate(checkpoint, songs, None, told=lambda *_: None)
    model = checkpoint.model().eval()
    with torch.inference_mode():
        u = torch.from_numpy(songs[0].coefficients.astype(np.float32))
        u = u[None] / torch.from_numpy(checkpoint.statistics.scale)
        spectrum = model.decoder(model.encoder(u).mu)
        expected = float(likelihood.nats(u, spectrum))
    assert found.songs[0].scores["model"].nats == pytest.approx(expected, abs=1e-4)


def test_nats_are_in_units_of_the_training_songs_whatever_the_model_has(
    tmp_path: Path,
) -> None:
    songs, reference = song_images(10), Reference(song_images(0, 1), FEW.frames)

    def nats(config: ModelConfig) -> tuple[float, float]:
        checkpoint = untrained(config)
        found = evaluate(
            checkpoint, songs, reference, cache=tmp_path, told=lambda *_: None
        )
        alone = evaluate(checkpoint, songs, None, told=lambda *_: None)
        own = np.log(checkpoint.statistics.scale / reference.scale).mean()
        return found.nats["model"].median, alone.nats["model"].median + float(own)

    for likelihood_name in ("scale", "gaussian", "mean"):
        config = replace(FEW, likelihood=likelihood_name)
        told, expected = nats(config)
        assert told == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("config", [FEW, WHOLE, replace(FEW, likelihood="mean")])
def test_everything_is_finite_and_has_its_size(
    tmp_path: Path, config: ModelConfig
) -> None:
    found = evaluated(config, tmp_path)
    assert ("pca64_path" in found.nats) != config.windowed
    for values in (found.axes.change_db, found.axes.edge_ratio, found.axes.jump_ratio):
        assert len(values) == config.latent_size
        assert np.isfinite(values).all()
    assert 0 < found.axes.likeness <= 1
    assert found.aggregate.vectors == 2 * config.latents
    assert 0 <= found.better_than["mean_spectrum"] <= 1
    assert np.isfinite(found.lsd_db["model"].median)


def test_an_axis_that_does_nothing_is_not_live() -> None:
    checkpoint = untrained(FEW)
    weights = {name: tensor.clone() for name, tensor in checkpoint.weights.items()}
    for name, tensor in weights.items():
        if name.startswith("decoder.stack"):
            tensor.zero_()
    weights["decoder.equaliser.weight"].zero_()
    # One axis lifts everything by 1 dB at 2σ: 0.1151 nats of log amplitude.
    basis = checkpoint.basis
    gain = np.log(10) / 20 / (2 * basis.sigma[5])
    curve = gain * basis.axes[5][:, None, None] * np.ones((1, 2, 32), np.float32)
    weights["decoder.equaliser.weight"] += torch.from_numpy(curve.astype(np.float32))
    subject = Subject(replace(checkpoint, weights=weights))
    songs = [Excerpt.of(song, FEW.frames) for song in song_images(10, 11)]
    found = measure_axes(subject, songs, lambda _: None)
    assert found.live_sliders == 1
    assert found.change_db[5] == pytest.approx(1.0, rel=1e-3)
    assert found.largest_jump_db[5] == pytest.approx(0.05, rel=1e-2)
    assert found.jump_ratio[5] == pytest.approx(1.0, abs=0.01)
    assert found.edge_ratio[5] == pytest.approx(1.0, abs=0.01)


def test_two_axes_that_do_the_same_are_found_out() -> None:
    checkpoint = untrained(FEW)
    songs = [Excerpt.of(song, FEW.frames) for song in song_images(10)]
    before = measure_axes(Subject(checkpoint), songs, lambda _: None).likeness
    axes = checkpoint.basis.axes.copy()
    axes[3] = axes[1] + 1e-3 * axes[3]
    basis = replace(checkpoint.basis, axes=axes, sigma=np.ones_like(axes[0]))
    twins = Subject(replace(checkpoint, basis=basis))
    after = measure_axes(twins, songs, lambda _: None).likeness
    assert before < 0.99 < after


def test_the_prior_itself_has_variance_one_and_costs_nothing() -> None:
    latents = torch.zeros(1, 4, 10)
    found = aggregate([Posterior(latents, latents)])
    assert found.variance == (1.0,) * 4
    assert found.kl_nats == 0
    assert found.active_latents == 0
    torch.manual_seed(0)
    spread = torch.randn(1, 4, 5000) * torch.tensor([1.0, 1.0, 0.05, 0.0])[:, None]
    sure = aggregate([Posterior(spread, torch.full_like(spread, -20.0))])
    assert sure.active_latents == 2
    assert sure.participation_ratio == pytest.approx(2, abs=0.05)
    assert sure.variance_in_range == 2


def test_dynamics_are_held_against_each_songs_own(tmp_path: Path) -> None:
    found = evaluated(FEW, tmp_path)
    off = [abs(one.dynamics_db - one.song_dynamics_db) for one in found.songs]
    assert max(off) > 0
    assert found.dynamics_off_db.median == pytest.approx(float(np.median(off)))
