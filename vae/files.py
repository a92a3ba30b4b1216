"""Files that are complete or not there, and what tells one content from another.

A file is written beside, synced, then renamed. What is written beside begins with a
dot and holds the number of the process that writes it, so that what a process left
behind that came to a sudden end can be told from what is still being written.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def atomic_path(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """A temporary path in the same folder that becomes `path` when the block ends well.

    When it does not, the temporary file goes and `path` stays as it was. What is not
    `durable` is not waited for: after a power failure it may be the old file.

    Raises
    ------
    OSError
        The folder cannot be written, or the disk is full.
    """
    handle, name = tempfile.mkstemp(
        prefix=f"{_beginning(path)}{os.getpid()}-", suffix=path.suffix, dir=path.parent
    )
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o666 & ~_umask())
        if durable:
            _sync(temporary)
        temporary.replace(path)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    if durable:
        with suppress(OSError):  # not every file system can sync a folder
            _sync(path.parent)


def abandoned(path: Path) -> list[Path]:
    """What writers of `path` left behind when they came to a sudden end."""
    return [one for one, process in _beside(path) if not runs(process)]


def being_written(path: Path) -> bool:
    """True where a living process writes what is to become `path`.

    Of names longer than some 40 letters only these are compared.
    """
    return any(runs(process) for _, process in _beside(path))


def runs(process: int) -> bool:
    """True where a process of this number runs, or where that cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def clear_abandoned(path: Path) -> None:
    """Take away what writers of `path` left behind."""
    for left in abandoned(path):
        with suppress(OSError):
            left.unlink()


def write_bytes(
    path: Path, content: bytes | memoryview, *, durable: bool = True
) -> None:
    """Write a whole file at once, atomically.

    Raises
    ------
    OSError
        The folder cannot be written, or the disk is full.
    """
    with atomic_path(path, durable=durable) as temporary:
        temporary.write_bytes(content)


def is_there(path: Path) -> bool:
    """True where a path leads to something.

    `Path.exists` and its like raise where that cannot be told: a name is too long, a
    folder on the way is closed to this person, a disk does not answer.
    """
    return _told(path.exists)


def is_folder(path: Path) -> bool:
    """True where a path leads to a folder; see `is_there`."""
    return _told(path.is_dir)


def is_file(path: Path) -> bool:
    """True where a path leads to a file; see `is_there`."""
    return _told(path.is_file)


def same_file(one: Path, other: Path) -> bool:
    """True where both lead to one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def native_name(path: Path) -> bytes | str:
    """A path for a C library: where the system's names are bytes, those very bytes.

    A name from another time need not be text in today's encoding.
    """
    return os.fsencode(path) if os.name == "posix" else str(path)


def content_hash(path: Path) -> str:
    """SHA-256 in hexadecimal of a file's content.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told(fact: Callable[[], bool]) -> bool:
    try:
        return fact()
    except (OSError, ValueError):
        return False


def _beside(path: Path) -> Iterator[tuple[Path, int]]:
    """What is, or was, written to become `path`, and the numbers of the processes."""
    beginning = _beginning(path)
    with suppress(OSError):
        for one in path.parent.iterdir():
            name = one.name.removeprefix(beginning)
            if name == one.name or one.suffix != path.suffix:
                continue
            process, dash, _ = name.partition("-")
            if dash and process.isdecimal():
                yield one, int(process)


def _beginning(path: Path) -> str:
    return f".{path.stem[:40]}."


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
