"""Folders of songs as training images.

Each song is decoded and transformed once; its coefficients are cached as float16, in a
file named after the song's content and the transform, and memory-mapped from then on.

Letters: B batch, C channels, F frames, K kept coefficients, N songs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae.cache import Cache, default_cache
from vae.config import TransformConfig
from vae.errors import DatasetError
from vae.preparation import prepare
from vae.search import Refusal, find_files, nothing_usable
from vae.sound.header import read_title

SMALLEST_SCALE = 1e-4  # of the largest corpus RMS; keeps silent coefficients finite
LEAST_SCALE = 1e-12  # in any case

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, kw_only=True, eq=False)
class SongImage:
    """One song's kept coefficients."""

    title: str
    path: Path  # of the sound file
    coefficients: Halves  # (C, F, K), memory-mapped
    later: tuple[Halves, ...] = ()  # the same, begun a part of a frame later each

    @property
    def versions(self) -> tuple[Halves, ...]:
        """The coefficients from every beginning, (C, F, K); a later F may be less."""
        return (self.coefficients, *self.later)

    @property
    def frames(self) -> int:
        """F."""
        return int(self.coefficients.shape[1])


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """The songs found, the files refused and the folders that were closed."""

    songs: tuple[SongImage, ...]
    refused: tuple[Refusal, ...]

    def split(self, fraction: float, seed: int) -> "Split":
        """Some songs for training, others held out; a song is never in both.

        At least one is held out where there are two; a single song is both.
        """
        if len(self.songs) == 1:
            return Split(training=self.songs, validation=self.songs)
        order = np.random.default_rng(seed).permutation(len(self.songs))
        held = min(len(self.songs) - 1, max(1, round(fraction * len(self.songs))))
        return Split(
            training=tuple(self.songs[n] for n in sorted(order[held:])),
            validation=tuple(self.songs[n] for n in sorted(order[:held])),
        )

    def without(self, held_out: "Dataset") -> "Split":
        """The other songs for training, those of `held_out` for validation.

        Raises
        ------
        DatasetError
            No song is left to train on.
        """
        held = {song.path.resolve() for song in held_out.songs}
        training = tuple(song for song in self.songs if song.path.resolve() not in held)
        if not training:
            raise DatasetError("every song is held out; none is left to train on")
        return Split(training=training, validation=held_out.songs)


@dataclass(frozen=True, kw_only=True, eq=False)
class Split:
    """The songs trained on, and the songs held out."""

    training: tuple[SongImage, ...]
    validation: tuple[SongImage, ...]


def load_dataset(
    folders: Sequence[Path],
    config: TransformConfig,
    *,
    cache: Path | None = None,
    versions: int = 1,
    progress: Callable[[float], None] | None = None,
) -> Dataset:
    """Every song below some folders, decoded, transformed and cached.

    Parameters
    ----------
    folders : sequence of Path
        Searched recursively; two copies of a song count once.
    config : TransformConfig
    cache : Path, optional
        `default_cache()` unless given.
    versions : int
        Of each song, begun equal parts of a frame apart.
    progress : callable, optional
        Called with the share done, 0 to 1.

    Raises
    ------
    DatasetError
        There is nothing to train on; the message says what was found and why each file
        was refused. Or the cache cannot be written.
    """
    below = find_files(folders)
    kept = Cache(folder=cache or default_cache(), config=config, versions=versions)
    songs: dict[str, SongImage] = {}
    refused = list(below.closed)
    prepared = prepare(below.files, kept, progress)
    for path, found in zip(below.files, prepared, strict=True):
        if isinstance(found, Refusal):
            refused.append(found)
        elif found not in songs:
            first, *later = kept.load(found)
            songs[found] = SongImage(
                title=read_title(path),
                path=path,
                coefficients=first,
                later=tuple(later),
            )
    if not songs:
        raise DatasetError(nothing_usable(folders, refused))
    return Dataset(songs=tuple(songs.values()), refused=tuple(refused))


def corpus_statistics(songs: Sequence[SongImage]) -> tuple[Floats, Floats]:
    """Root mean square of each coefficient, and the correlation of left and right.

    Returns
    -------
    scale : (K,) float32
        Over all frames of all channels, more than 0.
    correlation : (K,) float32
        -1 to 1; of the first two channels, 1 where there is only one.
    """
    kept = songs[0].coefficients.shape[2]
    power, cross = np.zeros((2, kept)), np.zeros(kept)
    count = 0
    for song in songs:
        left, right = (song.coefficients[c].astype(np.float32) for c in (0, -1))
        power += [np.square(left).sum(axis=0), np.square(right).sum(axis=0)]
        cross += (left * right).sum(axis=0)
        count += song.frames
    scale = np.sqrt(power.mean(axis=0) / count)
    floor = max(SMALLEST_SCALE * float(scale.max()), LEAST_SCALE)
    correlation = cross / np.sqrt(np.maximum(power[0] * power[1], 1e-30))
    return (
        np.maximum(scale, floor).astype(np.float32),
        np.clip(correlation, -1, 1).astype(np.float32),
    )


def stretch(song: SongImage, start: int, frames: int, version: int = 0) -> Halves:
    """(C, frames, K) of a song from `start` on, repeated where it is too short."""
    return np.array(glimpse(song, start, frames, version))


def glimpse(song: SongImage, start: int, frames: int, version: int = 0) -> Halves:
    """As `stretch`, but read where the song lies, when it is looked at."""
    image = song.versions[version][:, start : start + frames]
    repeats = -(-frames // image.shape[1])
    if repeats > 1:
        image = np.tile(image, (1, repeats, 1))[:, :frames]
    return image
