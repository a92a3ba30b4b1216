"""What each role of a song plays, in beats: melodies, chords, bass, drums, effects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vae.corpus.accompaniment import ARPEGGIOS, bass_line, broken, held, strummed
from vae.corpus.effects import EFFECTS
from vae.corpus.grooves import GROOVES, beat_bar
from vae.corpus.melody import Event, Theme, draw_theme, sing
from vae.corpus.score import ChordSpan, Knobs, Section
from vae.corpus.styles import Style, between, one_of
from vae.corpus.theory import lead


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What every role needs to know."""

    rng: np.random.Generator
    style: Style
    sections: list[Section]
    spans: list[ChordSpan]
    meter: int
    knobs: Knobs


def _melody(stage: Stage) -> list[Event]:
    centre = int(stage.rng.integers(64, 80))
    return _sung(stage, centre, between(stage.rng, stage.style.busyness))


def _counter(stage: Stage) -> list[Event]:
    centre = int(stage.rng.integers(60, 76))
    return _sung(stage, centre, 0.15 * between(stage.rng, stage.style.busyness))


def _sung(stage: Stage, centre: int, busyness: float) -> list[Event]:
    """A theme for each kind of section; a long one leaves the stage now and then."""
    rng = stage.rng
    pentatonic = rng.random() < stage.style.pentatonic
    rests = rng.random() < 0.4
    busyness *= 0.6 + 0.6 * stage.knobs.density
    themes: dict[str, Theme] = {}
    events: list[Event] = []
    for number, section in enumerate(stage.sections):
        family = "verse" if section.kind in {"intro", "outro"} else section.kind
        if family not in themes:
            themes[family] = draw_theme(
                rng,
                bar_beats=stage.meter,
                busyness=min(1.0, busyness * float(rng.uniform(0.7, 1.3))),
                triplets=stage.knobs.swing > 0.3,
            )
        scale = section.scale
        lift = 3 if section.kind == "chorus" else 0
        sung = sing(
            themes[family],
            start_beat=section.start_beat,
            beats=section.beats,
            spans=[span for span in stage.spans if span.section == number],
            classes=scale.pentatonic() if pentatonic else scale.pitch_classes,
            low=centre - 10 + lift,
            high=centre + 9 + lift,
        )
        phrase = 4 * stage.meter
        events += [
            event
            for event in sung
            if not (rests and (event.beat - section.start_beat) % (2 * phrase) > phrase)
        ]
    return events


def _chords(stage: Stage) -> list[Event]:
    rng = stage.rng
    low = int(rng.integers(45, 56))
    voices = int(rng.choice((3, 3, 4)))
    voiced = lead(
        [span.chord for span in stage.spans], voices=voices, low=low, high=low + 24
    )
    events = []
    patterns = {kind: one_of(rng, stage.style.strums) for kind in _kinds(stage)}
    spread = between(rng, (0.02, 0.1)) if rng.random() < 0.5 else 0.0
    for kind, pattern in patterns.items():
        chosen = [
            (span, pitches)
            for span, pitches in zip(stage.spans, voiced, strict=True)
            if stage.sections[span.section].kind == kind
        ]
        events += strummed(
            rng,
            [span for span, _ in chosen],
            [pitches for _, pitches in chosen],
            pattern,
            meter=stage.meter,
            spread=spread,
        )
    return events


def _arpeggio(stage: Stage) -> list[Event]:
    rng = stage.rng
    low = int(rng.integers(50, 64))
    voiced = lead(
        [span.chord for span in stage.spans], voices=3, low=low, high=low + 20
    )
    return broken(
        rng,
        stage.spans,
        voiced,
        one_of(rng, ARPEGGIOS),
        step=one_of(rng, stage.style.step),
        octaves=int(rng.choice((1, 1, 2))),
    )


def _pad(stage: Stage) -> list[Event]:
    low = int(stage.rng.integers(45, 58))
    voices = int(stage.rng.choice((2, 3, 4)))
    chords = [span.chord for span in stage.spans]
    voiced = lead(chords, voices=voices, low=low, high=low + 24)
    if stage.style.pump[1] > 0 and stage.rng.random() < 0.25:
        return strummed(
            stage.rng, stage.spans, voiced, "gate", meter=stage.meter, spread=0.0
        )
    return held(stage.spans, voiced)


def _bass(stage: Stage) -> list[Event]:
    low = int(stage.rng.integers(28, 38))
    events = []
    for kind in _kinds(stage):
        style = one_of(stage.rng, stage.style.basses)
        spans = [s for s in stage.spans if stage.sections[s.section].kind == kind]
        events += bass_line(stage.rng, spans, style, low=low, meter=stage.meter)
    return events


def _drums(stage: Stage) -> list[Event]:
    rng = stage.rng
    triple = stage.meter in {3, 6}
    fitting = [
        name
        for name in stage.style.grooves
        if name.endswith("3") == triple and name in GROOVES
    ]
    grooves = {
        kind: str(rng.choice(fitting or stage.style.grooves)) for kind in _kinds(stage)
    }
    if rng.random() < 0.5:  # one groove for the whole song
        first = next(iter(grooves.values()))
        grooves = dict.fromkeys(grooves, first)
    events = []
    for section in stage.sections:
        bars = round(section.beats / stage.meter)
        force = section.intensity * (0.6 + 0.6 * stage.knobs.percussion)
        for bar in range(bars):
            events += beat_bar(
                rng,
                grooves[section.kind],
                start_beat=section.start_beat + bar * stage.meter,
                beats=stage.meter,
                force=min(1.0, force),
                fill=bar == bars - 1 and rng.random() < 0.7,
                open_bar=bar == 0,
            )
    return events


def _effects(stage: Stage) -> list[Event]:
    """Risers before what is louder, falls before what is softer, booms between."""
    rng = stage.rng
    events = []
    for section, following in zip(stage.sections, stage.sections[1:], strict=False):
        end = section.start_beat + section.beats
        beats = min(section.beats, float(rng.choice((2, 4, 8, 16))))
        rises = following.intensity > section.intensity
        kind = str(
            rng.choice(("riser", "riser", "reverse") if rises else ("fall", "zap"))
        )
        if rng.random() < 0.8:
            place = EFFECTS.index(kind)
            events.append(Event(end - beats, beats, place, 0.8))
        if rises and rng.random() < 0.6:
            events.append(Event(end - 0.01, 4.0, EFFECTS.index("boom"), 0.9))
    return events


WRITERS: dict[str, Callable[[Stage], list[Event]]] = {
    "melody": _melody,
    "counter": _counter,
    "chords": _chords,
    "arpeggio": _arpeggio,
    "pad": _pad,
    "bass": _bass,
    "drums": _drums,
    "effects": _effects,
}


def _kinds(stage: Stage) -> list[str]:
    return list(dict.fromkeys(section.kind for section in stage.sections))
