"""Files that are no longer where they were."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from vae.files import content_hash, is_file

MOST_HASHED = 50  # files of one folder, in search of one


def find_moved(
    path: Path, folders: Iterable[Path], *, sha256: str = "", beside: str = ""
) -> Path | None:
    """Where a file lies now, or None.

    It is looked for where it was, where `beside` leads from the first folder, by its
    name in every folder, and by its content in every folder.
    """
    folders = tuple(folders)
    candidates = [path]
    if beside and folders:
        candidates.append(folders[0] / beside)
    candidates += [folder / path.name for folder in folders]
    for candidate in candidates:
        if is_file(candidate):
            return candidate
    return _with_content(folders, path.suffix, sha256) if sha256 else None


def _with_content(folders: Iterable[Path], suffix: str, sha256: str) -> Path | None:
    for folder in folders:
        try:
            alike = sorted(
                one
                for one in folder.iterdir()
                if one.suffix.lower() == suffix.lower() and is_file(one)
            )
        except OSError:
            continue
        for one in alike[:MOST_HASHED]:
            try:
                found = one.stat()
                if _hash(one, found.st_size, found.st_mtime_ns) == sha256:
                    return one
            except OSError:
                continue
    return None


@lru_cache(maxsize=1_000)
def _hash(path: Path, _size: int, _changed_ns: int) -> str:
    """Read only once, however many songs are looked for: it takes long."""
    return content_hash(path)
