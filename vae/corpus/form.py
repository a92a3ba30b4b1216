"""The sections of a song: how it builds up, rests and ends."""

from dataclasses import dataclass

import numpy as np

FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    "song": (
        ("intro", 4),
        ("verse", 8),
        ("chorus", 8),
        ("verse", 8),
        ("chorus", 8),
        ("bridge", 8),
        ("chorus", 8),
        ("outro", 4),
    ),
    "build": (
        ("intro", 8),
        ("verse", 8),
        ("build", 4),
        ("chorus", 16),
        ("break", 8),
        ("build", 4),
        ("chorus", 16),
        ("outro", 8),
    ),
    "aaba": (("verse", 8), ("verse", 8), ("bridge", 8), ("verse", 8)),
    "rondo": (
        ("chorus", 8),
        ("verse", 8),
        ("chorus", 8),
        ("bridge", 8),
        ("chorus", 8),
    ),
    "arch": (
        ("intro", 8),
        ("verse", 8),
        ("build", 8),
        ("chorus", 8),
        ("break", 8),
        ("outro", 8),
    ),
    "loop": (("verse", 8), ("chorus", 8)),
    "still": (("verse", 16), ("verse", 16)),
}
SHORTEST_BARS = 3  # of what is left for a last section; else the one before goes on
INTENSITIES = {
    "intro": 0.35,
    "verse": 0.55,
    "build": 0.65,
    "chorus": 0.9,
    "bridge": 0.5,
    "break": 0.22,
    "outro": 0.3,
}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A section before it has its place in time."""

    kind: str
    bars: int
    intensity: float  # 0 to 1
    transposed: int  # semitones


def draw_form(
    rng: np.random.Generator, *, bars: int, contrast: float, form: str
) -> list[Plan]:
    """Sections that fill some bars, the last one shortened to fit.

    Parameters
    ----------
    rng : Generator
    bars : int
        In the whole song.
    contrast : float
        0 where all sections are equally intense, 1 for the widest difference.
    form : str
        A key of `FORMS`.
    """
    sections = FORMS[form]
    total = sum(length for _, length in sections)
    # A quick song has room for longer sections, a slow one only for shorter ones.
    stretch = 2 if bars >= 1.8 * total else 1
    while sum(length for _, length in sections) // 2 >= bars and stretch == 1:
        sections = tuple((kind, max(2, length // 2)) for kind, length in sections)
        if all(length == 2 for _, length in sections):
            break
    plans: list[Plan] = []
    left = bars
    turn = 0
    lift = int(rng.choice((1, 2, 3, -3, 5))) if rng.random() < 0.2 else 0
    while left > 0:
        kind, length = sections[_place(sections, turn)]
        length = min(left, length * stretch)
        if left - length < SHORTEST_BARS:
            length = left
        wave = INTENSITIES[kind] + 0.08 * float(rng.standard_normal())
        if kind in {"verse", "chorus"} and turn < len(sections) // 2:
            wave -= 0.1
        intensity = float(np.clip(0.6 + contrast * (wave - 0.6), 0.05, 1.0))
        moved = lift if turn >= len(sections) - 2 else 0
        plans.append(
            Plan(kind=kind, bars=length, intensity=intensity, transposed=moved)
        )
        left -= length
        turn += 1
    return plans


def _place(sections: tuple[tuple[str, int], ...], turn: int) -> int:
    """Which section comes at this turn: a form that begins again has no intro."""
    if turn < len(sections):
        return turn
    kinds = [kind for kind, _ in sections]
    again = [place for place, kind in enumerate(kinds) if kind not in {"intro"}]
    return again[(turn - len(sections)) % len(again)]
