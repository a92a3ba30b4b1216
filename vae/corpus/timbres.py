"""The instruments: each a recipe from which every song draws its own variant.

A recipe takes a generator and the song's brightness, 0 to 1, and gives a voice. Two
songs with a piano have two different pianos.
"""

from collections.abc import Callable

import numpy as np

from vae.corpus.envelope import Envelope
from vae.corpus.fm import Fm
from vae.corpus.plucked import Plucked
from vae.corpus.struck import Struck
from vae.corpus.styles import between
from vae.corpus.sung import Sung
from vae.corpus.sustained import Sustained
from vae.corpus.voice import Voice

Random = np.random.Generator


Recipe = Callable[[Random, float], Voice]


def _cutoff(rng: Random, brightness: float, low: float, high: float) -> float:
    """Octaves above 100 Hz, brighter for brighter songs, unevenly."""
    share = np.clip(brightness + 0.22 * rng.standard_normal(), 0, 1)
    return float(low + (high - low) * share)


def _held(rng: Random, attack: float, release: float, sustain: float = 0.8) -> Envelope:
    return Envelope(
        attack_s=attack * float(rng.uniform(0.5, 2)),
        decay_s=between(rng, (0.1, 0.6)),
        sustain=float(np.clip(sustain + 0.15 * rng.standard_normal(), 0.15, 1)),
        release_s=release * float(rng.uniform(0.6, 1.8)),
    )


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
        envelope=_held(rng, 0.09, 0.12, 0.95),
        tilt=between(rng, (-4, 0)),
        cutoff=_cutoff(rng, brightness, 3.2, 5.8),
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
        envelope=_held(rng, 0.15, 0.3, 0.95),
        tilt=between(rng, (-3, 0)),
        cutoff=_cutoff(rng, brightness, 2.8, 5.6),
        unison=3,
        detune_cents=between(rng, (6, 18)),
        vibrato_cents=between(rng, (2, 12)),
        breath=between(rng, (0, 0.05)),
    )


def _blown(source: str, *, breath: float, tilt: float, formant: float) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=_held(rng, 0.05, 0.07, 0.9),
            tilt=tilt + between(rng, (-2, 1)),
            cutoff=_cutoff(rng, brightness, 3.0, 5.5),
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
        envelope=_held(rng, 0.05, 0.08, 0.9),
        tilt=between(rng, (-2, 1)),
        cutoff=_cutoff(rng, brightness, 2.6, 5.0),
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
        envelope=_held(rng, 0.012, 0.05, 1.0),
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
        envelope=_held(rng, 0.04, 0.06, 0.95),
        tilt=between(rng, (-4, 0)),
        cutoff=_cutoff(rng, brightness, 3.2, 5.8),
        unison=2,
        detune_cents=between(rng, (3, 14)),
        breath=between(rng, (0, 0.05)),
    )


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


def _fm_synth(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=_held(rng, 0.02, 0.15, 0.7),
        ratio=float(rng.choice((1, 1, 2, 3, 0.5, 4))),
        index=0.5 + 4 * brightness * between(rng, (0.4, 1.2)),
        index_s=between(rng, (0.1, 1.0)),
        index_held=between(rng, (0.1, 0.8)),
        vibrato_cents=between(rng, (0, 15)),
    )


def _clavinet(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=Envelope(attack_s=0.002, decay_s=0.35, sustain=0.05, release_s=0.03),
        ratio=float(rng.choice((2, 3))),
        index=1 + 3 * brightness,
        index_s=between(rng, (0.08, 0.3)),
    )


def _chip(source: str, widths: tuple[float, ...] = (0.5,)) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        plucky = rng.random() < 0.4
        return Sustained(
            source=source,
            pulse_width=float(rng.choice(widths)),
            envelope=Envelope(
                attack_s=0.002,
                decay_s=between(rng, (0.05, 0.4)),
                sustain=between(rng, (0.0, 0.4)) if plucky else 0.9,
                release_s=between(rng, (0.005, 0.08)),
            ),
            cutoff=_cutoff(rng, brightness, 5.0, 7.5),
            unipolar=between(rng, (0, 1.2)) if rng.random() < 0.6 else 0.0,
            vibrato_cents=between(rng, (0, 30)) if rng.random() < 0.5 else 0.0,
            vibrato_hz=between(rng, (4, 7)),
        )

    return recipe


def _lead(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source=str(rng.choice(("saw", "square", "pulse"))),
        pulse_width=between(rng, (0.1, 0.45)),
        envelope=_held(rng, 0.01, 0.12, 0.75),
        cutoff=_cutoff(rng, brightness, 3.5, 6.8),
        resonance=between(rng, (0, 0.8)),
        sweep=between(rng, (0, 2)),
        sweep_s=between(rng, (0.05, 0.5)),
        unison=int(rng.choice((1, 2, 3))),
        detune_cents=between(rng, (4, 22)),
        vibrato_cents=between(rng, (0, 20)),
        bend_cents=between(rng, (-100, 0)) if rng.random() < 0.3 else 0.0,
    )


def _pluck_synth(rng: Random, brightness: float) -> Voice:
    return Sustained(
        source=str(rng.choice(("saw", "square", "triangle"))),
        envelope=Envelope(
            attack_s=0.003,
            decay_s=between(rng, (0.08, 0.4)),
            sustain=between(rng, (0, 0.15)),
            release_s=between(rng, (0.05, 0.4)),
        ),
        cutoff=_cutoff(rng, brightness, 1.8, 4.5),
        resonance=between(rng, (0, 0.7)),
        sweep=between(rng, (1, 3.5)),
        sweep_s=between(rng, (0.04, 0.25)),
        unison=int(rng.choice((1, 2))),
        detune_cents=between(rng, (4, 16)),
    )


def _pad(source: str) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=_held(rng, between(rng, (0.2, 1.2)), 0.6, 0.95),
            tilt=between(rng, (-3, 0)),
            cutoff=_cutoff(rng, brightness, 1.6, 5.0),
            resonance=between(rng, (0, 0.6)),
            wave=between(rng, (0.2, 1.6)),
            wave_hz=between(rng, (0.05, 0.5)),
            unison=2,
            detune_cents=between(rng, (5, 20)),
            breath=between(rng, (0, 0.12)),
        )

    return recipe


def _voice(rng: Random, brightness: float) -> Voice:
    return Sung(
        size=between(rng, (0.85, 1.25)),
        envelope=_held(rng, 0.04, 0.06, 0.9),
        tilt=-9 + 6 * brightness,
        vibrato_cents=between(rng, (5, 60)),
        vibrato_hz=between(rng, (4.6, 6.4)),
        breath=between(rng, (0, 0.15)),
        consonants=between(rng, (0, 0.35)),
        slide_s=between(rng, (0.02, 0.09)),
    )


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
        envelope=_held(rng, 0.15, 0.25, 0.95),
        tilt=-5 + 4 * brightness,
        formants=tuple((hz * size, wide, gain) for hz, wide, gain in vowel),
        unison=int(rng.choice((1, 3, 3))),
        detune_cents=between(rng, (8, 20)),
        vibrato_cents=between(rng, (5, 35)),
        vibrato_hz=between(rng, (4.5, 6.2)),
        breath=between(rng, (0, 0.15)),
        bend_cents=between(rng, (-50, 0)),
    )


def _synth_bass(source: str) -> Recipe:
    def recipe(rng: Random, brightness: float) -> Voice:
        return Sustained(
            source=source,
            envelope=Envelope(
                attack_s=0.004,
                decay_s=between(rng, (0.1, 0.6)),
                sustain=between(rng, (0.3, 0.9)),
                release_s=between(rng, (0.03, 0.12)),
            ),
            cutoff=_cutoff(rng, brightness, 0.8, 3.8),
            unipolar=between(rng, (0, 0.5)) if rng.random() < 0.3 else 0.0,
            resonance=between(rng, (0, 0.9)),
            sweep=between(rng, (0, 2.5)),
            sweep_s=between(rng, (0.04, 0.4)),
            unison=int(rng.choice((1, 1, 2))),
            detune_cents=between(rng, (2, 9)),
        )

    return recipe


def _fm_bass(rng: Random, brightness: float) -> Voice:
    return Fm(
        envelope=_held(rng, 0.004, 0.06, 0.5),
        ratio=float(rng.choice((0.5, 1, 2))),
        index=0.6 + 2.5 * brightness,
        index_s=between(rng, (0.08, 0.4)),
    )


_GUITAR = ((110.0, 0.4, 1.5), (210.0, 0.4, 1.0))
TIMBRES: dict[str, Recipe] = {
    "nylon guitar": _string((0.5, 1.0), (0.5, 1.0), body=_GUITAR, tilt=-5.0),
    "steel guitar": _string((0.7, 1.6), (0.15, 0.4), body=_GUITAR),
    "twelve-string": _string((0.7, 1.6), (0.15, 0.4), body=_GUITAR, courses=2),
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
    "flute": _blown("triangle", breath=0.25, tilt=-3.0, formant=800.0),
    "pan flute": _blown("hollow", breath=0.6, tilt=-5.0, formant=700.0),
    "clarinet": _blown("hollow", breath=0.05, tilt=-1.0, formant=1500.0),
    "oboe": _blown("buzz", breath=0.05, tilt=-1.0, formant=1100.0),
    "saxophone": _blown("saw", breath=0.15, tilt=-1.0, formant=650.0),
    "whistle": _blown("sine", breath=0.3, tilt=0.0, formant=2000.0),
    "brass": _brass,
    "accordion": _reed_organ,
    "organ": _organ,
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
    "fm synth": _fm_synth,
    "pulse": _chip("pulse", (0.125, 0.25, 0.25)),
    "square": _chip("square"),
    "chip saw": _chip("saw"),
    "chip triangle": _chip("triangle"),
    "lead": _lead,
    "synth pluck": _pluck_synth,
    "saw pad": _pad("saw"),
    "soft pad": _pad("triangle"),
    "glass pad": _pad("hollow"),
    "square pad": _pad("square"),
    "choir": _choir,
    "voice": _voice,
    "saw bass": _synth_bass("saw"),
    "square bass": _synth_bass("square"),
    "sub bass": _synth_bass("sine"),
    "fm bass": _fm_bass,
}
