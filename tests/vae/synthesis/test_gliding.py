import numpy as np

from tests.models import TINY_TRANSFORM
from vae import dct
from vae.synthesis import gliding

LENGTH = TINY_TRANSFORM.frame_samples
FRAMES = 40


def low(seed: int = 0) -> np.ndarray:
    """Noise in the kept band, of whole frames."""
    rng = np.random.default_rng(seed)
    image = rng.standard_normal((2, FRAMES, TINY_TRANSFORM.kept)).astype(np.float32)
    return dct.inverse(image, TINY_TRANSFORM)


def test_where_frames_meet_only_the_row_between_is_heard() -> None:
    silent = np.zeros((2, 3 * LENGTH), np.float32)
    between = np.ones((2, 4 * LENGTH), np.float32)
    steps = np.array([True, True, False, True])
    heard = gliding.glided(silent, between, steps, TINY_TRANSFORM)
    meeting, middle = heard[0, ::LENGTH], heard[:, LENGTH // 2 :: LENGTH]
    assert np.allclose(meeting, [1, 1, 0], atol=1e-3)
    assert np.allclose(middle, 0, atol=1e-3)


def test_where_the_row_between_meets_it_is_not_heard() -> None:
    edges = np.zeros((2, 4 * LENGTH), np.float32)
    for place in (-1, 0):
        edges[:, LENGTH + place :: LENGTH] = 1
    silent, every = np.zeros((2, 3 * LENGTH), np.float32), np.ones(4, bool)
    assert gliding.glided(silent, edges, every, TINY_TRANSFORM).max() < 1e-3


def test_where_gains_hardly_step_nothing_lies_between() -> None:
    gain = np.zeros((1, 3, 2), np.float32)
    gain[:, 1:] += 0.04  # a third of a dB
    gain[:, 2, 1] += 0.1
    assert gliding.steps(gain, 0, 0, 4).tolist() == [False, False, True, False]


def test_between_two_frames_lies_the_mean_of_their_gains() -> None:
    gain = np.arange(12, dtype=np.float32).reshape(1, 4, 3)
    whole = gliding.gains_between(gain, 0, 0, 5)
    assert whole[0, :, 0].tolist() == [0.0, 1.5, 4.5, 7.5, 9.0]
    part = gliding.gains_between(gain[:, 1:3], 1, 2, 3)
    assert part[0, :, 0].tolist() == whole[0, 2:3, 0].tolist()


def test_a_gain_that_holds_is_that_gain() -> None:
    sound = low()
    frames = dct.forward(sound, TINY_TRANSFORM)
    between = gliding.row_between(sound, TINY_TRANSFORM)
    gain = np.full_like(frames, np.log(2))
    heard = sound + gliding.change(frames, between, gain, TINY_TRANSFORM)
    inside = slice(LENGTH, -LENGTH)
    error = np.square(heard - 2 * sound)[:, inside].mean()
    assert error < 1e-2 * np.square(sound)[:, inside].mean()


def steepest_db(heard: np.ndarray) -> float:
    """The largest step of the level from one eighth of a frame to the next.

    Averaged over all pairs of frames.
    """
    pairs = np.square(heard).reshape(2, -1, 16, LENGTH // 8).mean(axis=(0, 1, 3))
    return float(np.abs(np.diff(10 * np.log10(pairs))).max())


def test_a_gain_that_steps_from_frame_to_frame_is_heard_to_glide() -> None:
    sound = low()
    frames = dct.forward(sound, TINY_TRANSFORM)
    between = gliding.row_between(sound, TINY_TRANSFORM)
    gain = np.zeros_like(frames)
    gain[:, ::2] = np.log(4)  # 12 dB, to and fro
    stepped = dct.inverse(frames * np.exp(gain), TINY_TRANSFORM)
    glides = sound + gliding.change(frames, between, gain, TINY_TRANSFORM)
    assert steepest_db(glides) < 0.7 * steepest_db(stepped)
    assert np.abs(gliding.change(frames, between, 0 * gain, TINY_TRANSFORM)).max() == 0
