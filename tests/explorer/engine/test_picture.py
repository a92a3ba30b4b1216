from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine.picture import Picture, levels, outward, seen
from vae import dct
from vae.config import TransformConfig

TRANSFORM = TransformConfig(frame_samples=1_024, kept=256, overlap=64)


def test_a_full_scale_sine_on_a_coefficient_is_white() -> None:
    samples = np.arange(8 * TRANSFORM.frame_samples)
    phase = np.pi * (100 + 0.5) / TRANSFORM.frame_samples * (samples + 0.5)
    sine = np.stack([np.cos(phase)] * 2).astype(np.float32)
    coefficients = dct.forward(sine, TRANSFORM).astype(np.float32)
    frame = levels(coefficients, TRANSFORM.frame_samples)[2]  # begins on a crest
    assert frame.argmax() == 100
    assert frame[100] >= 254


@pytest.mark.parametrize(
    ("level_db", "pixel"),
    [(0, 255), (20, 255), (-59.9, 128), (-119.6, 1), (-120, 0), (-200, 0)],
)
def test_pixels_are_even_steps_of_decibels(level_db: float, pixel: int) -> None:
    magnitude = np.sqrt(1_024 / 2) * 10 ** (level_db / 20)
    coefficients = np.full((2, 3, 5), magnitude, np.float32)
    image = levels(coefficients, 1_024)
    assert image.shape == (3, 5)
    assert image.dtype == np.uint8
    assert np.all(image == pixel)


def test_one_silent_side_takes_three_decibels() -> None:
    coefficients = np.full((2, 1, 1), np.sqrt(512), np.float32)
    coefficients[1] = 0.0
    assert levels(coefficients, 1_024)[0, 0] == round(255 * (120 - 3.0103) / 120)


def test_one_channel_their_half_sum_or_half_difference_can_be_looked_at() -> None:
    both = np.array([[[3.0, 1.0]], [[1.0, -1.0]]], np.float32)
    assert seen(both, "both").tolist() == both.tolist()
    assert seen(both, "left").tolist() == [[[3.0, 1.0]]]
    assert seen(both, "right").tolist() == [[[1.0, -1.0]]]
    assert seen(both, "mid").tolist() == [[[2.0, 0.0]]]
    assert seen(both, "side").tolist() == [[[1.0, 1.0]]]
    alone = both[:1]
    assert (
        seen(alone, "mid").tolist() == seen(alone, "right").tolist() == alone.tolist()
    )
    assert not seen(alone, "side").any()


def test_what_is_no_number_is_black() -> None:
    assert levels(np.full((2, 1, 1), np.nan, np.float32), 1_024)[0, 0] == 0
    assert levels(np.zeros((2, 1, 1), np.float32), 1_024)[0, 0] == 0


@given(frames=st.integers(1, 300), start=st.integers(-5, 310), size=st.integers(1, 50))
def test_slices_go_outward_and_cover_every_frame_once(
    frames: int, start: int, size: int
) -> None:
    slices = list(outward(frames, start, size))
    covered = [frame for low, high in slices for frame in range(low, high)]
    assert sorted(covered) == list(range(frames))
    first = min(max(start, 0), frames - 1)
    assert slices[0][0] <= first < slices[0][1]
    distances = [abs(low // size - first // size) for low, _ in slices]
    assert distances == sorted(distances)


def test_what_comes_next_is_drawn_before_what_is_over() -> None:
    assert list(outward(100, 40, 32)) == [(32, 64), (64, 96), (0, 32), (96, 100)]


def test_a_picture_is_black_then_shared() -> None:
    picture = Picture(5, 3)
    window = SharedMemory(name=picture.name)
    pixels = np.ndarray((5, 3), np.uint8, buffer=window.buf)
    assert not pixels.any()
    picture.draw(2, np.full((2, 3), 7, np.uint8))
    assert pixels.tolist() == [[0] * 3] * 2 + [[7] * 3] * 2 + [[0] * 3]
    picture.close()
    del pixels
    window.close()
