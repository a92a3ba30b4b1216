import dataclasses

import numpy as np
import pytest

from vae.corpus.composition import compose
from vae.corpus.factors import factors
from vae.corpus.mix import decibels
from vae.corpus.render import Rendered, render
from vae.corpus.score import Knobs, Song

SECONDS = 8.0
RATE = 11_025


def with_knobs(song: Song, **changes: float) -> Song:
    knobs = Knobs(**(dataclasses.asdict(song.knobs) | changes))
    return dataclasses.replace(song, knobs=knobs)


def level_db(rendered: Rendered) -> float:
    return float(decibels(rendered.power.mean()))


@pytest.fixture(scope="module")
def songs() -> list[tuple[Song, Rendered]]:
    composed = [compose(7, index, SECONDS) for index in range(4)]
    return [(song, render(song, RATE)) for song in composed]


def test_no_song_clips_or_is_silent(songs: list[tuple[Song, Rendered]]) -> None:
    for song, rendered in songs:
        assert np.isfinite(rendered.sound).all()
        assert np.abs(rendered.sound).max() <= 10 ** (-1 / 20)
        quiet = decibels(rendered.power) < -70
        allowed_s = song.silence_s + song.fade_out_s + song.fade_in_s + 4
        assert quiet.sum() / 4 <= allowed_s


def test_the_same_song_sounds_the_same_at_another_rate() -> None:
    song = compose(7, 3, SECONDS)
    low, high = render(song, RATE), render(song, 2 * RATE)
    assert high.sound.shape[1] == 2 * low.sound.shape[1]
    loud = low.power > 1e-3 * low.power.max()
    apart = decibels(low.power)[loud] - decibels(high.power)[loud]
    assert abs(float(np.median(apart))) < 1
    assert float(np.std(apart)) < 3


def test_the_level_asked_for_is_the_level_heard(
    songs: list[tuple[Song, Rendered]],
) -> None:
    for song, rendered in songs:
        told = factors(song, rendered)["level_db"]
        assert isinstance(told, float)
        assert abs(told - song.knobs.level_db) < 2.5


def test_a_song_of_width_0_is_mono(songs: list[tuple[Song, Rendered]]) -> None:
    song, _ = songs[0]
    mono = render(with_knobs(song, width=0.0), RATE).sound
    np.testing.assert_allclose(mono[0], mono[1], atol=1e-5)
    wide = render(with_knobs(song, width=0.9), RATE).sound
    assert np.abs(wide[0] - wide[1]).max() > 1e-3


def test_a_tilted_song_is_brighter() -> None:
    song = compose(7, 1, 8.0)

    def highs(tilt_db: float) -> float:
        sound = render(with_knobs(song, tilt_db=tilt_db), RATE).sound
        power = np.abs(np.fft.rfft(sound)) ** 2
        return float(power[:, power.shape[1] // 4 :].sum() / power.sum())

    assert highs(3) > 2 * highs(-3)


def test_shares_of_bass_and_drums_are_those_of_the_parts(
    songs: list[tuple[Song, Rendered]],
) -> None:
    for song, rendered in songs:
        told = factors(song, rendered)
        has_bass = any(part.role == "bass" and part.notes for part in song.parts)
        share = told["bass_share"]
        assert isinstance(share, float)
        assert (share > 0) == has_bass
        assert share <= 1


def test_louder_sections_are_louder() -> None:
    """Over some songs, what the score calls intense is what is loud."""
    together = []
    for index in range(4):
        song = with_knobs(compose(11, index, 32.0), compression=0.0)
        rendered = render(song, 8_000)
        levels = decibels(rendered.power)
        loudness = [
            levels[round(4 * s.start_s) : round(4 * s.end_s)].max()
            for s in song.sections
            if s.end_s < song.seconds
        ]
        intensity = [s.intensity for s in song.sections if s.end_s < song.seconds]
        if len(intensity) > 2 and np.std(intensity) > 0.05:
            together.append(np.corrcoef(intensity, loudness)[0, 1])
    assert np.mean(together) > 0.4
