from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from tests.models import TINY, untrained
from tests.sounds import song
from vae.checkpoint import Checkpoint
from vae.codec import Codec
from vae.config import ModelConfig
from vae.latents.levelling import Reach
from vae.sound.loudness import loudness_lufs
from vae.synthesis import jump as jump_module
from vae.synthesis.course import Course, original
from vae.synthesis.ear import Ear
from vae.synthesis.edits import Voicing
from vae.synthesis.jump import Jump, Jumps
from vae.synthesis.synthesis import Synthesis

L = 16
KINDS = [replace(TINY, latent_size=L, frames_per_latent=each) for each in (8, 32)]
VOICINGS = [Voicing(), Voicing(source="noise"), Voicing(source="tones", detail=0.5)]
NOISE = VOICINGS[1]
EVERYWHERE = Reach(least=np.full(L, -5, np.float32), most=np.full(L, 5, np.float32))
RATE = 44_100
POINTS = 3

Floats = NDArray[np.float32]


def lifting(config: ModelConfig) -> Checkpoint:
    """A model each of whose latents lifts and tilts the spectrum by some decibels."""
    checkpoint = untrained(config)
    model = checkpoint.model()
    assert model.decoder.equaliser is not None
    rng = np.random.default_rng(0)
    lift, tilt = rng.normal(scale=0.2, size=(2, L, 1, 1))
    slope = np.linspace(-1, 1, config.transform.kept)
    curves = lift + tilt * slope + np.zeros((1, config.channels, 1))
    with torch.no_grad():
        model.decoder.equaliser.weight.copy_(torch.from_numpy(curves))
        for parameter in model.decoder.stack.parameters():
            parameter.mul_(0.1)
    scale = 0.01 * checkpoint.statistics.scale
    statistics = replace(checkpoint.statistics, scale=scale)
    return replace(checkpoint, weights=model.state_dict(), statistics=statistics)


def over_a_song(config: ModelConfig) -> Synthesis:
    synthesis = Synthesis(Codec(lifting(config)), sound=0.1 * song(seconds=0.9))
    synthesis.match_noise()
    return synthesis


def lufs(synthesis: Synthesis, jump: Jump, offset: Floats) -> float:
    """How loud it is at an offset, on what the jump moves."""
    path = synthesis.codec.basis.offset_path(synthesis.song_path, offset)
    course = Course(path=path, voicing=jump.voicing)
    stop = synthesis.frames if jump.stop is None else jump.stop
    return loudness_lufs(synthesis.sound(course, jump.start, stop), RATE)


@pytest.mark.parametrize("config", KINDS)
@pytest.mark.parametrize("voicing", VOICINGS)
def test_a_jump_lands_where_it_is_as_loud_as_the_song(
    config: ModelConfig, voicing: Voicing
) -> None:
    synthesis = over_a_song(config)
    jumps, rng = Jumps(synthesis), np.random.default_rng(3)
    own = loudness_lufs(
        synthesis.sound(original(synthesis.song_path), 0, synthesis.frames), RATE
    )
    near_before = near_after = 0
    for _ in range(POINTS):
        asked = 1.5 * rng.standard_normal(L, dtype=np.float32)
        jump = Jump(offset=asked, reach=EVERYWHERE, voicing=voicing, frame=100)
        landed = jumps.landed(jump)
        near_before += abs(lufs(synthesis, jump, asked) - own) < 2.5
        near_after += abs(lufs(synthesis, jump, landed) - own) < 2.5
    assert near_before < near_after == POINTS


def test_a_jump_can_be_as_loud_as_somewhere_else_and_on_a_stretch_alone() -> None:
    synthesis = over_a_song(KINDS[0])
    jumps, rng = Jumps(synthesis), np.random.default_rng(5)
    here, asked = rng.standard_normal((2, L), dtype=np.float32)
    jump = Jump(
        offset=asked,
        reach=EVERYWHERE,
        like=here,
        voicing=NOISE,
        start=50,
        stop=150,
    )
    landed = jumps.landed(jump)
    wanted = lufs(synthesis, jump, here)
    assert abs(lufs(synthesis, jump, asked) - wanted) > 1.0
    assert lufs(synthesis, jump, landed) == pytest.approx(wanted, abs=1.0)


def test_a_jump_lands_there_each_time_and_what_is_not_within_reach_stays() -> None:
    synthesis = over_a_song(KINDS[0])
    asked = np.random.default_rng(6).standard_normal(L, dtype=np.float32)
    free = np.arange(L) % 2 == 0
    reach = Reach(
        least=np.where(free, np.float32(-5), asked),
        most=np.where(free, np.float32(5), asked),
    )
    jump = Jump(offset=asked, reach=reach, voicing=Voicing())
    landed = Jumps(synthesis).landed(jump)
    assert np.array_equal(landed, Jumps(synthesis).landed(jump))
    assert np.array_equal(landed[~free], asked[~free])
    assert not np.array_equal(landed, asked)


@pytest.mark.parametrize("config", KINDS[:2])
def test_a_jump_that_is_too_bright_lands_where_it_is_not(
    config: ModelConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jump_module, "OCTAVES_UP", -9.0)  # then the song's own counts
    synthesis = over_a_song(config)
    ear = Ear(synthesis, [(0, synthesis.frames)])
    rng = np.random.default_rng(7)
    own = ear.hear(original(synthesis.song_path))

    def brightness(offset: Floats) -> float:
        path = synthesis.codec.basis.offset_path(synthesis.song_path, offset)
        return ear.hear(Course(path=path, voicing=NOISE)).brightness

    tried = 3 * rng.standard_normal((20, L), dtype=np.float32)
    asked = max(tried, key=brightness)
    assert brightness(asked) > own.brightness + 0.5
    jump = Jump(offset=asked, reach=EVERYWHERE, voicing=NOISE)
    assert brightness(Jumps(synthesis).landed(jump)) < own.brightness + 0.2


def test_over_silence_a_jump_lands_where_it_goes() -> None:
    silence = np.zeros((2, RATE), np.float32)
    synthesis = Synthesis(Codec(untrained(KINDS[0])), sound=silence)
    asked = np.ones(L, np.float32)
    jump = Jump(offset=asked, reach=EVERYWHERE, voicing=Voicing())
    assert np.array_equal(Jumps(synthesis).landed(jump), asked)


@pytest.mark.parametrize("seconds", [0.02, 0.3, 1.5])
def test_songs_of_any_length_are_jumped_over(seconds: float) -> None:
    sound = song(seconds=max(seconds, 0.1))[:, : round(seconds * RATE)]
    synthesis = Synthesis(Codec(untrained(KINDS[1])), sound=sound)
    jumps = Jumps(synthesis)
    jumps.get_ready()
    asked = np.full(L, 0.5, np.float32)
    for frame in (0, synthesis.frames - 1):
        jump = Jump(offset=asked, reach=EVERYWHERE, voicing=Voicing(), frame=frame)
        assert np.isfinite(jumps.landed(jump)).all()
