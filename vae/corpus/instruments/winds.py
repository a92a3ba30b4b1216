"""What is blown: flutes, reeds, brass, accordions and organs."""

import numpy as np

from vae.corpus.instruments.recipe import Random, Recipe, cutoff_of, held
from vae.corpus.styles import between
from vae.corpus.sustained import Sustained
from vae.corpus.voice import Voice


def _blown(source: str, *, breath: float, tilt: float, formant: float) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=held(rng, 0.05, 0.07, 0.9),
            tilt=tilt + between(rng, (-2, 1)),
            cutoff=cutoff_of(rng, brightness, 2.2, 5.2),
            tracking=0.5,
            rise_s=between(rng, (0.01, 0.06)),
            formants=((formant * float(rng.uniform(0.85, 1.15)), 0.45, 1.5),),
            vibrato_cents=between(rng, (0, 22)),
            vibrato_hz=between(rng, (4.3, 6.0)),
            bend_cents=between(rng, (-40, 10)),
            breath=breath * float(rng.uniform(0.3, 1.8)),
        )

    return recipe


def _brass(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source="saw",
        envelope=held(rng, 0.05, 0.08, 0.9),
        tilt=between(rng, (-2, 1)),
        cutoff=cutoff_of(rng, brightness, 1.8, 4.8),
        rise_s=between(rng, (0.04, 0.15)),
        formants=((500 * float(rng.uniform(0.7, 1.6)), 0.5, 1.2), (1400, 0.5, 0.8)),
        vibrato_cents=between(rng, (0, 12)),
        bend_cents=between(rng, (-60, 0)),
        unison=int(rng.choice((1, 1, 2))),
        detune_cents=between(rng, (3, 10)),
    )


def _organ(rng: Random, brightness: float) -> Voice:
    bars = np.zeros(8)
    for n, odds in enumerate((1, 0.9, 0.7, 0.7, 0.3, 0.5, 0.1, 0.5)):
        level = rng.uniform(0.2, 1) * (rng.random() < odds)
        bars[n] = level * (0.35 + 0.9 * brightness) ** (n / 2)
    bars[int(rng.integers(2))] = 1
    return Sustained(
        source="organ",
        envelope=held(rng, 0.012, 0.05, 1.0),
        drawbars=tuple(float(b) for b in bars),
        tremolo=between(rng, (0, 0.3)) if rng.random() < 0.5 else 0.0,
        vibrato_cents=between(rng, (0, 14)) if rng.random() < 0.5 else 0.0,
        vibrato_hz=between(rng, (0.8, 7)),
        unison=int(rng.choice((1, 2))),
        detune_cents=between(rng, (0.5, 4)),
        breath=between(rng, (0, 0.04)),
    )


def _reed_organ(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source="buzz",
        envelope=held(rng, 0.04, 0.06, 0.95),
        tilt=between(rng, (-4, 0)),
        cutoff=cutoff_of(rng, brightness, 2.0, 5.5),
        unison=2,
        detune_cents=between(rng, (3, 14)),
        breath=between(rng, (0, 0.05)),
    )


WINDS: dict[str, Recipe] = {
    "flute": _blown("triangle", breath=0.25, tilt=-3.0, formant=800.0),
    "pan flute": _blown("hollow", breath=0.6, tilt=-5.0, formant=700.0),
    "clarinet": _blown("hollow", breath=0.05, tilt=-1.0, formant=1500.0),
    "oboe": _blown("buzz", breath=0.05, tilt=-1.0, formant=1100.0),
    "saxophone": _blown("saw", breath=0.15, tilt=-1.0, formant=650.0),
    "whistle": _blown("sine", breath=0.3, tilt=0.0, formant=2000.0),
    "brass": _brass,
    "accordion": _reed_organ,
    "organ": _organ,
}
