"""Drum kits to draw from: every song has its own."""

from dataclasses import dataclass

import numpy as np

from vae.corpus.kits import DRUMS, Blow, Kit
from vae.corpus.styles import Range, between


@dataclass(frozen=True, kw_only=True)
class Character:
    """How a kind of kit differs from others."""

    kick_hz: Range
    kick_s: Range  # ring
    snare_hz: Range
    snare_noise: Range
    snare_s: Range
    metal: Range  # cymbals: clashing tones against noise
    low_hz: float  # of the hi-hats' noise
    crush: Range = (0.0, 0.0)


CHARACTERS = {
    "acoustic": Character(
        kick_hz=(36, 75),
        kick_s=(0.08, 0.2),
        snare_hz=(160, 240),
        snare_noise=(0.5, 1.2),
        snare_s=(0.08, 0.2),
        metal=(0.0, 0.3),
        low_hz=4000,
    ),
    "jazz": Character(
        kick_hz=(60, 90),
        kick_s=(0.08, 0.18),
        snare_hz=(170, 260),
        snare_noise=(0.3, 0.8),
        snare_s=(0.06, 0.15),
        metal=(0.1, 0.4),
        low_hz=2500,
    ),
    "808": Character(
        kick_hz=(28, 55),
        kick_s=(0.25, 0.9),
        snare_hz=(150, 230),
        snare_noise=(0.4, 0.9),
        snare_s=(0.06, 0.18),
        metal=(0.5, 1.0),
        low_hz=6000,
    ),
    "909": Character(
        kick_hz=(36, 60),
        kick_s=(0.12, 0.35),
        snare_hz=(160, 220),
        snare_noise=(0.8, 1.4),
        snare_s=(0.08, 0.2),
        metal=(0.3, 0.7),
        low_hz=5000,
    ),
    "lo-fi": Character(
        kick_hz=(45, 70),
        kick_s=(0.1, 0.25),
        snare_hz=(150, 260),
        snare_noise=(0.4, 0.9),
        snare_s=(0.06, 0.15),
        metal=(0.0, 0.3),
        low_hz=2000,
        crush=(0.1, 0.5),
    ),
    "chip": Character(
        kick_hz=(60, 110),
        kick_s=(0.04, 0.12),
        snare_hz=(0, 0),
        snare_noise=(1.0, 1.8),
        snare_s=(0.04, 0.12),
        metal=(0.0, 0.0),
        low_hz=1500,
        crush=(0.3, 0.9),
    ),
    "orchestral": Character(
        kick_hz=(40, 60),
        kick_s=(0.2, 0.5),
        snare_hz=(170, 230),
        snare_noise=(0.7, 1.3),
        snare_s=(0.08, 0.2),
        metal=(0.0, 0.2),
        low_hz=2500,
    ),
}


def draw_kit(
    rng: np.random.Generator, name: str, brightness: float, noisiness: float
) -> Kit:
    """A kit of its kind, one of `CHARACTERS`."""
    kind = CHARACTERS[name]
    metal = between(rng, kind.metal)
    low_hz = kind.low_hz * float(2 ** rng.uniform(-3, 0.4)) * (0.6 + 0.8 * brightness)
    high_hz = 20_000 if name != "lo-fi" else between(rng, (4000, 9000))
    blows = (
        _skins(rng, kind, 0.3 + 2.0 * noisiness)
        | _metals(rng, 0.4 + 1.6 * noisiness, metal, low_hz, high_hz)
        | _hands(rng)
    )
    return Kit(
        blows=tuple(blows[drum] for drum in DRUMS), crush=between(rng, kind.crush)
    )


def _skins(rng: np.random.Generator, kind: Character, wires: float) -> dict[str, Blow]:
    kick_hz = between(rng, kind.kick_hz)
    snare_hz = between(rng, kind.snare_hz)
    snare_s = between(rng, kind.snare_s)
    tom_hz = between(rng, (110, 190))
    ring_s = between(rng, (0.12, 0.35))
    timpani_hz = between(rng, (70, 130))
    return {
        "kick": Blow(
            hz=kick_hz,
            from_hz=kick_hz * between(rng, (2, 6)),
            fall_s=between(rng, (0.012, 0.05)),
            ring_s=between(rng, kind.kick_s),
            thump=between(rng, (0, 0.8)) if rng.random() < 0.6 else 0.0,
            noise=between(rng, (0, 0.3)),
            high_hz=2500,
            noise_s=0.008,
        ),
        "snare": Blow(
            hz=snare_hz,
            from_hz=snare_hz * 1.5,
            fall_s=0.015,
            ring_s=between(rng, (0.04, 0.12)),
            body=between(rng, (0.3, 0.8)),
            overtone=between(rng, (0, 0.7)),
            noise=wires * between(rng, kind.snare_noise),
            low_hz=between(rng, (100, 900)),
            high_hz=between(rng, (5000, 12000)),
            noise_s=snare_s,
        ),
        "tom": Blow(
            hz=tom_hz, from_hz=1.4 * tom_hz, ring_s=ring_s, overtone=0.3, noise=0.1
        ),
        "low tom": Blow(
            hz=0.65 * tom_hz,
            from_hz=0.95 * tom_hz,
            ring_s=1.3 * ring_s,
            overtone=0.3,
            noise=0.1,
        ),
        "bass drum": Blow(
            hz=between(rng, (35, 65)),
            from_hz=95,
            fall_s=0.05,
            ring_s=between(rng, (0.25, 0.7)),
            overtone=0.4,
            noise=0.15,
            high_hz=900,
        ),
        "timpani": Blow(
            hz=timpani_hz,
            from_hz=1.06 * timpani_hz,
            ring_s=between(rng, (0.4, 0.9)),
            overtone=0.6,
            noise=0.1,
            high_hz=1200,
        ),
    }


def _metals(
    rng: np.random.Generator, loud: float, metal: float, low_hz: float, high_hz: float
) -> dict[str, Blow]:
    def plate(level: float, low: float, ring_s: Range) -> Blow:
        return Blow(
            noise=loud * level * (1 - metal),
            metal=1.2 * loud * level * metal,
            low_hz=low * low_hz,
            high_hz=high_hz,
            noise_s=between(rng, ring_s),
        )

    return {
        "hat": plate(0.5, 1.0, (0.015, 0.05)),
        "foot": plate(0.35, 1.0, (0.015, 0.04)),
        "open": plate(0.5, 0.9, (0.08, 0.3)),
        "ride": plate(0.35, 0.7, (0.2, 0.5)),
        "crash": plate(0.8, 0.3, (0.4, 0.9)),
        "shaker": plate(0.3, 0.9, (0.015, 0.04)),
        "tambourine": plate(0.4, 1.0, (0.04, 0.12)),
    }


def _hands(rng: np.random.Generator) -> dict[str, Blow]:
    conga_hz = between(rng, (180, 340))
    rim_hz = between(rng, (400, 1700))
    return {
        "clap": Blow(
            noise=between(rng, (0.8, 1.4)),
            low_hz=between(rng, (600, 1100)),
            high_hz=between(rng, (2500, 6000)),
            noise_s=between(rng, (0.04, 0.12)),
            claps=int(rng.integers(1, 5)),
        ),
        "rim": Blow(
            hz=rim_hz, from_hz=1.1 * rim_hz, ring_s=0.015, noise=0.4, noise_s=0.008
        ),
        "conga": Blow(
            hz=conga_hz, from_hz=1.15 * conga_hz, ring_s=0.09, noise=0.2, noise_s=0.01
        ),
    }
