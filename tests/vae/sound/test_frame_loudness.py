import numpy as np
import pytest

from vae import dct
from vae.config import TransformConfig
from vae.sound.frame_loudness import FrameLoudness
from vae.sound.loudness import ear_weights, loudness_lufs

RATE = 44_100


@pytest.mark.parametrize("frame_samples", [256, 4_096, 11_025])
@pytest.mark.parametrize("pause", [0.0, 0.8])
def test_frames_are_as_loud_as_the_sound_they_hold(
    frame_samples: int, pause: float
) -> None:
    transform = TransformConfig(frame_samples=frame_samples, kept=64, overlap=64)
    rng = np.random.default_rng(1)
    sound = 0.1 * rng.standard_normal((2, 8 * RATE)).astype(np.float32)
    sound[:, RATE : RATE + round(pause * 5 * RATE)] *= 0.01  # what the gate leaves out
    held = dct.forward(sound, transform, frame_samples)
    hz = (np.arange(frame_samples) + 0.5) * RATE / 2 / frame_samples
    weights = ear_weights(hz, RATE) / frame_samples
    power = (np.square(held) @ weights).sum(axis=0)
    loudness = FrameLoudness(held.shape[1], frame_samples / RATE)
    told = loudness.of(power)
    assert told.lufs == pytest.approx(loudness_lufs(sound, RATE), abs=0.2)
    assert told.shares.sum() == pytest.approx(1.0)
    if pause:
        quiet = slice(2 * RATE // frame_samples, 4 * RATE // frame_samples)
        assert told.shares[quiet].max() == 0.0


def test_less_than_a_block_is_one_block() -> None:
    loudness = FrameLoudness(2, 0.05)
    assert loudness.of(np.array([0.0, 2.0])).lufs == pytest.approx(-0.691)
    assert loudness.of(np.zeros(2)).lufs == -70.0
