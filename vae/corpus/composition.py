"""Composes a whole song from a seed and a number: what will be played, in seconds."""

import math
from dataclasses import replace

import numpy as np

from vae.corpus.arrangement import arrange
from vae.corpus.clock import Clock, draw_clock
from vae.corpus.form import FORMS, Plan, draw_form
from vae.corpus.repertoire.catalogue import STYLES
from vae.corpus.score import ChordSpan, Knobs, Section, Song
from vae.corpus.styles import Style, between, one_of
from vae.corpus.theory import Chord, Scale, functional_progression

LONGEST_SILENCE_S = 5.0
CLEAN_ODDS = 0.25  # of a song with little room and noise, as from a sequencer
STILL_STYLES = frozenset({"ambient", "drone"})


def compose(seed: int, index: int, seconds: float) -> Song:
    """Song `index` of the corpus `seed`; the others have no part in it.

    Parameters
    ----------
    seed, index : int
        0 or more.
    seconds : float
        How long it is.
    """
    rng = np.random.default_rng([seed, index])
    weights = np.array([style.weight for style in STYLES])
    style = STYLES[int(rng.choice(len(STYLES), p=weights / weights.sum()))]
    tempo = between(rng, style.tempo)
    meter = one_of(rng, style.meters)
    scale = Scale(tonic=int(rng.integers(12)), mode=one_of(rng, style.modes))
    knobs = _draw_knobs(rng, style)
    clock = draw_clock(
        rng,
        tempo=tempo,
        drift=knobs.drift,
        swing=knobs.swing,
        unit=style.swing_unit,
        seconds=seconds,
    )
    silence_s = between(rng, (0.5, LONGEST_SILENCE_S)) if rng.random() < 0.25 else 0.0
    silence_s = min(silence_s, seconds / 8)
    bars = max(1, math.ceil((seconds - silence_s) / (60 / tempo * meter)))
    form = _form_of(rng, style)
    plans = draw_form(rng, bars=bars, contrast=knobs.contrast, form=form)
    sections, spans = _lay_out(
        rng, plans, style=style, scale=scale, meter=meter, clock=clock
    )
    arranged = arrange(
        rng,
        style=style,
        sections=sections,
        spans=spans,
        clock=clock,
        meter=meter,
        knobs=knobs,
        end_s=seconds - silence_s,
    )
    sections = [
        replace(section, roles=roles)
        for section, roles in zip(sections, arranged.roles, strict=True)
    ]
    beginning, ending = rng.random(2)
    return Song(
        seed=seed,
        index=index,
        seconds=seconds,
        style=style.name,
        tempo=tempo,
        meter=meter,
        scale=scale,
        knobs=knobs,
        sections=tuple(sections),
        chords=tuple(spans),
        parts=arranged.parts,
        bar_s=tuple(
            clock.at(bar * meter)
            for bar in range(bars)
            if clock.at(bar * meter) < seconds
        ),
        fade_in_s=between(rng, (1, 8)) if beginning < 0.12 else 0.0,
        fade_out_s=min(between(rng, (2, 16)), seconds / 4) if ending < 0.4 else 0.0,
        silence_s=silence_s,
    )


def _draw_knobs(rng: np.random.Generator, style: Style) -> Knobs:
    humanity = between(rng, style.humanity)
    clean = rng.random() < CLEAN_ODDS
    return Knobs(
        density=float(rng.beta(1.6, 1.4)),
        brightness=float(rng.beta(1.5, 1.5)),
        percussion=float(rng.beta(1.5, 1.5)),
        bass=float(rng.beta(1.5, 1.5)),
        width=0.0 if rng.random() < 0.1 else float(rng.beta(1.2, 1.5)),
        swing=between(rng, style.swing),
        contrast=between(rng, style.contrast),
        level_db=between(rng, style.level_db),
        reverb=between(rng, style.wet) * (0.15 if clean else 1.0),
        reverb_s=between(rng, style.room_s),
        tilt_db=float(np.clip(1.6 * rng.standard_normal(), -4, 4)),
        tuning_cents=between(rng, (-50, 50)) if rng.random() < 0.3 else 0.0,
        humanity=humanity,
        drift=between(rng, style.drift),
        compression=float(rng.beta(1.2, 1.6)),
        texture=between(rng, (0.1, 1.5)) if rng.random() < 0.3 and not clean else 0.0,
        grit=float(rng.beta(1.5, 2.5)) if rng.random() < 0.3 and not clean else 0.0,
        noisiness=float(rng.beta(1.2, 1.2)) * (0.3 if clean else 1.0),
        register=int(rng.choice((0, 12, -12), p=(0.87, 0.09, 0.04))),
        low_cut_hz=float(np.exp(rng.uniform(np.log(2), np.log(35)))),
    )


def _form_of(rng: np.random.Generator, style: Style) -> str:
    if style.name in STILL_STYLES:
        return str(rng.choice(("arch", "still", "arch", "loop")))
    if style.pump[1] > 0.4 and rng.random() < 0.6:
        return "build"
    return str(rng.choice(list(FORMS)))


def _lay_out(
    rng: np.random.Generator,
    plans: list[Plan],
    *,
    style: Style,
    scale: Scale,
    meter: int,
    clock: Clock,
) -> tuple[list[Section], list[ChordSpan]]:
    """Sections in time with their chords; a kind that returns brings its own back."""
    remembered: dict[str, list[tuple[Chord, float]]] = {}
    sections: list[Section] = []
    spans: list[ChordSpan] = []
    beat = 0.0
    for number, plan in enumerate(plans):
        beats = float(plan.bars * meter)
        tonic = (scale.tonic + plan.transposed) % 12
        sections.append(
            Section(
                kind=plan.kind,
                start_s=clock.at(beat),
                end_s=clock.at(beat + beats),
                start_beat=beat,
                beats=beats,
                intensity=plan.intensity,
                scale=Scale(tonic=tonic, mode=scale.mode),
                roles=frozenset(),
            )
        )
        family = {"intro": "verse", "outro": "verse", "build": "chorus"}.get(
            plan.kind, plan.kind
        )
        if family not in remembered:
            remembered[family] = _progression(rng, style, scale, meter)
        spans += _filled(remembered[family], plan.transposed, beat, beats, number)
        beat += beats
    return sections, spans


def _progression(
    rng: np.random.Generator, style: Style, scale: Scale, meter: int
) -> list[tuple[Chord, float]]:
    """Chords with their lengths in beats."""
    if not style.progressions or rng.random() < style.functional:
        degrees = functional_progression(rng, int(rng.choice((4, 4, 8))))
    else:
        degrees = one_of(rng, style.progressions)
    bars = one_of(rng, style.chord_bars)
    beats = max(1.0, round(bars * meter)) if bars < 1 else bars * meter
    kind = one_of(rng, style.chord_kinds)
    chords = []
    for degree in degrees:
        spiced = one_of(rng, style.chord_kinds) if rng.random() < 0.2 else kind
        chords.append((scale.chord(degree, spiced), float(beats)))
    return chords


def _filled(
    progression: list[tuple[Chord, float]],
    transposed: int,
    start: float,
    beats: float,
    number: int,
) -> list[ChordSpan]:
    """The progression again and again until the section is full."""
    spans: list[ChordSpan] = []
    done = 0.0
    turn = 0
    while done < beats - 1e-6:
        chord, length = progression[turn % len(progression)]
        length = min(length, beats - done)
        spans.append(
            ChordSpan(
                start_beat=start + done,
                beats=length,
                chord=chord.moved(transposed),
                section=number,
            )
        )
        done += length
        turn += 1
    return spans
