"""Melodies: a motif, its repeats and answers, and its return.

A theme is made once for each kind of section and comes back with it.
"""

from dataclasses import dataclass

import numpy as np

from vae.corpus.score import ChordSpan
from vae.corpus.theory import Chord

# Rhythms that fill one or two beats, from calm to busy; negative lengths are rests.
CELLS: tuple[tuple[float, ...], ...] = (
    (2.0,),
    (-1.0, 1.0),
    (1.5, 0.5),
    (1.0,),
    (-0.5, 0.5),
    (0.75, 0.25),
    (0.5, 0.5),
    (0.5, 0.25, 0.25),
    (0.25, 0.25, 0.5),
    (0.25, 0.25, 0.25, 0.25),
)
TRIPLET = (1 / 3, 1 / 3, 1 / 3)
PLANS = ("aabc", "abac", "aaab", "abab", "aabb", "abcb")
STEPS = (-4, -3, -2, -1, 0, 1, 2, 3, 4)
STEP_ODDS = (0.02, 0.04, 0.13, 0.28, 0.08, 0.26, 0.12, 0.05, 0.02)


@dataclass(frozen=True, kw_only=True)
class Motif:
    """A rhythm and a contour."""

    starts: tuple[float, ...]  # beats
    lengths: tuple[float, ...]  # beats
    contour: tuple[int, ...]  # scale steps from the motif's first note


@dataclass(frozen=True, slots=True)
class Event:
    """A note before it has its place in time: beats instead of seconds."""

    beat: float
    beats: float
    pitch: int
    velocity: float


def draw_motif(
    rng: np.random.Generator, beats: float, busyness: float, *, triplets: bool
) -> Motif:
    """A motif that fills some beats; busyness is 0 to 1."""
    starts: list[float] = []
    lengths: list[float] = []
    now = 0.0
    centre = busyness * (len(CELLS) - 1)
    odds = np.exp(-(((np.arange(len(CELLS)) - centre) / 2.2) ** 2))
    while now < beats - 1e-6:
        fits = [sum(map(abs, cell)) <= beats - now + 1e-6 for cell in CELLS]
        weights = odds * fits
        if weights.sum() == 0:
            break
        cell = CELLS[int(rng.choice(len(CELLS), p=weights / weights.sum()))]
        if triplets and sum(map(abs, cell)) == 1 and rng.random() < 0.35:
            cell = TRIPLET
        for length in cell:
            if length > 0:
                starts.append(now)
                lengths.append(length)
            now += abs(length)
    if not starts:
        starts, lengths = [0.0], [min(2.0, beats)]
    moves = rng.choice(STEPS, size=len(starts), p=STEP_ODDS)
    contour = [0]
    for move in moves[1:]:
        place = contour[-1] + int(move)
        contour.append(place if abs(place) <= 6 else contour[-1] - int(move))
    return Motif(starts=tuple(starts), lengths=tuple(lengths), contour=tuple(contour))


@dataclass(frozen=True, kw_only=True)
class Theme:
    """Motifs and the plan by which they follow one another."""

    motifs: dict[str, Motif]
    plan: str
    beats: float  # of each motif
    shifts: tuple[int, ...]  # scale steps, one for each letter of the plan
    first: int  # scale steps from the middle of the range


def draw_theme(
    rng: np.random.Generator, *, bar_beats: int, busyness: float, triplets: bool
) -> Theme:
    """A theme of four motifs, each one or two bars long."""
    bars = int(rng.choice((1, 2, 2)))
    plan = str(rng.choice(PLANS))
    beats = float(bars * bar_beats)
    motifs = {
        letter: draw_motif(rng, beats, busyness, triplets=triplets)
        for letter in sorted(set(plan))
    }
    shifts = tuple(int(rng.choice((0, 0, 0, 1, -1, 2, -2))) for _ in plan)
    first = int(rng.integers(-3, 4))
    return Theme(motifs=motifs, plan=plan, beats=beats, shifts=shifts, first=first)


def sing(
    theme: Theme,
    *,
    start_beat: float,
    beats: float,
    spans: list[ChordSpan],
    classes: tuple[int, ...],
    low: int,
    high: int,
) -> list[Event]:
    """The theme over a stretch of chords, again and again until it is full.

    Strong beats take a note of the chord; the last note of each round rests on one.

    Parameters
    ----------
    theme : Theme
    start_beat, beats : float
        The stretch.
    spans : list of ChordSpan
        That cover it.
    classes : tuple of int
        The pitch classes that may be sung.
    low, high : int
        Pitches that are not gone beyond.
    """
    ladder = [p for p in range(low, high + 1) if p % 12 in classes]
    middle = len(ladder) // 2
    events: list[Event] = []
    for turn in range(int(np.ceil(beats / theme.beats))):
        letter = turn % len(theme.plan)
        motif = theme.motifs[theme.plan[letter]]
        base = middle + theme.first + theme.shifts[letter]
        last = letter == len(theme.plan) - 1
        offset = turn * theme.beats
        for place, (start, length, step) in enumerate(
            zip(motif.starts, motif.lengths, motif.contour, strict=True)
        ):
            beat = offset + start
            if beat >= beats - 1e-6:
                break
            pitch = ladder[_folded(base + step, len(ladder))]
            chord = chord_at(spans, start_beat + beat)
            final = last and place == len(motif.starts) - 1
            if final or (start % 1 < 1e-6 and (start % 2 < 1e-6 or length >= 1)):
                pitch = nearest(pitch, chord.pitch_classes, low, high)
            accent = 0.1 if start % 2 < 1e-6 else 0.0
            events.append(
                Event(
                    beat=start_beat + beat,
                    beats=min(length, beats - beat),
                    pitch=pitch,
                    velocity=0.72 + accent,
                )
            )
    return events


def chord_at(spans: list[ChordSpan], beat: float) -> Chord:
    """The chord that sounds at a beat."""
    found = spans[0]
    for span in spans:
        if span.start_beat > beat + 1e-6:
            break
        found = span
    return found.chord


def nearest(pitch: int, classes: tuple[int, ...], low: int, high: int) -> int:
    """The nearest pitch of some classes between two pitches."""
    options = [p for p in range(low, high + 1) if p % 12 in classes]
    return min(options, key=lambda option: (abs(option - pitch), option))


def _folded(place: int, size: int) -> int:
    """A place reflected at both ends until it lies inside."""
    span = 2 * (size - 1)
    place %= span
    return place if place < size else span - place
