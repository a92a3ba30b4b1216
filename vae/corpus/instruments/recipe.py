"""What a recipe is, and what recipes share.

A recipe takes a generator and the song's brightness, 0 to 1, and gives a voice. Two
songs with a piano have two different pianos.
"""

from collections.abc import Callable

import numpy as np

from vae.corpus.envelope import Envelope
from vae.corpus.styles import between
from vae.corpus.voice import Voice

Random = np.random.Generator
Recipe = Callable[[Random, float], Voice]


def cutoff_of(rng: Random, brightness: float, low: float, high: float) -> float:
    """Octaves above 100 Hz, brighter for brighter songs, unevenly."""
    share = np.clip(brightness + 0.22 * rng.standard_normal(), 0, 1)
    return float(low + (high - low) * share)


def held(rng: Random, attack: float, release: float, sustain: float = 0.8) -> Envelope:
    """The envelope of something held, its times in seconds drawn around these."""
    return Envelope(
        attack_s=attack * float(rng.uniform(0.5, 2)),
        decay_s=between(rng, (0.1, 0.6)),
        sustain=float(np.clip(sustain + 0.15 * rng.standard_normal(), 0.15, 1)),
        release_s=release * float(rng.uniform(0.6, 1.8)),
    )
