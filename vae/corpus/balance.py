"""Where each part sits in the mix: gain, pan, doubling, effects."""

from dataclasses import replace

import numpy as np

from vae.corpus.kits import DRUMS
from vae.corpus.score import Knobs, Note, Part
from vae.corpus.styles import Style, between

METALS = frozenset(
    DRUMS.index(name)
    for name in ("hat", "open", "foot", "ride", "crash", "shaker", "tambourine")
)
GUITARS = frozenset({"electric guitar", "lead guitar", "muted guitar"})
LAYERED = frozenset({"strings", "saw pad", "soft pad", "glass pad", "choir", "brass"})
SWEPT = frozenset({"pad", "chords", "arpeggio", "bass"})
GAINS_DB = {
    "melody": -2.0,
    "counter": -7.0,
    "chords": -7.0,
    "arpeggio": -8.0,
    "pad": -9.0,
    "bass": -4.0,
    "drums": -3.0,
    "effects": -12.0,
    "texture": -20.0,
}


def seated(
    rng: np.random.Generator,
    role: str,
    timbre: str,
    notes: list[Note],
    *,
    style: Style,
    knobs: Knobs,
    beat_s: float,
) -> list[Part]:
    """One part, or two where cymbals stand apart from drums."""
    gain_db = GAINS_DB[role] + 2.0 * float(rng.standard_normal())
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
        sweep_s=between(rng, (8, 60)) if role in SWEPT and rng.random() < 0.12 else 0.0,
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
