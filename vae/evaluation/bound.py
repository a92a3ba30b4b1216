"""What a dictionary could hold: activations fitted to a song it never saw.

Itakura-Saito NMF (Févotte, Bertin and Durrieu 2009) with templates learned from the
training songs. No network stands between the song and the activations, so it bounds
from below what a dictionary network can reach with as many templates.

Letters: C channels, D = C·K, F frames, J templates, K kept coefficients.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vae.evaluation.reference import Reference
from vae.files import atomic_path
from vae.network.dictionary import POWER_FLOOR
from vae.network.nmf import fit_dictionary

TEMPLATES = 256
FRAMES = 8_000  # the templates are learned from
ROUNDS = 40
FITTING_ROUNDS = 40  # of the activations on one song

Floats = NDArray[np.float32]


def templates(
    reference: Reference, cache: Path, progress: Callable[[float], None]
) -> Tensor:
    """(J, D) float32, from the cache where the same songs were asked for before."""
    name = f"templates-{reference.key[:16]}-{TEMPLATES}-{FRAMES}-{ROUNDS}.npy"
    stored = cache / name
    if stored.exists():
        return torch.from_numpy(np.load(stored, allow_pickle=False))
    learned, _ = fit_dictionary(
        _random_frames(reference),
        templates=TEMPLATES,
        rounds=ROUNDS,
        seed=0,
        progress=progress,
    )
    with atomic_path(stored) as temporary:
        np.save(temporary, learned.numpy(), allow_pickle=False)
    return learned


def explained(power: Floats, learned: Tensor) -> Floats:
    """(C, F, K): the power (C, F, K) as activations times templates (J, D) give it."""
    channels, frames, kept = power.shape
    flat = torch.from_numpy(power).transpose(0, 1).reshape(frames, -1) + POWER_FLOOR
    level = flat.mean(dim=1, keepdim=True) / len(learned)
    h = level.expand(-1, len(learned)).contiguous()
    for _ in range(FITTING_ROUNDS):
        inverse = 1 / (h @ learned + POWER_FLOOR)
        weighted = flat * inverse.square()
        h = h * ((weighted @ learned.T) / (inverse @ learned.T)).sqrt()
    said = (h @ learned).view(frames, channels, kept).transpose(0, 1)
    return said.contiguous().numpy()


def _random_frames(reference: Reference) -> Tensor:
    """(n, D): an even share of each song's frames."""
    rng = np.random.default_rng(0)
    share = max(1, FRAMES // len(reference.songs))
    picked = []
    for song in reference.songs:
        rows = rng.choice(song.frames, size=min(share, song.frames), replace=False)
        frames = song.coefficients[:, np.sort(rows)].astype(np.float32)
        u = torch.from_numpy(frames / reference.scale)
        picked.append(u.square().transpose(0, 1).flatten(1))
    return torch.cat(picked)
