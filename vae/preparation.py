"""Songs decoded and transformed once, by several processes; kept as float16 in a cache.

A file of the cache is named after the song's content and the transform, so that work
that was broken off is taken up where it stood, and shared between machines by parts.
What could not be used is noted beside, so that it is not decoded in vain again.

Letters: C channels, F frames, K kept coefficients.
"""

import hashlib
import io
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig
from vae.errors import AudioError, DatasetError
from vae.files import write_bytes
from vae.search import Refusal
from vae.sound.audio import read_sound
from vae.workers import Each, processes, threads

CACHE_VERSION = 1  # raise when the same song and transform give other coefficients
QUIETEST_RMS = 1e-5  # full scale ±1; a song below it is silence
WORTH_PROCESSES = 8  # files to prepare, from which on processes are started for it
BLOCK = 1 << 20  # bytes
NAME = "{name}"  # stands for the file's in a reason that is kept: copies have others

Halves = NDArray[np.float16]


@dataclass(frozen=True, kw_only=True)
class Cache:
    """Where songs are kept, and in what form.

    Attributes
    ----------
    folder : Path
    config : TransformConfig
    versions : int
        Of each song, begun equal parts of a frame apart.
    """

    folder: Path
    config: TransformConfig
    versions: int = 1

    def key(self, path: Path) -> str:
        """A name that changes with the file's bytes and with the transform."""
        form = json.dumps([CACHE_VERSION, asdict(self.config)], sort_keys=True)
        digest = hashlib.sha256(form.encode())
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
        return digest.hexdigest()[:32]

    def files(self, key: str) -> list[Path]:
        """A file for each version of a song."""
        later = [f"{key}.{n}of{self.versions}.npy" for n in range(1, self.versions)]
        return [self.folder / name for name in (f"{key}.npy", *later)]

    def holds(self, key: str) -> bool:
        """True where nothing is left to do for a song."""
        return all(file.exists() for file in self.files(key))

    def load(self, key: str) -> list[Halves]:
        """(C, F, K) of each version, memory-mapped."""
        return [
            np.load(file, mmap_mode="r", allow_pickle=False) for file in self.files(key)
        ]

    def refuse(self, path: Path, key: str, reason: str) -> Refusal:
        """Keep why a song cannot be used."""
        kept = reason.removeprefix(path.name)
        kept = reason if kept == reason else NAME + kept
        note = {"reason": kept, "decoder": av.__version__}
        with suppress(OSError):  # it is only looked at again, then
            write_bytes(self._note(key), json.dumps(note).encode(), durable=False)
        return Refusal(path=path, reason=reason)

    def refusal(self, path: Path, key: str) -> Refusal | None:
        """Why a song could not be used before; another decoder may yet read it."""
        try:
            note = json.loads(self._note(key).read_bytes())
            if note["decoder"] == av.__version__:
                reason = note["reason"].replace(NAME, path.name)
                return Refusal(path=path, reason=reason)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass  # there is none, or none that can be read
        return None

    def _note(self, key: str) -> Path:
        return self.folder / f"{key}.refused.json"

    def store(self, path: Path, key: str) -> None:
        """Decode and transform a song.

        Raises
        ------
        AudioError
            It is silent, or cannot be read.
        DatasetError
            The cache cannot be written, or the disk is full.
        """
        sound = read_sound(path)
        if np.sqrt(np.mean(np.square(sound))) < QUIETEST_RMS:
            raise AudioError(f"{path.name} is silent")
        frame = self.config.frame_samples
        for number, file in enumerate(self.files(key)):
            later = sound[:, number * frame // self.versions :]
            image = dct.forward(later if later.size else sound, self.config)
            content = (
                io.BytesIO()
            )  # numpy itself does not say why a file is not written
            np.save(content, image.astype(np.float16), allow_pickle=False)
            try:
                write_bytes(file, content.getbuffer())
            except OSError as error:
                raise DatasetError(
                    f"the cache {self.folder} cannot be written: {error.strerror}; "
                    "what is done stays done"
                ) from error


def prepare(
    files: Sequence[Path], cache: Cache, progress: Callable[[float], None] | None = None
) -> list[str | Refusal]:
    """The cache key of each file, once the cache holds it, or why it cannot.

    Parameters
    ----------
    files : sequence of Path
    cache : Cache
    progress : callable, optional
        Called with the share done, 0 to 1; may raise to stop, and what is done stays.

    Raises
    ------
    DatasetError
        The cache cannot be written, or a process was ended from outside.
    """
    try:
        cache.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatasetError(
            f"the cache {cache.folder} cannot be made: {error.strerror}"
        ) from error
    found: list[str | Refusal] = []
    with threads() as each:
        known = list(each(partial(_known, cache=cache), files))
    many = sum(one is None for one in known) >= WORTH_PROCESSES
    try:
        with processes() if many else threads() as each:
            for result in _prepared(files, known, cache, each):
                found.append(result)
                if progress is not None:
                    progress(len(found) / len(files))
    except BrokenProcessPool as error:
        raise DatasetError(
            "a process that prepared songs was ended from outside, perhaps for want of "
            "memory; what is done stays done"
        ) from error
    return found


def shard(files: Sequence[Path], part: int, parts: int) -> list[Path]:
    """Every `parts`-th file, the 1st of them the `part`-th, counted from 1."""
    return list(files[part - 1 :: parts])


def _known(path: Path, cache: Cache) -> str | Refusal | None:
    """What the cache knows of a file; None where there is work to do."""
    try:
        key = cache.key(path)
    except OSError as error:
        return _refusal(path, error)
    return key if cache.holds(key) else cache.refusal(path, key)


def _prepared(
    files: Sequence[Path],
    known: Sequence[str | Refusal | None],
    cache: Cache,
    each: Each,
) -> Iterator[str | Refusal]:
    todo = [path for path, one in zip(files, known, strict=True) if one is None]
    done = each(partial(_stored, cache=cache), todo)
    for one in known:
        yield next(done) if one is None else one


def _stored(path: Path, cache: Cache) -> str | Refusal:
    """Runs in any process."""
    try:
        key = cache.key(path)
        try:
            if not cache.holds(key):  # a copy of it may be prepared already
                cache.store(path, key)
        except AudioError as error:
            return cache.refuse(path, key, str(error))
    except (OSError, ValueError) as error:
        return _refusal(path, error)
    return key


def _refusal(path: Path, error: Exception) -> Refusal:
    reason = getattr(error, "strerror", None) or error
    return Refusal(path=path, reason=f"{path.name} cannot be prepared: {reason}")
