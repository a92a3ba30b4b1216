import numpy as np
import pytest

from tests.models import TINY_TRANSFORM, untrained
from tests.sounds import song
from vae import dct
from vae.codec import Codec
from vae.sound.sounds import as_sound
from vae.synthesis.filtered import Filtered
from vae.synthesis.recording import Recording

LENGTH, KEPT = TINY_TRANSFORM.frame_samples, TINY_TRANSFORM.kept
DOUBLE = np.float32(np.log(2))


@pytest.fixture(scope="module")
def recording() -> Recording:
    return Recording(Codec(untrained()), as_sound(song(seconds=0.6)))


def filtered(recording: Recording, *, highs_follow: bool) -> Filtered:
    frames = recording.frames
    return Filtered(
        recording,
        TINY_TRANSFORM,
        0,
        frames,
        loudness=1.0,
        highs_follow=highs_follow,
        glides=True,
    )


def test_the_highs_follow_the_top_octave_and_nothing_below_it(
    recording: Recording,
) -> None:
    band = filtered(recording, highs_follow=True)
    nothing = np.zeros((2, recording.frames, KEPT), np.float32)
    below, above = nothing.copy(), nothing.copy()
    below[..., : KEPT // 2] = DOUBLE
    above[..., KEPT // 2 :] = DOUBLE
    assert np.abs(band.stepping(nothing, below)).max() < 1e-6
    own = recording.highs(0, recording.frames)
    highs = np.concatenate([nothing, own], axis=-1)
    expected = dct.inverse(highs, TINY_TRANSFORM)
    assert np.allclose(band.stepping(nothing, above), expected, atol=1e-6)
    alone = filtered(recording, highs_follow=False)
    assert np.abs(alone.stepping(nothing, above)).max() == 0


def test_a_gain_that_holds_adds_the_recording_itself(recording: Recording) -> None:
    band = filtered(recording, highs_follow=True)
    gain = np.full((2, recording.frames, KEPT), DOUBLE)
    kept = recording.seen(0, recording.frames).coefficients
    added = band.gliding(gain, kept)
    sound = recording.sound.window(0, recording.frames * LENGTH)
    assert np.allclose(added, sound, atol=1e-5)
