import numpy as np
import pytest
from numpy.typing import NDArray

from vae.corpus.drum_kits import CHARACTERS, draw_kit
from vae.corpus.kits import DRUMS
from vae.corpus.repertoire.catalogue import STYLES
from vae.corpus.timbres import TIMBRES
from vae.corpus.voice import Tone

RATE = 11_025
A4 = 440.0


def played(
    timbre: str,
    pitch_hz: float = A4,
    rate: int = RATE,
    *,
    brightness: float = 0.5,
    seed: int = 1,
) -> NDArray[np.float32]:
    voice = TIMBRES[timbre](np.random.default_rng(seed), brightness)
    tone = Tone(pitch_hz=pitch_hz, duration_s=0.5, velocity=0.8)
    return voice.render(tone, rate, np.random.default_rng(2))


@pytest.mark.parametrize("timbre", TIMBRES)
def test_every_instrument_is_heard_and_ends_in_silence(timbre: str) -> None:
    for pitch_hz in (110.0, 880.0):
        sound = played(timbre, pitch_hz)
        assert np.isfinite(sound).all()
        assert 0.02 < np.abs(sound).max() < 4
        assert abs(float(sound[-1])) < 1e-3


@pytest.mark.parametrize("timbre", ["violin", "piano", "steel guitar", "fm synth"])
@pytest.mark.parametrize("rate", [11_025, 44_100])
def test_a_note_has_its_pitch_at_any_rate(timbre: str, rate: int) -> None:
    sound = played(timbre, A4, rate)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)), 4 * len(sound)))
    hz = np.fft.rfftfreq(4 * len(sound), 1 / rate)
    near = (hz > 0.8 * A4) & (hz < 1.2 * A4)
    cents = 1200 * np.log2(hz[near][spectrum[near].argmax()] / A4)
    assert abs(cents) < 15


def test_a_brighter_song_has_brighter_instruments() -> None:
    def centroid(brightness: float) -> float:
        variants = [
            played("lead", 220.0, brightness=brightness, seed=seed) for seed in range(8)
        ]
        powers = [np.abs(np.fft.rfft(sound, 2 * RATE)) ** 2 for sound in variants]
        return float(np.mean([(p * np.arange(len(p))).sum() / p.sum() for p in powers]))

    assert centroid(1.0) > 1.3 * centroid(0.0)


@pytest.mark.parametrize("name", CHARACTERS)
def test_every_drum_of_every_kit_is_heard(name: str) -> None:
    kit = draw_kit(np.random.default_rng(0), name, 0.5, 0.5)
    for place in range(len(DRUMS)):
        tone = Tone(pitch_hz=place, duration_s=0.1, velocity=1.0)
        sound = kit.render(tone, RATE, np.random.default_rng(3))
        assert np.isfinite(sound).all()
        assert 0.01 < np.abs(sound).max() < 4


def test_styles_ask_for_instruments_that_exist() -> None:
    roles = ("melody", "counter", "chords", "arpeggio", "pad", "bass")
    asked = {
        name for style in STYLES for role in roles for name in getattr(style, role)
    }
    assert asked <= set(TIMBRES)
    kits = {name for style in STYLES for name in style.kits}
    assert kits <= set(CHARACTERS)
