"""Songs decoded and transformed into the cache, by threads or several processes."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from vae.cache import Cache
from vae.errors import AudioError, DatasetError
from vae.search import Refusal
from vae.workers import Each, processes, threads

WORTH_PROCESSES = 8  # files to prepare, from which on processes are started for it


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
