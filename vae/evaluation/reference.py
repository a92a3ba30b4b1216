"""The songs a model was trained on, as what the baselines learn from.

Letters: C channels, D numbers in a log image, F frames, K kept coefficients, N songs.
"""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae.config import TransformConfig
from vae.dataset import SongImage, corpus_statistics, load_dataset
from vae.evaluation.excerpts import Excerpt
from vae.progress import Told
from vae.search import find_files

MOST_SONGS = 256  # a larger corpus is represented by so many, drawn at random
SPARE = 3  # files drawn for each song wanted: not every file is one

Floats = NDArray[np.float32]


class Reference:
    """Training songs, and the corpus RMS of each coefficient.

    Attributes
    ----------
    songs : tuple of SongImage
    frames : int
        Of the excerpt of a song that stands for it: one image.
    scale : (K,) float32
    """

    def __init__(self, songs: Sequence[SongImage], frames: int) -> None:
        self.songs = tuple(songs)
        self.frames = frames
        self.scale, _ = corpus_statistics(self.songs)

    @cached_property
    def key(self) -> str:
        """SHA-256 in hexadecimal of all the songs' excerpts."""
        digest = hashlib.sha256(self.scale.tobytes())
        for number in range(len(self.songs)):
            digest.update(self.excerpt(number).key.encode())
        return digest.hexdigest()

    def excerpt(self, number: int) -> Excerpt:
        """The middle of one song."""
        return Excerpt.of(self.songs[number], self.frames)

    def power(self, number: int) -> Floats:
        """(C, F, K) float32 of one song, filled up to an image by repetition."""
        filled = self.excerpt(number).filled(self.frames)
        return np.asarray(np.square(filled / self.scale), dtype=np.float32)


def drawn_files(folders: Sequence[Path]) -> list[Path]:
    """The files below some folders, or a seeded draw of them where they are many.

    The folders themselves where there is no file at all, for `load_dataset` to say so.
    """
    files = list(find_files(folders).files)
    if len(files) > SPARE * MOST_SONGS:
        order = np.random.default_rng(0).permutation(len(files))
        files = [files[number] for number in sorted(order[: SPARE * MOST_SONGS])]
    return files or list(folders)


def load_reference(
    folders: Sequence[Path],
    transform: TransformConfig,
    *,
    frames: int,
    cache: Path | None,
    told: Told,
) -> Reference:
    """The songs below some folders, or a seeded draw of them where they are many.

    Raises
    ------
    DatasetError
        There is no song.
    """
    dataset = load_dataset(
        drawn_files(folders),
        transform,
        cache=cache,
        progress=lambda share: told("preparing the training songs", share),
    )
    songs = dataset.songs
    if len(songs) > MOST_SONGS:
        order = np.random.default_rng(0).permutation(len(songs))
        songs = tuple(songs[number] for number in sorted(order[:MOST_SONGS]))
    return Reference(songs, frames)
