"""What the first sliders of the shipped models do to the whole demo song."""

import numpy as np
import pytest
from numpy.typing import NDArray

from vae import fidelity
from vae.checkpoint import load_checkpoint
from vae.codec import Codec
from vae.resources import demo_song, shipped_models
from vae.sound.audio import read_sound
from vae.synthesis.course import Course
from vae.synthesis.export import rendered
from vae.synthesis.synthesis import Synthesis

AXES = 8
MOST = 1.15  # times the song's own edge ratio, or 1 where that is larger
AUDIBLE_DB = 1.0  # RMS change of the band, in bands of 16 coefficients
BAND = 16

Floats = NDArray[np.float32]


def in_band(sound: Floats, synthesis: Synthesis) -> Floats:
    """What of (2, S) the model works on: highs would hide what happens there."""
    return fidelity.low_passed(sound, synthesis.codec.config.transform)


def moved(synthesis: Synthesis, axis: int, sigma: float) -> Course:
    offset = np.zeros(synthesis.codec.basis.latent_size, np.float32)
    offset[axis] = sigma
    path = synthesis.codec.basis.offset_path(synthesis.song_path, offset)
    return Course(path=path)


def heard(synthesis: Synthesis, course: Course) -> Floats:
    """(2, S), the whole song as edited."""
    blocks = rendered(synthesis, course, 0, synthesis.samples)
    return np.concatenate(list(blocks), axis=1)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", [0, 1])
def test_a_slider_is_audible_and_leaves_no_edge(number: int) -> None:
    model = shipped_models()[number]
    sound = read_sound(demo_song())
    synthesis = Synthesis(Codec(load_checkpoint(model.path)), sound=sound)
    transform = synthesis.codec.config.transform
    assert np.array_equal(heard(synthesis, Course(path=synthesis.song_path)), sound)
    own = fidelity.edge_ratio(in_band(sound, synthesis), transform)
    print(f"\n{model.title}: the song's own edge ratio {own:.3f}")
    for axis in range(AXES):
        ratios, changes_db = [], []
        for sigma in (-3.0, -2.0, -1.0, 1.0, 2.0, 3.0):
            edited = heard(synthesis, moved(synthesis, axis, sigma))
            band = in_band(edited, synthesis)
            ratios.append(fidelity.edge_ratio(band, transform) / max(own, 1.0))
            if abs(sigma) == 2.0:
                changes_db.append(change_db(band, in_band(sound, synthesis)))
        print(
            f"axis {axis + 1}: edge ratio at most {max(ratios):.3f} of its own, "
            f"change at ±2σ {min(changes_db):.2f} dB"
        )
        assert max(ratios) <= MOST
        assert min(changes_db) >= AUDIBLE_DB


def change_db(edited: Floats, sound: Floats) -> float:
    """RMS change of short spectra where the song is heard, dB."""
    length = 4_096
    spectra = []
    for one in (edited, sound):
        frames = one[:, : one.shape[1] // length * length].reshape(2, -1, length)
        power = np.abs(np.fft.rfft(frames * np.hanning(length))) ** 2
        kept = power[..., : 255 // BAND * BAND]  # up to 2,756 Hz
        spectra.append(kept.reshape(*kept.shape[:2], -1, BAND).mean(axis=-1))
    after, before = spectra
    loud = before > 1e-6 * before.max()
    return float(np.sqrt(np.square(10 * np.log10(after[loud] / before[loud])).mean()))
