"""The model that a run leaves: its best weights, and what they make of its songs."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from vae.checkpoint import Checkpoint, TrainingSong
from vae.codec import Belief, Codec
from vae.dataset import SongImage
from vae.latents.basis import fit_basis
from vae.network.latent_units import rescale
from vae.training.journal import Journal
from vae.training.travelling import travelling


def outcome(
    best: Checkpoint,
    songs: Sequence[SongImage],
    *,
    folders: Sequence[Path],
    title: str,
    journal: Journal,
) -> Checkpoint:
    """The best weights, each latent in its own unit, with the basis of all songs.

    A latent's unit is its spread over the songs that were trained on: what the prior
    promises, a variance of 1, then holds for them, however hard β held it to that. The
    paths of some songs travel with the model.

    Parameters
    ----------
    best : Checkpoint
    songs : sequence of SongImage
        That were trained on.
    folders : sequence of Path
        That they were found in.
    title : str
    journal : Journal
        Told how far the encoding has come.
    """
    codec, beliefs = Codec(best), []
    for number, song in enumerate(songs, 1):
        beliefs.append(codec.belief(song.coefficients))
        journal.prepared("encoding songs", number, len(songs))
    spread = _spread(beliefs)
    model = best.model()
    rescale(model, torch.from_numpy(1 / spread))
    paths = [belief.path / spread for belief in beliefs]
    return replace(
        best,
        weights=model.state_dict(),
        basis=fit_basis(paths),
        songs=tuple(
            TrainingSong(title=songs[number].title, path=paths[number])
            for number in travelling(songs, folders)
        ),
        title=title,
    )


def _spread(beliefs: Sequence[Belief]) -> NDArray[np.float32]:
    """(L,) the standard deviation of each latent over all songs, as it is drawn."""
    paths = np.concatenate([belief.path for belief in beliefs])
    variances = np.concatenate([belief.variance for belief in beliefs])
    spread: NDArray[np.float32] = np.sqrt(paths.var(axis=0) + variances.mean(axis=0))
    return spread
