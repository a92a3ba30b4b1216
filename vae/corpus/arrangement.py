"""Who plays when: instruments for the roles of a style, section by section."""

from dataclasses import dataclass, replace

import numpy as np

from vae.corpus.balance import seated
from vae.corpus.clock import Clock
from vae.corpus.performance import performed
from vae.corpus.roles import WRITERS, Stage
from vae.corpus.score import ChordSpan, Knobs, Note, Part, Section
from vae.corpus.styles import Style, between, one_of
from vae.corpus.textures import KINDS

# The intensity of a section from which each role plays.
ENTRIES = {
    "melody": 0.3,
    "counter": 0.65,
    "chords": 0.15,
    "arpeggio": 0.4,
    "pad": 0.1,
    "bass": 0.3,
    "drums": 0.4,
    "effects": 0.0,
}
UNPITCHED = frozenset({"drums", "effects"})
PAUSE_ODDS = 0.12  # of a section that ends in a rest for all


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """The parts, and the roles that play in each section."""

    parts: tuple[Part, ...]
    roles: tuple[frozenset[str], ...]


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
        role: ENTRIES[role] + 0.12 * float(rng.standard_normal()) for role in ensemble
    }
    roles = [_active(rng, section, entries) for section in sections]
    pauses = [
        between(rng, (0.5, meter)) if rng.random() < PAUSE_ODDS else 0.0
        for _ in sections
    ]
    beat_s = clock.at(1.0)
    parts: list[Part] = []
    for role, timbre in ensemble.items():
        events = []
        for event in WRITERS[role](stage):
            number = _section_at(sections, event.beat)
            if number is None or role not in roles[number]:
                continue
            section = sections[number]
            end = section.start_beat + section.beats - pauses[number]
            if event.beat < end or role == "effects":
                shortened = min(event.beats, max(0.1, end - event.beat))
                kept = event.beats if role == "effects" else shortened
                pitch = event.pitch + (0 if role in UNPITCHED else knobs.register)
                events.append((section, replace(event, beats=kept, pitch=pitch)))
        notes = performed(rng, events, clock=clock, knobs=knobs, role=role, end_s=end_s)
        parts += seated(
            rng, role, timbre, notes, style=style, knobs=knobs, beat_s=beat_s
        )
    if knobs.texture > 0:
        timbre = f"texture {one_of(rng, KINDS)}"
        note = Note(0.0, end_s, 0, min(1.0, 0.3 + 0.5 * knobs.texture))
        parts += seated(
            rng, "texture", timbre, [note], style=style, knobs=knobs, beat_s=beat_s
        )
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
        drawn = rng.random() < chance and not (role == "bass" and knobs.register > 0)
        if options and (drawn or role in style.always):
            timbres[role] = one_of(rng, options)
    fitting = [name for name in style.grooves if _fits(name, style)]
    drummed = rng.random() < style.drummed * (0.45 + 0.7 * knobs.percussion)
    if style.kits and fitting and (drummed or "drums" in style.always):
        timbres["drums"] = f"kit {one_of(rng, style.kits)}"
    if "drums" in timbres and rng.random() < style.effects:
        timbres["effects"] = "effects"
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


def _section_at(sections: list[Section], beat: float) -> int | None:
    for number, section in enumerate(sections):
        end = section.start_beat + section.beats
        if section.start_beat - 1e-6 <= beat < end - 1e-6:
            return number
    return None
