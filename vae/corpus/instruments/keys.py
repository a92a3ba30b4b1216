"""What is struck: pianos, mallets, bells."""

import numpy as np

from vae.corpus.envelope import Envelope
from vae.corpus.fm import Fm
from vae.corpus.instruments.recipe import Random, Recipe
from vae.corpus.struck import Struck
from vae.corpus.styles import between
from vae.corpus.voice import Voice


def _piano(rng: Random, brightness: float) -> Voice:
    stretch = between(rng, (0.0002, 0.0009))
    count = 14
    n = np.arange(1, count + 1)
    place = between(rng, (0.1, 0.14))
    levels = np.abs(np.sin(np.pi * n * place)) / n ** (1.35 - 0.5 * brightness)
    decays = between(rng, (0.5, 1.3)) / n**0.55
    return Struck(
        ratios=tuple(float(x) for x in n * np.sqrt(1 + stretch * n**2)),
        levels=tuple(float(x) for x in levels),
        decays_s=tuple(float(x) for x in decays),
        keyed=0.5,
        release_s=between(rng, (0.06, 0.3)),
        hardness=0.6 + 0.4 * brightness,
        knock=between(rng, (0.03, 0.2)),
        beating_cents=between(rng, (0.3, 2.5)) if rng.random() < 0.8 else 12.0,
    )


def _bars(
    ratios: tuple[float, ...], levels: tuple[float, ...], ring: tuple[float, float]
) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        longest = between(rng, ring)
        spread = rng.uniform(0.7, 1.4, len(ratios))
        fade = [longest * float(s) / (1 + 0.5 * n) for n, s in enumerate(spread)]
        return Struck(
            ratios=ratios,
            levels=tuple(
                float(
                    level * rng.uniform(0.5, 1.5) * (0.6 + 0.8 * brightness) ** (n > 0)
                )
                for n, level in enumerate(levels)
            ),
            decays_s=tuple(fade),
            release_s=between(rng, (0.2, 2.5)),
            hardness=0.3 + 0.7 * brightness,
            knock=between(rng, (0.0, 0.3)),
            knock_hz=between(rng, (400, 2500)),
            beating_cents=between(rng, (0, 6)) if rng.random() < 0.3 else 0.0,
            tremolo=between(rng, (0, 0.4)) if rng.random() < 0.3 else 0.0,
            tremolo_hz=between(rng, (3, 7)),
        )

    return recipe


def _electric_piano(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=Envelope(
            attack_s=0.004,
            decay_s=between(rng, (0.4, 1.6)),
            sustain=0.05,
            release_s=between(rng, (0.06, 0.2)),
        ),
        ratio=1.0,
        index=0.4 + 1.8 * brightness * between(rng, (0.5, 1.3)),
        index_s=between(rng, (0.2, 0.8)),
        tine_ratio=float(rng.choice((7, 9, 12, 14))),
        tine_index=between(rng, (0, 0.6)),
        tremolo=between(rng, (0, 0.35)),
    )


def _fm_bell(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=Envelope(
            attack_s=0.003,
            decay_s=between(rng, (0.5, 2.0)),
            sustain=0.0,
            release_s=between(rng, (0.3, 1.5)),
        ),
        ratio=float(rng.choice((1.4, 3.5, 2.76, 1.73, 5.19, 2.0))),
        index=0.5 + 3 * brightness,
        index_s=between(rng, (0.3, 1.2)),
        index_held=0.05,
    )


def _clavinet(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=Envelope(attack_s=0.002, decay_s=0.35, sustain=0.05, release_s=0.03),
        ratio=float(rng.choice((2, 3))),
        index=1 + 3 * brightness,
        index_s=between(rng, (0.08, 0.3)),
    )


KEYS: dict[str, Recipe] = {
    "piano": _piano,
    "electric piano": _electric_piano,
    "clavinet": _clavinet,
    "marimba": _bars((1, 3.93, 9.2), (1, 0.25, 0.08), (0.12, 0.4)),
    "vibraphone": _bars((1, 4.0, 10.1), (1, 0.2, 0.05), (0.8, 2.5)),
    "glockenspiel": _bars((1, 2.76, 5.4, 8.9), (1, 0.5, 0.3, 0.1), (0.4, 1.5)),
    "music box": _bars((1, 2.0, 6.3), (1, 0.3, 0.3), (0.3, 0.9)),
    "kalimba": _bars((1, 5.4, 11.3), (1, 0.12, 0.06), (0.25, 0.7)),
    "celesta": _bars((1, 2.0, 4.0, 9.0), (1, 0.4, 0.2, 0.1), (0.3, 1.0)),
    "steel drum": _bars((1, 2.0, 3.0, 4.1), (1, 0.7, 0.3, 0.2), (0.25, 0.8)),
    "church bell": _bars(
        (0.5, 1, 1.19, 1.5, 2, 2.51, 2.66, 3.01, 4.1),
        (0.6, 1, 0.8, 0.4, 0.9, 0.4, 0.3, 0.3, 0.2),
        (1.2, 4.0),
    ),
    "gong": _bars(
        (0.51, 0.83, 1, 1.36, 1.71, 2.2, 2.9, 3.4),
        (0.8, 0.7, 1, 0.9, 0.7, 0.6, 0.5, 0.4),
        (1, 4),
    ),
    "fm bell": _fm_bell,
}
