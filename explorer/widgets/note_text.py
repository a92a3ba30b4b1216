"""Frequencies as notes."""

import math

NAMES = ("C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B")
A4_HZ = 440.0
A4 = 57  # semitones above C0
LOWEST_HZ = 16.0  # below it, no note


def note_text(hz: float) -> str:
    """The nearest note in equal temperament, A4; "" below the lowest octave."""
    if hz < LOWEST_HZ:
        return ""
    semitones = round(A4 + 12 * math.log2(hz / A4_HZ))
    return f"{NAMES[semitones % 12]}{semitones // 12}"
