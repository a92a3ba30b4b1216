"""Who plays when: instruments for the roles of a style, section by section."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from vae.corpus.accompaniment import ARPEGGIOS, bass_line, broken, held, strummed
from vae.corpus.clock import Clock
from vae.corpus.grooves import GROOVES, beat_bar
from vae.corpus.kits import DRUMS
from vae.corpus.melody import Event, Theme, draw_theme, sing
from vae.corpus.score import ChordSpan, Knobs, Note, Part, Section
from vae.corpus.styles import Style, between, one_of
from vae.corpus.textures import KINDS
from vae.corpus.theory import lead

UNEVEN_S = 0.012  # standard deviation of onsets at humanity 1
UNEVEN_VELOCITY = 0.1
METALS = frozenset(
    DRUMS.index(name)
    for name in ("hat", "open", "foot", "ride", "crash", "shaker", "tambourine")
)
GUITARS = frozenset({"electric guitar", "lead guitar", "muted guitar"})
LAYERED = frozenset({"strings", "saw pad", "soft pad", "glass pad", "choir", "brass"})

# dB of each role, and the intensity of a section from which it plays.
BALANCE = {
    "melody": (-2.0, 0.3),
    "counter": (-7.0, 0.65),
    "chords": (-7.0, 0.15),
    "arpeggio": (-8.0, 0.4),
    "pad": (-9.0, 0.1),
    "bass": (-4.0, 0.3),
    "drums": (-3.0, 0.4),
    "texture": (-22.0, 0.0),
}


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """The parts, and the roles that play in each section."""

    parts: tuple[Part, ...]
    roles: tuple[frozenset[str], ...]


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What every role needs to know."""

    rng: np.random.Generator
    style: Style
    sections: list[Section]
    spans: list[ChordSpan]
    meter: int
    knobs: Knobs


def arrange(
    rng: np.random.Generator,
    *,
    style: Style,
    sections: list[Section],
    spans: list[ChordSpan],
    clock: Clock,
    meter: int,
    knobs: Knobs,
    end_s: float,
) -> Arrangement:
    """Parts for every role that the song has, until `end_s` seconds."""
    stage = Stage(
        rng=rng, style=style, sections=sections, spans=spans, meter=meter, knobs=knobs
    )
    ensemble = _ensemble(rng, style, knobs)
    entries = {
        role: BALANCE[role][1] + 0.12 * float(rng.standard_normal())
        for role in ensemble
    }
    roles = [_active(rng, section, entries) for section in sections]
    parts: list[Part] = []
    for role, timbre in ensemble.items():
        events = WRITERS[role](stage)
        kept = [
            (section.intensity, event, _swell(section, event))
            for event in events
            if (section := _section_at(sections, event.beat)) is not None
            and role in roles[sections.index(section)]
        ]
        notes = _in_time(rng, kept, clock=clock, knobs=knobs, role=role, end_s=end_s)
        parts += _parts(
            rng, role, timbre, notes, stage=stage, beat_s=60 / _tempo(clock)
        )
    if knobs.texture > 0:
        timbre = f"texture {one_of(rng, KINDS)}"
        note = Note(0.0, end_s, 0, 0.3 + 0.7 * knobs.texture)
        parts += _parts(rng, "texture", timbre, [note], stage=stage, beat_s=0.5)
    return Arrangement(parts=tuple(parts), roles=tuple(roles))


def _ensemble(rng: np.random.Generator, style: Style, knobs: Knobs) -> dict[str, str]:
    """The timbre of each role that plays at all."""
    density = knobs.density
    odds = {
        "melody": 0.9,
        "counter": 0.1 + 0.7 * density,
        "chords": 0.55 + 0.4 * density,
        "arpeggio": 0.2 + 0.6 * density,
        "pad": 0.25 + 0.6 * density,
        "bass": 0.75 + 0.25 * density,
    }
    timbres: dict[str, str] = {}
    for role, chance in odds.items():
        options: tuple[str, ...] = getattr(style, role)
        if options and rng.random() < chance:
            timbres[role] = one_of(rng, options)
    fitting = [name for name in style.grooves if _fits(name, style)]
    if style.kits and fitting and rng.random() < 0.45 + 0.7 * knobs.percussion:
        timbres["drums"] = f"kit {one_of(rng, style.kits)}"
    if not set(timbres) & {"melody", "chords", "arpeggio", "pad"}:
        for role in ("arpeggio", "chords", "pad", "melody"):
            options = getattr(style, role)
            if options:
                timbres[role] = one_of(rng, options)
                break
    return timbres


def _fits(groove: str, style: Style) -> bool:
    return not groove.endswith("3") or bool({3, 6} & set(style.meters))


def _active(
    rng: np.random.Generator, section: Section, entries: dict[str, float]
) -> frozenset[str]:
    """The roles that play in a section; never none."""
    playing = {role for role, entry in entries.items() if section.intensity >= entry}
    if section.kind in {"intro", "outro", "break"} and rng.random() < 0.6:
        playing -= {"melody"}
    if section.kind == "break" and rng.random() < 0.7:
        playing -= {"drums"}
    if section.kind == "build" and rng.random() < 0.4:
        playing -= {"bass"}
    if not playing & {"melody", "chords", "arpeggio", "pad"}:
        tonal = [role for role in entries if role not in {"drums", "bass"}]
        playing.add(min(tonal, key=lambda role: entries[role]))
    return frozenset(playing)


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
    return held(stage.spans, lead(chords, voices=voices, low=low, high=low + 24))


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


WRITERS: dict[str, Callable[[Stage], list[Event]]] = {
    "melody": _melody,
    "counter": _counter,
    "chords": _chords,
    "arpeggio": _arpeggio,
    "pad": _pad,
    "bass": _bass,
    "drums": _drums,
}


def _kinds(stage: Stage) -> list[str]:
    return list(dict.fromkeys(section.kind for section in stage.sections))


def _tempo(clock: Clock) -> float:
    return 60 / float(clock.seconds[4] - clock.seconds[0])


def _section_at(sections: list[Section], beat: float) -> Section | None:
    for section in sections:
        if (
            section.start_beat - 1e-6
            <= beat
            < section.start_beat + section.beats - 1e-6
        ):
            return section
    return None


def _swell(section: Section, event: Event) -> float:
    """A build grows louder, an outro softer."""
    share = (event.beat - section.start_beat) / section.beats
    if section.kind == "build":
        return 0.6 + 0.4 * share
    if section.kind == "outro":
        return 1 - 0.4 * share
    return 1.0


def _in_time(
    rng: np.random.Generator,
    events: list[tuple[float, Event, float]],
    *,
    clock: Clock,
    knobs: Knobs,
    role: str,
    end_s: float,
) -> list[Note]:
    """Events as notes in seconds, unevenly as people play."""
    legato = between(rng, (0.55, 1.0)) if role in {"melody", "bass"} else 0.98
    jitter = rng.standard_normal((len(events), 2)) * knobs.humanity
    notes = []
    for (intensity, event, swell), (late, hard) in zip(events, jitter, strict=True):
        start = max(0.0, clock.at(event.beat) + UNEVEN_S * float(late))
        length = clock.at(event.beat + event.beats) - clock.at(event.beat)
        if start >= end_s - 0.02:
            continue
        force = 1 - 0.55 * knobs.contrast * (1 - intensity)
        velocity = event.velocity * force * swell + UNEVEN_VELOCITY * float(hard)
        notes.append(
            Note(
                start,
                min(max(0.03, length * legato), end_s - start),
                event.pitch,
                float(np.clip(velocity, 0.05, 1.0)),
            )
        )
    return notes


def _parts(
    rng: np.random.Generator,
    role: str,
    timbre: str,
    notes: list[Note],
    *,
    stage: Stage,
    beat_s: float,
) -> list[Part]:
    """One part, or two where cymbals stand apart from drums."""
    style, knobs = stage.style, stage.knobs
    gain_db = BALANCE[role][0] + 2.0 * float(rng.standard_normal())
    gain_db += {
        "bass": 16 * knobs.bass - 9,
        "drums": 18 * knobs.percussion - 10,
        "texture": 12 * knobs.texture - 6,
    }.get(role, 0.0)
    pan = 0.0 if role in {"bass", "drums"} else float(rng.uniform(-1, 1)) * knobs.width
    if knobs.width > 0.85 and role in {"chords", "arpeggio", "counter"}:
        pan = float(np.sign(pan))
    layered = timbre in LAYERED or timbre in GUITARS
    part = Part(
        role=role,
        timbre=timbre,
        notes=tuple(notes),
        gain_db=gain_db,
        pan=pan,
        doubled=layered and role != "bass" and knobs.width > 0.3 and rng.random() < 0.7,
        send=float(np.clip(rng.uniform(0.2, 1.2), 0, 1))
        * (0.25 if role in {"bass", "drums"} else 1.0),
        drive=between(rng, style.drive) if timbre in GUITARS else 0.0,
        echo_s=beat_s * float(rng.choice((0.5, 0.75, 1.0)))
        if role in {"melody", "arpeggio"} and rng.random() < 0.25
        else 0.0,
        pump=between(rng, style.pump) if role not in {"drums", "melody"} else 0.0,
    )
    if role != "drums":
        return [part]
    metals = tuple(note for note in notes if int(note.pitch) in METALS)
    skins = tuple(note for note in notes if int(note.pitch) not in METALS)
    side = float(rng.uniform(-0.6, 0.6)) * knobs.width
    return [
        replace(part, notes=skins),
        replace(part, notes=metals, pan=side, role="cymbals"),
    ]
