"""Scales, chords and how one chord moves to the next.

Pitches are MIDI note numbers (60 is middle C, 69 is 440 Hz), pitch classes are pitches
modulo 12, degrees count the notes of a scale from 0.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

MODES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "phrygian dominant": (0, 1, 4, 5, 7, 8, 10),
}
PENTATONIC_DEGREES = {True: (0, 1, 2, 4, 5), False: (0, 2, 3, 4, 6)}  # major third?
KEYS = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

# Where a degree may go next: tonic, subdominant and dominant in turn.
FUNCTIONAL: dict[int, tuple[int, ...]] = {
    0: (3, 4, 5, 1, 5, 3, 2),
    1: (4, 4, 6, 3),
    2: (5, 3, 5),
    3: (4, 1, 0, 4, 6),
    4: (0, 0, 5, 3),
    5: (1, 3, 4, 2, 3),
    6: (0, 0, 5, 2),
}


@dataclass(frozen=True, kw_only=True)
class Chord:
    """A root and the pitch classes above it."""

    degree: int  # 0 to 6
    root: int  # pitch class
    pitch_classes: tuple[int, ...]  # root first

    def moved(self, semitones: int) -> "Chord":
        """The same chord in another key."""
        return Chord(
            degree=self.degree,
            root=(self.root + semitones) % 12,
            pitch_classes=tuple((p + semitones) % 12 for p in self.pitch_classes),
        )


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A tonic and a mode."""

    tonic: int  # pitch class
    mode: str

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """The seven, from the tonic up."""
        return tuple((self.tonic + step) % 12 for step in MODES[self.mode])

    @property
    def minor(self) -> bool:
        """The third above the tonic is a minor one."""
        return MODES[self.mode][2] == 3

    def pentatonic(self) -> tuple[int, ...]:
        """Its five notes that clash least."""
        return tuple(
            self.pitch_classes[degree] for degree in PENTATONIC_DEGREES[not self.minor]
        )

    def chord(self, degree: int, kind: str) -> Chord:
        """The chord on a degree.

        Parameters
        ----------
        degree : int
            Any; 7 is the tonic again.
        kind : str
            "triad", "seventh", "ninth" (without the fifth), "sus" or "power". The
            fifth degree of a minor mode gets its leading tone.
        """
        steps = {
            "triad": (0, 2, 4),
            "seventh": (0, 2, 4, 6),
            "ninth": (0, 2, 6, 8),
            "sus": (0, 3, 4),
            "power": (0, 4),
        }[kind]
        degree %= 7
        notes = [self.pitch_classes[(degree + step) % 7] for step in steps]
        leading = (self.tonic + 11) % 12
        if degree == 4 and self.mode == "minor" and 2 in steps:
            notes[1] = leading
        return Chord(degree=degree, root=notes[0], pitch_classes=tuple(notes))


def functional_progression(rng: np.random.Generator, length: int) -> tuple[int, ...]:
    """Degrees from the tonic to a dominant or subdominant that leads back to it."""
    degrees = [0]
    while len(degrees) < length:
        degrees.append(int(rng.choice(FUNCTIONAL[degrees[-1]])))
    if length > 2:
        degrees[-1] = int(rng.choice((4, 4, 4, 6, 3)))
    return tuple(degrees)


def voicings(chord: Chord, voices: int, low: int, high: int) -> list[tuple[int, ...]]:
    """Every close and dropped position between two pitches, ascending."""
    found: list[tuple[int, ...]] = []
    classes = sorted(set(chord.pitch_classes))
    for bottom in range(low, high):
        if bottom % 12 not in classes:
            continue
        stack = [bottom]
        while len(stack) < voices:
            above = stack[-1] + 1
            while above % 12 not in classes:
                above += 1
            stack.append(above)
        if stack[-1] <= high:
            found.append(tuple(stack))
        if voices >= 4:
            dropped = tuple(sorted([*stack[:-2], stack[-2] - 12, stack[-1]]))
            if dropped[0] >= low and dropped[-1] <= high:
                found.append(dropped)
    return found


def lead(
    chords: list[Chord], *, voices: int, low: int, high: int
) -> list[tuple[int, ...]]:
    """Voicings of chords in a row, each as near to the one before it as can be."""
    middle = (low + high) / 2
    placed: list[tuple[int, ...]] = []
    for chord in chords:
        options = voicings(chord, voices, low, high)
        before = placed[-1] if placed else None
        placed.append(
            min(options, key=lambda option: _distance(option, before, middle))
        )
    return placed


def _distance(
    option: tuple[int, ...], before: tuple[int, ...] | None, middle: float
) -> float:
    off_centre = abs(sum(option) / len(option) - middle)
    crowding = sum(b - a < 2 for a, b in pairwise(option))
    if before is None:
        return off_centre + crowding
    moves = [abs(a - b) for a, b in zip(option, before, strict=True)]
    return sum(moves) + max(moves) + 0.2 * off_centre + crowding
