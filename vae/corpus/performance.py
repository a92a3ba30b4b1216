"""From events in beats to notes in seconds: swells, slides and a human hand."""

import numpy as np

from vae.corpus.clock import Clock
from vae.corpus.melody import Event
from vae.corpus.score import Knobs, Note, Section
from vae.corpus.styles import between

UNEVEN_S = 0.012  # standard deviation of onsets at humanity 1
UNEVEN_VELOCITY = 0.1
FLOWING_ODDS = 0.4  # of a part that leaves no gap between its notes
SLIDE_ODDS = 0.25  # of a melody or bass whose notes slide into one another
SLIDE_GAP_S = 0.7  # notes further apart do not


def performed(
    rng: np.random.Generator,
    events: list[tuple[Section, Event]],
    *,
    clock: Clock,
    knobs: Knobs,
    role: str,
    end_s: float,
) -> list[Note]:
    """Events as notes in seconds, unevenly as people play, none from `end_s` on.

    Parameters
    ----------
    rng : Generator
    events : list of (Section, Event)
        Each with the section it lies in.
    clock : Clock
    knobs : Knobs
    role : str
    end_s : float
    """
    lowest = {"melody": 0.45, "bass": 0.4, "chords": 0.35, "arpeggio": 0.4}
    flowing = rng.random() < FLOWING_ODDS
    legato = between(rng, (1.0 if flowing else lowest.get(role, 0.98), 1.05))
    slides = role in {"melody", "bass"} and rng.random() < SLIDE_ODDS
    jitter = rng.standard_normal((len(events), 2)) * knobs.humanity
    notes: list[Note] = []
    for (section, event), (late, hard) in zip(events, jitter, strict=True):
        start = max(0.0, clock.at(event.beat) + UNEVEN_S * float(late))
        length = clock.at(event.beat + event.beats) - clock.at(event.beat)
        if start >= end_s - 0.02:
            continue
        force = 1 - 0.6 * min(1.0, knobs.contrast) * (1 - section.intensity)
        force *= _swell(section, event)
        velocity = event.velocity * force + UNEVEN_VELOCITY * float(hard)
        before = notes[-1] if notes else None
        near = before is not None and start - before.start_s < SLIDE_GAP_S
        bend = 0.0
        if slides and before is not None and near:
            bend = float(np.clip(100 * (before.pitch - event.pitch), -700, 700))
        notes.append(
            Note(
                start,
                min(max(0.03, length * legato), end_s - start),
                event.pitch,
                float(np.clip(velocity, 0.05, 1.0)),
                bend,
            )
        )
    return notes


def _swell(section: Section, event: Event) -> float:
    """A build grows louder, an outro softer."""
    share = (event.beat - section.start_beat) / section.beats
    if section.kind == "build":
        return 0.6 + 0.4 * share
    if section.kind == "outro":
        return 1 - 0.4 * share
    return 1.0
