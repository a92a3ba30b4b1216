"""How often each song is drawn for training.

Letters: N songs.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae.config import Balance
from vae.dataset import SongImage


def shares(
    songs: Sequence[SongImage], folders: Sequence[Path], balance: Balance
) -> NDArray[np.float64]:
    """The probability of each song, (N,) float64 of sum 1.

    Parameters
    ----------
    songs : sequence of SongImage
    folders : sequence of Path
        What was asked to be trained on.
    balance : {"songs", "folders"}
        By `songs`, a song is drawn as often as it is long. By `folders`, that holds
        within each folder, and every folder is drawn as often as any other: a few
        recordings stand up to many rendered songs.
    """
    weights = np.array([song.frames for song in songs], dtype=np.float64)
    if balance == "folders":
        homes = np.array([_home(song.path, folders) for song in songs])
        for home in np.unique(homes):
            weights[homes == home] /= weights[homes == home].sum()
    shared: NDArray[np.float64] = weights / weights.sum()
    return shared


def _home(path: Path, folders: Sequence[Path]) -> int:
    """The number of the first folder that a file lies in."""
    for number, folder in enumerate(folders):
        if path.is_relative_to(folder.resolve()):
            return number
    return len(folders)
