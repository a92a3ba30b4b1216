"""Plucked and bowed strings: guitars, harps, basses, violins."""

from vae.corpus.instruments.recipe import Random, Recipe, cutoff_of, held
from vae.corpus.plucked import Plucked
from vae.corpus.styles import between
from vae.corpus.sustained import Sustained
from vae.corpus.voice import Voice

GUITAR_BODY = ((110.0, 0.4, 1.5), (210.0, 0.4, 1.0))  # Hz, octaves, gain


def _string(
    ring: tuple[float, float],
    loss: tuple[float, float],
    *,
    tilt: float = -3.0,
    courses: int = 1,
    body: tuple[tuple[float, float, float], ...] = (),
    bend: float = 0.0,
    release: tuple[float, float] = (0.04, 0.2),
) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Plucked(
            ring_s=between(rng, ring),
            loss=between(rng, loss) * 2 ** (1 - 2 * brightness),
            place=between(rng, (0.07, 0.42)),
            tilt=tilt + 3 * (brightness - 0.5) + float(rng.standard_normal()),
            release_s=between(rng, release),
            body=tuple(
                (hz * float(rng.uniform(0.8, 1.25)), width, gain)
                for hz, width, gain in body
            ),
            click=between(rng, (0.0, 0.25)),
            bend_cents=bend * float(rng.uniform(0, 1)),
            courses=courses,
            detune_cents=between(rng, (1.5, 9)),
        )

    return recipe


def _bowed(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source="saw",
        envelope=held(rng, 0.09, 0.12, 0.95),
        tilt=between(rng, (-4, 0)),
        cutoff=cutoff_of(rng, brightness, 2.2, 5.2),
        rise_s=between(rng, (0.02, 0.12)),
        formants=(
            (280 * float(rng.uniform(0.8, 1.2)), 0.3, between(rng, (0, 1.5))),
            (1100 * float(rng.uniform(0.8, 1.2)), 0.4, between(rng, (0, 1.2))),
            (2600, 0.4, between(rng, (0, 1))),
        ),
        vibrato_cents=between(rng, (4, 28)),
        vibrato_hz=between(rng, (4.6, 6.3)),
        breath=between(rng, (0, 0.06)),
    )


def _ensemble(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source="buzz" if rng.random() < 0.4 else "saw",
        envelope=held(rng, 0.15, between(rng, (0.15, 0.7)), 0.95),
        tilt=between(rng, (-3, 0)),
        cutoff=cutoff_of(rng, brightness, 2.0, 5.2),
        unison=3,
        detune_cents=between(rng, (6, 18)),
        vibrato_cents=between(rng, (2, 12)),
        breath=between(rng, (0, 0.05)),
    )


STRINGS: dict[str, Recipe] = {
    "nylon guitar": _string((0.5, 1.0), (0.5, 1.0), body=GUITAR_BODY, tilt=-5.0),
    "steel guitar": _string((0.7, 1.6), (0.15, 0.4), body=GUITAR_BODY),
    "twelve-string": _string((0.7, 1.6), (0.15, 0.4), body=GUITAR_BODY, courses=2),
    "electric guitar": _string((0.9, 2.2), (0.15, 0.5), tilt=-4.0, bend=15.0),
    "muted guitar": _string((0.12, 0.3), (0.6, 1.5), release=(0.02, 0.05)),
    "lead guitar": _string((1.5, 3.5), (0.05, 0.2), bend=40.0),
    "harp": _string((0.6, 1.4), (0.3, 0.7), tilt=-5.0, release=(0.3, 1.0)),
    "banjo": _string((0.2, 0.45), (0.15, 0.4), tilt=-1.0, body=((700.0, 0.6, 1.5),)),
    "koto": _string((0.4, 1.0), (0.2, 0.6), tilt=-2.0, bend=50.0, release=(0.2, 0.8)),
    "harpsichord": _string((0.5, 1.0), (0.1, 0.25), tilt=0.0, courses=2),
    "pizzicato": _string((0.1, 0.25), (0.5, 1.2), body=((300.0, 0.5, 1.5),)),
    "upright bass": _string(
        (0.4, 0.9), (0.8, 1.8), tilt=-5.0, body=((90.0, 0.5, 1.5),)
    ),
    "finger bass": _string((0.6, 1.4), (0.5, 1.2), tilt=-5.0),
    "pick bass": _string((0.7, 1.5), (0.2, 0.6), tilt=-2.0),
    "violin": _bowed,
    "strings": _ensemble,
}
