from dataclasses import replace

import numpy as np
import pytest

from tests.models import TINY, TINY_TRANSFORM, untrained
from vae.codec import Codec

FRAME_S = TINY_TRANSFORM.frame_s
WINDOWED = replace(TINY, frames_per_latent=32)  # one vector for an image of 32 frames


def test_a_vector_stands_in_the_middle_of_what_it_governs() -> None:
    times = Codec(untrained(TINY)).latent_times(30)
    assert times == pytest.approx(np.array([4, 12, 20, 28]) * FRAME_S)
    windows = Codec(untrained(WINDOWED)).latent_times(40)
    assert windows == pytest.approx(np.array([16, 24]) * FRAME_S)
    short = Codec(untrained(WINDOWED)).latent_times(20)
    assert short == pytest.approx([10 * FRAME_S])


def test_a_song_too_short_for_a_window_is_repeated_to_fill_it() -> None:
    codec = Codec(untrained(WINDOWED))
    rng = np.random.default_rng(0)
    short = rng.standard_normal((2, 12, TINY_TRANSFORM.kept)).astype(np.float16)
    filled = np.tile(short, (1, 3, 1))[:, :32]
    assert np.array_equal(codec.belief(short).path, codec.belief(filled).path)
