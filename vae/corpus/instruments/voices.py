"""Choirs and singers."""

from vae.corpus.instruments.recipe import Random, Recipe, held
from vae.corpus.styles import between
from vae.corpus.sung import Sung
from vae.corpus.sustained import Sustained
from vae.corpus.voice import Voice

# Three formants: Hz, octaves wide, gain.
VOWELS = {
    "a": ((750, 0.25, 9.0), (1150, 0.2, 6.0), (2600, 0.2, 3.0)),
    "o": ((430, 0.25, 9.0), (800, 0.2, 6.0), (2500, 0.2, 1.5)),
    "u": ((330, 0.25, 9.0), (650, 0.25, 3.0), (2400, 0.2, 1.0)),
    "e": ((480, 0.25, 8.0), (1750, 0.2, 5.0), (2500, 0.2, 4.0)),
}


def _choir(rng: Random, brightness: float) -> Voice:
    size = between(rng, (0.85, 1.2))
    vowel = VOWELS[str(rng.choice(list(VOWELS)))]
    return Sustained(
        source="saw",
        envelope=held(rng, 0.15, 0.25, 0.95),
        tilt=-5 + 4 * brightness,
        formants=tuple((hz * size, wide, gain) for hz, wide, gain in vowel),
        unison=int(rng.choice((1, 3, 3))),
        detune_cents=between(rng, (8, 20)),
        vibrato_cents=between(rng, (5, 35)),
        vibrato_hz=between(rng, (4.5, 6.2)),
        breath=between(rng, (0, 0.15)),
        bend_cents=between(rng, (-50, 0)),
    )


def _voice(rng: Random, brightness: float) -> Voice:
    return Sung(
        size=between(rng, (0.85, 1.25)),
        envelope=held(rng, 0.04, 0.06, 0.9),
        tilt=-9 + 6 * brightness,
        vibrato_cents=between(rng, (5, 60)),
        vibrato_hz=between(rng, (4.6, 6.4)),
        breath=between(rng, (0, 0.15)),
        consonants=between(rng, (0, 0.35)),
        slide_s=between(rng, (0.02, 0.09)),
    )


VOICES: dict[str, Recipe] = {
    "choir": _choir,
    "voice": _voice,
}
