from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.models import TINY, TINY_TRANSFORM, saved, untrained
from tests.sounds import song
from vae import dct
from vae.checkpoint import save_checkpoint
from vae.codec import Codec
from vae.config import Likelihood, ModelConfig
from vae.synthesis.course import Course, reconstruction
from vae.synthesis.edits import Source, Voicing
from vae.synthesis.matching import spots_lufs
from vae.synthesis.synthesis import Synthesis

KINDS = [
    replace(TINY, frames_per_latent=8),
    replace(TINY, frames_per_latent=32),
    replace(TINY, frames_per_latent=8, likelihood="gaussian", network="strided"),
    replace(TINY, frames_per_latent=32, likelihood="mean", network="strided"),
]
APART = [  # frames that share no samples
    replace(config, transform=replace(TINY_TRANSFORM, overlap=0)) for config in KINDS
]
SECONDS = 0.6  # 104 frames: several windows of the tiny models


def over_a_song(config: ModelConfig, seconds: float = SECONDS) -> Synthesis:
    return Synthesis(Codec(untrained(config)), sound=song(seconds=seconds))


untouched = cache(over_a_song)  # made once, for tests that change nothing of it


def moved(synthesis: Synthesis, amount: float = 2.0) -> NDArray[np.float32]:
    offset = np.zeros(64, np.float32)
    offset[:8] = amount
    return synthesis.codec.basis.offset_path(synthesis.song_path, offset)


def detailed(path: NDArray[np.float32], detail: float) -> Course:
    return Course(path=path, voicing=Voicing(detail=detail))


def sourced(path: NDArray[np.float32], source: Source) -> Course:
    return Course(path=path, voicing=Voicing(source=source))


@pytest.mark.parametrize("config", KINDS)
def test_at_its_own_point_a_song_is_itself_to_the_last_sample(
    config: ModelConfig,
) -> None:
    synthesis = over_a_song(config)
    own = synthesis.sound(Course(path=synthesis.song_path), 0, synthesis.frames)
    recorded = song(seconds=SECONDS)
    assert np.array_equal(own[:, : recorded.shape[1]], recorded)
    assert not own[:, recorded.shape[1] :].any()


@pytest.mark.parametrize("config", KINDS)
def test_near_its_own_point_nothing_is_lost_either(config: ModelConfig) -> None:
    synthesis = over_a_song(config)
    path = synthesis.song_path + np.float32(1e-6)
    heard = synthesis.sound(Course(path=path), 0, synthesis.frames)
    recorded = song(seconds=SECONDS)
    error = np.abs(heard[:, : recorded.shape[1]] - recorded).max()
    assert 20 * np.log10(error) < -80


@pytest.mark.parametrize("config", KINDS)
def test_moving_the_point_changes_the_sound_and_only_in_the_kept_band(
    config: ModelConfig,
) -> None:
    synthesis = over_a_song(config)
    recorded = song(seconds=SECONDS)
    heard = synthesis.sound(Course(path=moved(synthesis)), 0, synthesis.frames)
    change = heard[:, : recorded.shape[1]] - recorded
    assert np.abs(change).max() > 1e-3
    whole = dct.forward(
        heard - synthesis.sound(Course(path=synthesis.song_path), 0, synthesis.frames),
        TINY_TRANSFORM,
        kept=256,
    )
    inside = np.square(whole[..., :32]).sum()
    outside = np.square(whole[:, :-2, 32:]).sum()
    assert outside < 1e-3 * inside  # of gains without measure; of songs', 1e-5


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    config=st.sampled_from([*KINDS, *APART]),
    source=st.sampled_from(["song", "noise"]),
    detail=st.sampled_from([0.0, 0.5, 1.0]),
    cut=st.integers(1, 103),
)
def test_bands_join_without_a_seam(
    config: ModelConfig, source: Source, detail: float, cut: int
) -> None:
    synthesis = untouched(config)
    voicing = Voicing(source=source, detail=detail)
    course = Course(path=moved(synthesis), voicing=voicing)

    def sound(start: int, stop: int) -> NDArray[np.float32]:
        return synthesis.sound(course, start, stop)

    whole = sound(0, synthesis.frames)
    joined = np.concatenate([sound(0, cut), sound(cut, synthesis.frames)], axis=1)
    assert np.abs(whole - joined).max() < 1e-4 * max(1.0, np.abs(whole).max())


def test_a_song_of_any_length_can_be_encoded_and_heard() -> None:
    for config in KINDS:
        for samples in (256, 300, 8191, 30_000):
            sound = song(seconds=1)[:, :samples]
            synthesis = Synthesis(Codec(untrained(config)), sound=sound)
            heard = synthesis.sound(Course(path=moved(synthesis)), 0, synthesis.frames)
            assert heard.shape == (2, synthesis.frames * 256)
            assert np.isfinite(heard).all()
            times = synthesis.codec.latent_times(synthesis.frames)
            assert len(times) == len(synthesis.song_path)


def test_noise_is_the_same_twice_and_other_with_another_seed() -> None:
    codec = Codec(untrained())

    def heard(seed: int) -> NDArray[np.float32]:
        synthesis = Synthesis(codec, seed=seed)
        return synthesis.sound(reconstruction(synthesis.song_path), 3, 9)

    assert np.array_equal(heard(0), heard(0))
    assert not np.array_equal(heard(0), heard(1))


def test_noise_has_the_corpus_correlation_between_left_and_right() -> None:
    checkpoint = untrained(replace(TINY, frames=512))
    synthesis = Synthesis(Codec(checkpoint), frames=2048)
    still = np.tile(checkpoint.basis.mean, (256, 1))
    image = synthesis.coefficients(reconstruction(still), 0, 2048)
    flat = image / np.sqrt(np.square(image).mean(axis=1, keepdims=True))
    measured = (flat[0] * flat[1]).mean(axis=0)
    assert np.abs(measured - checkpoint.statistics.correlation).max() < 0.1


def test_detail_goes_from_noise_to_the_song() -> None:
    synthesis = over_a_song(TINY)
    path = synthesis.song_path
    original = synthesis.sound(Course(path=path), 0, 20)
    distances = [
        np.square(synthesis.sound(detailed(path, detail), 0, 20) - original).sum()
        for detail in (0.0, 0.5, 0.9, 1.0)
    ]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] == 0
    noise = synthesis.sound(reconstruction(path), 0, 20)
    assert np.array_equal(noise, synthesis.sound(detailed(path, 0.0), 0, 20))
    drawn, half, own = (
        synthesis.coefficients(detailed(path, detail), 0, 20) for detail in (0, 0.5, 1)
    )
    assert np.allclose(half, (drawn + own) / np.sqrt(2), atol=1e-5)  # of equal power


def test_past_the_end_of_a_song_there_is_silence() -> None:
    synthesis = untouched(KINDS[0])
    path, frames = synthesis.song_path, synthesis.frames
    heard = synthesis.sound(reconstruction(path), frames - 2, frames)
    last = synthesis.samples - (frames - 2) * TINY_TRANSFORM.frame_samples
    assert np.abs(heard[:, last - 20 : last]).max() > 0
    assert not heard[:, last:].any()
    assert heard.shape[1] > last


def test_a_shorter_path_through_memory_gives_the_same(tmp_path: Path) -> None:
    checkpoint = saved(TINY, tmp_path / "m.safetensors")
    save_checkpoint(tmp_path / "again.safetensors", checkpoint)
    codec = Codec(checkpoint)
    sound = song(seconds=SECONDS)
    image = dct.forward(sound, TINY_TRANSFORM).astype(np.float16)
    assert np.allclose(codec.encode(sound), codec.belief(image).path, atol=0.05)


@pytest.mark.parametrize("likelihood", ["scale", "gaussian", "mean"])
def test_tones_are_as_loud_as_noise_and_steady(likelihood: Likelihood) -> None:
    codec = Codec(untrained(replace(TINY, likelihood=likelihood)))
    synthesis = Synthesis(codec)
    path = synthesis.song_path
    tones, noise = (
        synthesis.coefficients(sourced(path, source), 0, 32).astype(np.float64)
        for source in ("tones", "noise")
    )
    levels = [np.square(one).mean() for one in (tones, noise)]
    assert levels[0] == pytest.approx(levels[1], rel=0.4)
    again = synthesis.coefficients(sourced(path, "tones"), 8, 12)
    assert np.allclose(again, tones[:, 8:12], atol=1e-4)


@pytest.mark.parametrize("source", ["noise", "tones"])
def test_a_source_is_as_loud_as_the_song_once_it_is_matched(source: Source) -> None:
    synthesis = over_a_song(KINDS[0])
    path = synthesis.song_path
    wanted = spots_lufs(synthesis, Course(path=path))
    before = spots_lufs(synthesis, sourced(path, source))
    assert abs(before - wanted) > 5
    synthesis.match_noise()
    after = spots_lufs(synthesis, sourced(path, source))
    mixed = spots_lufs(synthesis, detailed(path, 0.5))
    assert after == pytest.approx(wanted, abs=2)  # few coefficients: noise varies
    assert mixed == pytest.approx(wanted, abs=2)


def test_where_a_model_says_means_noise_stays_beside_them() -> None:
    synthesis = over_a_song(KINDS[2])
    before = synthesis.coefficients(sourced(synthesis.song_path, "noise"), 0, 4)
    synthesis.match_noise()
    after = synthesis.coefficients(sourced(synthesis.song_path, "noise"), 0, 4)
    assert np.array_equal(before, after)
