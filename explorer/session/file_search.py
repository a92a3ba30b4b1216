"""Files that are no longer where they were."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

BLOCK = 1 << 20  # bytes
MOST_HASHED = 50  # files of one folder, in search of one


def content_hash(path: Path) -> str:
    """SHA-256 in hexadecimal of a file's content.

    Raises
    ------
    OSError
        It cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


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
        if candidate.is_file():
            return candidate
    return _with_content(folders, path.suffix, sha256) if sha256 else None


def _with_content(folders: Iterable[Path], suffix: str, sha256: str) -> Path | None:
    for folder in folders:
        try:
            alike = sorted(
                one
                for one in folder.iterdir()
                if one.suffix.lower() == suffix.lower() and one.is_file()
            )
        except OSError:
            continue
        for one in alike[:MOST_HASHED]:
            try:
                if content_hash(one) == sha256:
                    return one
            except OSError:
                continue
    return None
