"""What plays beneath a melody: bass lines, chords, arpeggios, pads."""

from collections.abc import Callable

import numpy as np

from vae.corpus.melody import Event, nearest
from vae.corpus.score import ChordSpan

# Onsets and lengths in beats, repeated; a bar of any meter cuts them off.
STRUMS: dict[str, tuple[tuple[float, float], ...]] = {
    "whole": ((0, 4),),
    "half": ((0, 2), (2, 2)),
    "quarter": ((0, 0.9), (1, 0.9), (2, 0.9), (3, 0.9)),
    "eighth": tuple((0.5 * n, 0.45) for n in range(8)),
    "chug": tuple((0.25 * n, 0.2) for n in (0, 2, 3, 4, 6, 7, 8, 10, 11, 12, 14, 15)),
    "gate": tuple((0.25 * n, 0.14) for n in range(16)),
    "offbeat": ((0.5, 0.3), (1.5, 0.3), (2.5, 0.3), (3.5, 0.3)),
    "charleston": ((0, 1.2), (1.5, 0.4)),
    "anticipated": ((0, 0.5), (1.5, 0.7), (2.5, 0.5), (3.5, 0.5)),
    "folk": ((0, 0.9), (1, 0.45), (1.5, 0.45), (2.5, 0.45), (3, 0.45), (3.5, 0.45)),
    "oompah": ((1, 0.6), (2, 0.6)),
    "stab": ((0, 0.25), (0.75, 0.25), (1.5, 0.25), (2.5, 0.25), (3.25, 0.25)),
    "tresillo": ((0, 0.7), (1.5, 0.7), (3, 0.7)),
}
ARPEGGIOS = ("up", "down", "updown", "alberti", "random", "wide")


def strummed(
    rng: np.random.Generator,
    spans: list[ChordSpan],
    voiced: list[tuple[int, ...]],
    pattern: str,
    *,
    meter: int,
    spread: float,
) -> list[Event]:
    """Whole chords in a rhythm; `spread` is the beats from lowest to highest string."""
    events = []
    for span, pitches in zip(spans, voiced, strict=True):
        for onset, length in _onsets(STRUMS[pattern], span, meter):
            up = spread > 0 and onset % 1 > 0.4
            order = pitches[::-1] if up else pitches
            accent = 0.08 if onset % 2 == 0 else 0.0
            for place, pitch in enumerate(order):
                late = spread * place / max(1, len(order) - 1)
                velocity = 0.62 + accent - 0.1 * up + 0.04 * rng.standard_normal()
                events.append(Event(onset + late, length, pitch, velocity))
    return events


def held(spans: list[ChordSpan], voiced: list[tuple[int, ...]]) -> list[Event]:
    """Chords that last until the next; a voice that stays is not struck again."""
    events: list[Event] = []
    sounding: dict[int, tuple[float, float]] = {}
    for span, pitches in zip(spans, voiced, strict=True):
        end = span.start_beat + span.beats
        for pitch in list(sounding):
            begun, until = sounding[pitch]
            if pitch not in pitches or until < span.start_beat - 1e-6:
                events.append(Event(begun, until - begun, pitch, 0.6))
                del sounding[pitch]
        for pitch in pitches:
            begun = sounding[pitch][0] if pitch in sounding else span.start_beat
            sounding[pitch] = (begun, end)
    for pitch, (begun, until) in sounding.items():
        events.append(Event(begun, until - begun, pitch, 0.6))
    return sorted(events, key=lambda event: event.beat)


def broken(
    rng: np.random.Generator,
    spans: list[ChordSpan],
    voiced: list[tuple[int, ...]],
    shape: str,
    *,
    step: float,
    octaves: int,
) -> list[Event]:
    """Chords one note after another, each `step` beats."""
    events = []
    for span, pitches in zip(spans, voiced, strict=True):
        ladder = [p + 12 * octave for octave in range(octaves) for p in pitches]
        order = _order(rng, ladder, shape)
        count = max(1, round(span.beats / step))
        for n in range(count):
            accent = 0.12 if n % 4 == 0 else 0.0
            beat = span.start_beat + n * step
            length = min(step, span.start_beat + span.beats - beat)
            events.append(Event(beat, length, order[n % len(order)], 0.6 + accent))
    return events


def _order(rng: np.random.Generator, ladder: list[int], shape: str) -> list[int]:
    up = sorted(ladder)
    if shape == "down":
        return up[::-1]
    if shape == "updown":
        return up + up[-2:0:-1]
    if shape == "alberti":
        return [up[0], up[-1], up[len(up) // 2], up[-1]]
    if shape == "random":
        return [int(p) for p in rng.choice(up, size=8)]
    if shape == "wide":
        return [up[0], up[len(up) // 2], up[-1], up[0] + 12, up[-1], up[len(up) // 2]]
    return up


Walk = Callable[[np.random.Generator, ChordSpan, int, int, int], list[Event]]


def bass_line(
    rng: np.random.Generator,
    spans: list[ChordSpan],
    style: str,
    *,
    low: int,
    meter: int,
) -> list[Event]:
    """A bass under the chords.

    Parameters
    ----------
    rng : Generator
    spans : list of ChordSpan
    style : str
        A key of `BASSES`.
    low : int
        The lowest pitch; the line keeps within an octave and a half of it.
    meter : int
        Beats a bar.
    """
    events = []
    for place, span in enumerate(spans):
        root = low + (span.chord.root - low) % 12
        following = spans[min(place + 1, len(spans) - 1)].chord.root
        target = low + (following - low) % 12
        events += BASSES[style](rng, span, root, target, meter)
    return events


def _fifth(span: ChordSpan, root: int) -> int:
    tones = span.chord.pitch_classes
    fifth = tones[2] if len(tones) > 2 else tones[-1]
    return root + (fifth - root) % 12


def _pattern(steps: tuple[tuple[float, float, str], ...]) -> Walk:
    """A bass of onsets, lengths and tones: r root, f fifth, o octave above."""

    def walk(
        rng: np.random.Generator, span: ChordSpan, root: int, _target: int, meter: int
    ) -> list[Event]:
        tones = {"r": root, "f": _fifth(span, root), "o": root + 12}
        rhythm = tuple((onset, length) for onset, length, _ in steps)
        names = [name for _, _, name in steps]
        found = _onsets(rhythm, span, meter)
        return [
            Event(
                onset,
                length,
                tones[names[_place(rhythm, onset - span.start_beat, meter)]],
                0.78 + 0.04 * float(rng.standard_normal()),
            )
            for onset, length in found
        ]

    return walk


def _place(rhythm: tuple[tuple[float, float], ...], beat: float, meter: int) -> int:
    within = beat % min(4, meter) if meter < 4 else beat % 4
    return min(
        range(len(rhythm)), key=lambda n: (abs(rhythm[n][0] - within), rhythm[n][0])
    )


def _walking(
    rng: np.random.Generator, span: ChordSpan, root: int, target: int, _meter: int
) -> list[Event]:
    """A note each beat that reaches the next root by step."""
    count = max(1, round(span.beats))
    tones = span.chord.pitch_classes
    events = []
    pitch = root
    for n in range(count):
        if n == 0:
            pitch = root
        elif n == count - 1:
            pitch = target + int(rng.choice((-1, 1)))
        else:
            wanted = root + round((target - root) * n / count) + int(rng.choice((3, 5)))
            pitch = nearest(wanted, tones, root - 6, root + 14)
        events.append(Event(span.start_beat + n, 0.92, pitch, 0.75))
    return events


BASSES: dict[str, Walk] = {
    "whole": _pattern(((0, 4, "r"),)),
    "half": _pattern(((0, 1.9, "r"), (2, 1.9, "f"))),
    "quarter": _pattern(((0, 0.9, "r"), (1, 0.9, "r"), (2, 0.9, "f"), (3, 0.9, "r"))),
    "eighth": _pattern(tuple((0.5 * n, 0.45, "r") for n in range(8))),
    "octave": _pattern(tuple((0.5 * n, 0.4, "ro"[n % 2]) for n in range(8))),
    "gallop": _pattern(
        tuple((n + d, 0.22, "r") for n in range(4) for d in (0, 0.5, 0.75))
    ),
    "offbeat": _pattern(tuple((n + 0.5, 0.4, "r") for n in range(4))),
    "syncopated": _pattern(
        (
            (0, 0.7, "r"),
            (0.75, 0.2, "r"),
            (1.5, 0.4, "o"),
            (2.5, 0.4, "f"),
            (3, 0.4, "r"),
        )
    ),
    "bossa": _pattern(((0, 1.4, "r"), (1.5, 0.4, "f"), (2, 1.4, "f"), (3.5, 0.4, "r"))),
    "bounce": _pattern(tuple((0.5 * n, 0.4, "rofororo"[n]) for n in range(8))),
    "oom": _pattern(((0, 0.9, "r"),)),
    "sixteenth": _pattern(tuple((0.25 * n, 0.2, "rrro"[n % 4]) for n in range(16))),
    "sub": _pattern(((0, 1.6, "r"), (2.5, 1.2, "r"))),
    "walking": _walking,
}


def _onsets(
    rhythm: tuple[tuple[float, float], ...], span: ChordSpan, meter: int
) -> list[tuple[float, float]]:
    """A rhythm repeated each bar, cut off where the chord ends."""
    period = min(meter, 4) if meter < 4 else 4
    end = span.start_beat + span.beats
    found = []
    bar = 0
    while span.start_beat + bar * period < end - 1e-6:
        for onset, length in rhythm:
            beat = span.start_beat + bar * period + onset
            if onset < period and beat < end - 1e-6:
                found.append((beat, min(length, end - beat)))
        bar += 1
    return found
