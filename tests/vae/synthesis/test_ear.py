from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.models import TINY, untrained
from tests.sounds import song
from vae import dct
from vae.codec import Codec
from vae.config import ModelConfig
from vae.sound.brightness import brightness
from vae.sound.loudness import loudness_lufs
from vae.sound.sounds import LoopedSound, as_sound
from vae.synthesis.course import Course, with_gain
from vae.synthesis.ear import Ear
from vae.synthesis.edits import Voicing
from vae.synthesis.recording import Recording
from vae.synthesis.synthesis import Synthesis

KINDS = [
    replace(TINY, latent_size=16, frames_per_latent=8),
    replace(TINY, latent_size=16, frames_per_latent=32),
    replace(TINY, latent_size=16, likelihood="gaussian", network="strided"),
    replace(TINY, latent_size=16, likelihood="mean", network="strided"),
]
VOICINGS = [
    Voicing(),
    Voicing(detail=0.5),
    Voicing(highs_follow=True),
    Voicing(source="noise"),
    Voicing(source="tones"),
]
SECONDS = 1.2
RATE = 44_100
LITTLE = 0.004  # σ: no block passes the gate

Floats = NDArray[np.float32]


def over_a_song(config: ModelConfig) -> Synthesis:
    return Synthesis(Codec(untrained(config)), sound=song(seconds=SECONDS))


def course(synthesis: Synthesis, offset: Floats, voicing: Voicing) -> Course:
    path = synthesis.codec.basis.offset_path(synthesis.song_path, offset)
    return Course(path=path, voicing=voicing)


@pytest.mark.parametrize("config", KINDS[:2])
@pytest.mark.parametrize("voicing", VOICINGS)
def test_it_agrees_with_the_sound_itself(config: ModelConfig, voicing: Voicing) -> None:
    synthesis = over_a_song(config)
    frames = synthesis.frames
    ear = Ear(synthesis, [(0, frames)])
    rng = np.random.default_rng(2)
    for _ in range(3):
        offset = rng.standard_normal(config.latent_size, dtype=np.float32)
        offset *= np.float32(0.05)  # gains of neighbours that are somewhat alike
        there = with_gain(course(synthesis, offset, voicing), 0.2)
        sound = synthesis.sound(there, 0, frames)
        heard = ear.hear(there)
        assert heard.lufs == pytest.approx(loudness_lufs(sound, RATE), abs=0.3)
        power = np.square(dct.forward(sound, config.transform)).mean(axis=(0, 1))
        kept = config.transform.kept
        hz = (np.arange(kept) + 0.5) * config.transform.band_hz / kept
        assert heard.brightness == pytest.approx(brightness(power, hz), abs=0.02)


def test_it_hears_another_file_that_lends_its_sound() -> None:
    synthesis = over_a_song(KINDS[0])
    lent = LoopedSound(as_sound(song(seconds=0.7, seed=5)), synthesis.samples)
    own = course(synthesis, np.zeros(16, np.float32), Voicing(source=Path("x.wav")))
    there = with_gain(replace(own, other=Recording(synthesis.codec, lent)), 0.2)
    ear = Ear(synthesis, [(0, synthesis.frames)])
    loudness = loudness_lufs(synthesis.sound(there, 0, synthesis.frames), RATE)
    assert ear.hear(there).lufs == pytest.approx(loudness, abs=0.3)
    assert abs(ear.hear(replace(there, other=None)).lufs - loudness) > 0.5


@pytest.mark.parametrize("config", KINDS)
@pytest.mark.parametrize("voicing", [Voicing(), Voicing(source="noise")])
def test_it_knows_what_each_axis_does_there(
    config: ModelConfig, voicing: Voicing
) -> None:
    synthesis = over_a_song(config)
    ear = Ear(synthesis, [(0, 40), (60, 90), (110, 150)])
    rng = np.random.default_rng(4)
    here = 0.5 * rng.standard_normal(config.latent_size, dtype=np.float32)
    there = course(synthesis, here, voicing)
    heard = ear.hear(there)
    pulls = [heard.loudness_pull, heard.brightness_pull]
    louder, brighter = ear.slopes(there, heard, pulls)
    loud, bright = [], []
    for axis in range(config.latent_size):
        little = LITTLE * np.eye(config.latent_size, dtype=np.float32)[axis]
        up, down = (
            ear.hear(course(synthesis, here + step, voicing))
            for step in (little, -little)
        )
        loud.append((up.lufs - down.lufs) / (2 * LITTLE))
        bright.append((up.brightness - down.brightness) / (2 * LITTLE))
    both = config.likelihood == "gaussian"  # then it is an approximation
    for told, found in ((louder, loud), (brighter, bright)):
        assert np.corrcoef(told, found)[0, 1] > (0.85 if both else 0.98)
        share = told @ found / (told @ told)
        assert share == pytest.approx(1, abs=0.5 if both else 0.2)


def test_silence_is_heard_as_silence() -> None:
    silence = np.zeros((2, RATE), np.float32)
    synthesis = Synthesis(Codec(untrained(KINDS[0])), sound=silence)
    own = Course(path=synthesis.song_path)
    heard = Ear(synthesis, [(0, synthesis.frames)]).hear(own)
    assert heard.lufs == -70.0
    assert np.isfinite(heard.brightness)
    assert not heard.loudness_pull.any()
