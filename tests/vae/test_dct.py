import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sounds import song
from vae import dct, fidelity
from vae.config import TransformConfig

SMALL = {"frame_samples": 25, "kept": 25}
overlaps = st.integers(0, 12)
lengths = st.integers(1, 400)


def noise(samples: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((2, samples))


@given(samples=lengths, overlap=overlaps, seed=st.integers(0, 9))
def test_all_coefficients_give_the_sound_back(
    samples: int, overlap: int, seed: int
) -> None:
    config = TransformConfig(overlap=overlap, **SMALL)
    sound = noise(samples, seed)
    restored = dct.inverse(dct.forward(sound, config), config)
    assert np.abs(restored[:, :samples] - sound).max() < 1e-12
    assert np.abs(restored[:, samples:]).max(initial=0) < 1e-12


@pytest.mark.parametrize("overlap", [0, 1024, 5512])
def test_full_frames_come_back_exactly_in_float32(overlap: int) -> None:
    config = TransformConfig(overlap=overlap, kept=11_025)
    sound = song(seconds=3.1)
    restored = dct.inverse(dct.forward(sound, config), config)[:, : sound.shape[1]]
    assert restored.dtype == np.float32
    assert np.abs(restored - sound).max() < 1e-6


@given(samples=lengths, overlap=overlaps)
def test_energy_is_kept(samples: int, overlap: int) -> None:
    config = TransformConfig(overlap=overlap, **SMALL)
    sound = noise(samples)
    image = dct.forward(sound, config)
    assert np.sum(image**2) == pytest.approx(np.sum(sound**2))


@given(
    frames=st.integers(1, 12),
    overlap=overlaps,
    ends=st.tuples(st.integers(0, 11), st.integers(1, 12)),
)
def test_a_band_is_what_the_whole_gives(
    frames: int, overlap: int, ends: tuple[int, int]
) -> None:
    start, stop = min(ends[0], frames - 1), min(ends[1], frames)
    if stop <= start:
        stop = start + 1
    config = TransformConfig(frame_samples=25, kept=7, overlap=overlap)
    sound = noise(frames * 25 - 3)
    image = dct.forward(sound, config)
    first, last = dct.neighbours(start, stop, frames, config)
    band = dct.forward(sound[:, first * 25 : last * 25], config)
    assert np.allclose(band[:, start - first : stop - first], image[:, start:stop])
    heard = dct.inverse_band(image[:, first:last], first, start, stop, config)
    whole = dct.inverse(image, config)
    assert np.allclose(heard, whole[:, start * 25 : stop * 25])


@pytest.mark.parametrize("overlap", [1, 4, 12])
def test_a_lapped_frame_is_an_mdct_under_a_sine_slope(overlap: int) -> None:
    config = TransformConfig(overlap=overlap, **SMALL)
    sound = noise(75)
    place = np.arange(-overlap, 25 + overlap) + 0.5  # from the middle frame's start on
    rise, fall = place / overlap, (25 - place) / overlap
    window = np.sin(np.pi / 4 * (1 + np.minimum(1, np.minimum(rise, fall))))
    wave = np.cos(np.pi / 25 * np.outer(place, np.arange(25) + 0.5))
    expected = np.sqrt(2 / 25) * (sound[:, 25 - overlap : 50 + overlap] * window) @ wave
    assert np.allclose(dct.forward(sound, config)[:, 1], expected)


def test_a_song_of_whole_frames_has_no_other() -> None:
    config = TransformConfig()
    counts = [dct.frame_count(n, config) for n in (1, 11_025, 11_026, 22_050)]
    assert counts == [1, 1, 2, 2]


def test_a_coefficient_lies_at_its_frequency() -> None:
    config = TransformConfig(overlap=0)
    time = np.arange(11_025) / 44_100
    image = dct.forward(np.cos(2 * np.pi * 440 * time)[None], config)
    assert int(np.abs(image[0, 0]).argmax()) * 2 == 440


def test_lapped_frames_leave_no_edge_where_the_seed_does() -> None:
    sound = song(seconds=8)
    own = fidelity.edge_ratio(
        fidelity.low_passed(sound, TransformConfig()), TransformConfig()
    )
    ratios = {}
    for overlap in (0, 1024):
        config = TransformConfig(overlap=overlap)
        restored = dct.inverse(dct.forward(sound, config), config)
        ratios[overlap] = fidelity.edge_ratio(restored, config) / own
    assert ratios[1024] < 1.05
    assert ratios[0] > 2


def test_what_lies_below_the_kept_band_is_kept() -> None:
    config = TransformConfig()
    sound = song(seconds=6)
    restored = dct.inverse(dct.forward(sound, config), config)[:, : sound.shape[1]]
    reference = fidelity.low_passed(sound, config)
    assert fidelity.snr_db(reference, restored) > 38
