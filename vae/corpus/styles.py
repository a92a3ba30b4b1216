"""Styles: what each kind of music tends to do, in tables to draw from."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

Value = TypeVar("Value")
Range = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Style:
    """Ranges and choices; a choice named twice is twice as likely."""

    name: str
    tempo: Range  # beats a minute
    meters: tuple[int, ...] = (4,)
    swing: Range = (0.0, 0.0)
    swing_unit: float = 0.5  # beats
    modes: tuple[str, ...] = ("major", "minor")
    progressions: tuple[tuple[int, ...], ...] = ()  # functional where empty
    functional: float = 0.3  # odds of a functional one all the same
    chord_bars: tuple[float, ...] = (1.0,)
    chord_kinds: tuple[str, ...] = ("triad",)
    melody: tuple[str, ...]  # timbres, as in `timbres.TIMBRES`
    counter: tuple[str, ...] = ()
    chords: tuple[str, ...] = ()
    arpeggio: tuple[str, ...] = ()
    pad: tuple[str, ...] = ()
    bass: tuple[str, ...] = ()
    kits: tuple[str, ...] = ()
    grooves: tuple[str, ...] = ()
    strums: tuple[str, ...] = ("whole", "half")
    basses: tuple[str, ...] = ("whole", "half")
    step: tuple[float, ...] = (0.25, 0.5)  # beats, of arpeggios
    busyness: Range = (0.2, 0.7)  # of the melody
    pentatonic: float = 0.3  # odds that the melody is
    drive: Range = (0.0, 0.0)  # distortion of the chords
    pump: Range = (0.0, 0.0)
    drummed: float = 1.0  # share of songs that have drums of those that could
    effects: float = 0.1  # odds of risers and booms
    humanity: Range = (0.2, 0.8)
    drift: Range = (0.0, 0.3)
    room_s: Range = (0.5, 2.0)
    wet: Range = (0.1, 0.4)
    contrast: Range = (0.4, 1.0)
    level_db: Range = (-22.0, -12.0)
    always: tuple[str, ...] = ()  # roles that no song goes without
    weight: float = 1.0


def between(rng: np.random.Generator, bounds: Range) -> float:
    """Uniform between two bounds."""
    return float(rng.uniform(*bounds))


def one_of(rng: np.random.Generator, options: tuple[Value, ...]) -> Value:
    """Any of some options."""
    return options[int(rng.integers(len(options)))]
