"""The model that a run leaves: its best weights, and what they make of its songs."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from vae.checkpoint import Checkpoint, TrainingSong
from vae.codec import Codec
from vae.dataset import SongImage
from vae.latents.basis import fit_basis
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
    """The best weights with the basis of all training songs.

    The paths of some songs travel with the model.

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
    codec, encoded = Codec(best), []
    for number, song in enumerate(songs, 1):
        path = codec.encode_coefficients(song.coefficients)
        encoded.append(TrainingSong(title=song.title, path=path))
        journal.prepared("encoding songs", number, len(songs))
    return replace(
        best,
        basis=fit_basis([song.path for song in encoded]),
        songs=tuple(encoded[number] for number in travelling(songs, folders)),
        title=title,
    )
