from pathlib import Path

import numpy as np
import pytest
import torch

from tests.models import TINY
from tests.vae.evaluation.songs import song_image, song_images
from vae.evaluation import bound, scores
from vae.evaluation.baselines import baseline_scores
from vae.evaluation.components import Components, joined, split
from vae.evaluation.excerpts import Excerpt
from vae.evaluation.reference import Reference


def heard_nothing(_label: str, _share: float) -> None:
    pass


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound, "ROUNDS", 10)
    monkeypatch.setattr(bound, "TEMPLATES", 20)


def test_components_restore_what_lies_in_their_space() -> None:
    rng = np.random.default_rng(0)
    basis, mean = rng.standard_normal((3, 50)), rng.standard_normal(50)
    blocks = (rng.standard_normal((20, 3)) @ basis + mean).astype(np.float16)
    components = Components(blocks, 3, lambda _: None)
    inside = (rng.standard_normal((4, 3)) @ basis + mean).astype(np.float32)
    assert np.allclose(components.restored(inside), inside, atol=0.03)


def test_components_lose_what_an_ordinary_decomposition_loses() -> None:
    blocks = np.random.default_rng(0).standard_normal((30, 40)).astype(np.float16)
    components = Components(blocks, 5, lambda _: None)
    exact = blocks.astype(np.float64)
    centred = exact - exact.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    expected = centred @ axes[:5].T @ axes[:5] + exact.mean(axis=0)
    assert np.allclose(
        components.restored(exact.astype(np.float32)), expected, atol=1e-4
    )


def test_splitting_and_joining_change_nothing() -> None:
    logs = np.random.default_rng(0).standard_normal((2, 24, 7)).astype(np.float32)
    blocks = split(logs, 8)
    assert blocks.shape == (3, 2 * 8 * 7)
    assert np.array_equal(blocks[1].reshape(2, 8, 7), logs[:, 8:16])
    assert np.array_equal(joined(blocks, 8, 2), logs)


def test_activations_find_a_song_made_of_the_templates() -> None:
    rng = np.random.default_rng(0)
    learned = rng.gamma(0.3, size=(6, 2 * 10)).astype(np.float32)
    active = rng.gamma(0.3, size=(15, 6)).astype(np.float32)
    power = np.ascontiguousarray((active @ learned).reshape(15, 2, 10).swapaxes(0, 1))
    said = bound.explained(power, torch.from_numpy(learned))
    assert scores.lsd_db(power, said) < 0.5


def test_every_baseline_is_scored_and_the_song_itself_is_nearest(
    tmp_path: Path,
) -> None:
    songs = song_images(*range(6))
    reference = Reference(songs, TINY.frames)
    known = [Excerpt.of(song, TINY.frames) for song in (songs[2], song_image(9))]
    own, other = baseline_scores(
        known, reference, TINY, cache=tmp_path, told=heard_nothing
    )
    assert set(own) == {
        *("mean_spectrum", "nearest_song", "pca64", "pca64_path"),
        *("nmf_bound", "song_spectrum", "song_smoothed"),
    }
    assert own["nearest_song"].lsd_db == 0
    assert own["pca64"].lsd_db < 0.1
    assert other["nearest_song"].lsd_db > 1
    assert other["nmf_bound"].nats < other["mean_spectrum"].nats
    song = known[1].power(reference.scale)
    assert other["mean_spectrum"].nats == pytest.approx(0.5 * song.mean(), rel=1e-5)
    spectrum = np.maximum(song.mean(axis=1, keepdims=True), 1e-4)
    by_hand = 0.5 + 0.5 * np.log(spectrum).mean()
    assert other["song_spectrum"].nats == pytest.approx(by_hand, abs=1e-4)
    assert other["song_smoothed"].lsd_db < scores.lsd_db(song, np.ones_like(song))


def test_scores_are_kept_and_taken_anew_when_the_songs_change(tmp_path: Path) -> None:
    told: list[str] = []
    reference = Reference(song_images(0, 1, 2), TINY.frames)

    def scored(number: int) -> object:
        told.clear()
        excerpt = Excerpt.of(song_image(number), TINY.frames)
        return baseline_scores(
            [excerpt],
            reference,
            TINY,
            cache=tmp_path,
            told=lambda label, _share: told.append(label),
        )

    first = scored(5)
    assert "scoring the baselines" in told
    assert scored(5) == first
    assert told == []
    assert scored(6) != first
    assert "scoring the baselines" in told


def test_nothing_temporary_stays_behind(tmp_path: Path) -> None:
    reference = Reference(song_images(0, 1, 2), TINY.frames)
    excerpts = [Excerpt.of(song_image(5), TINY.frames)]
    baseline_scores(excerpts, reference, TINY, cache=tmp_path, told=heard_nothing)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npy"}
