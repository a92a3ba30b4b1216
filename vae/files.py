"""Files that are complete or not there, and what tells one content from another."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
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
        prefix=f".{path.stem[:40]}.", suffix=path.suffix, dir=path.parent
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


def write_bytes(path: Path, content: bytes, *, durable: bool = True) -> None:
    """Write a whole file at once, atomically.

    Raises
    ------
    OSError
        The folder cannot be written, or the disk is full.
    """
    with atomic_path(path, durable=durable) as temporary:
        temporary.write_bytes(content)


def content_hash(path: Path) -> str:
    """SHA-256 in hexadecimal of a file's content.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
