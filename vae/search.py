"""The files below some folders, and which of these folders cannot be looked into."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vae.errors import DatasetError
from vae.files import is_folder

COMPOSED_SUFFIXES = (".flac", ".ogg")  # of what `dctvae corpus` writes
REASONS_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A file that is not trained on, or a folder that is not searched, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What lies below some folders.

    Attributes
    ----------
    files : tuple of Path
    closed : tuple of Refusal
        Folders within them that cannot be opened.
    """

    files: tuple[Path, ...]
    closed: tuple[Refusal, ...]


def find_files(folders: Sequence[Path]) -> Found:
    """Every file below the folders (a file stands for itself).

    Hidden ones are left out, and the factors that `dctvae corpus` writes beside songs.
    A link stays where it lies: which folder a song belongs to is seen from its path.
    What is found in two places counts where it is found first. Links to folders are not
    followed.

    Raises
    ------
    DatasetError
        A folder does not exist, or is closed to this person.
    """
    found: dict[Path, Path] = {}
    closed: dict[Path, Refusal] = {}
    for folder in folders:
        if not folder.exists():
            raise DatasetError(f"the folder {folder} does not exist")
        home = folder.resolve()
        if not home.is_dir():
            if _is_file(home):
                found.setdefault(home, home)
            continue
        faults: list[OSError] = []
        for path in sorted(_below(home, faults)):
            if _is_file(path) and not _left_out(path):
                found.setdefault(path.resolve(), path)
        for fault in faults:
            place = Path(fault.filename)
            if place == home:
                raise DatasetError(
                    f"the folder {folder} cannot be opened: {fault.strerror}"
                ) from fault
            reason = f"the folder {place.name} cannot be opened: {fault.strerror}"
            closed.setdefault(place, Refusal(path=place, reason=reason))
    return Found(files=tuple(found.values()), closed=tuple(closed.values()))


def nothing_usable(folders: Sequence[Path], refused: Sequence[Refusal]) -> str:
    """What to say where no song was found: which files there are, and what of them."""
    where = ", ".join(str(folder) for folder in folders)
    if not refused:
        return f"there is no file at all below {where}"
    kinds = Counter(_kind(refusal.path) for refusal in refused)
    found = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    reasons = "; ".join(refusal.reason for refusal in refused[:REASONS_SHOWN])
    rest = len(refused) - REASONS_SHOWN
    more = f"; and {rest} more" if rest > 0 else ""
    return f"nothing below {where} can be trained on ({found}): {reasons}{more}"


def _kind(path: Path) -> str:
    return "folder" if is_folder(path) else path.suffix.lower() or "no suffix"


def _below(home: Path, faults: list[OSError]) -> Iterator[Path]:
    for place, _, names in os.walk(home, onerror=faults.append):
        yield from (Path(place, name) for name in names)


def _is_file(path: Path) -> bool:
    """Whether it is one, or may be one: what it is, is seen when it is opened."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False  # a link that leads nowhere, or round in a circle


def _left_out(path: Path) -> bool:
    """Whether a file is hidden, or tells of the composed song beside it."""
    tells = path.suffix == ".json" and any(
        _is_file(path.with_suffix(suffix)) for suffix in COMPOSED_SUFFIXES
    )
    return tells or path.name.startswith(".")
