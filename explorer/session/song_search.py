"""Songs in folders."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

SOUND_SUFFIXES = frozenset(
    f".{one}"
    for one in (
        *("wav", "flac", "mp3", "m4a", "aac", "ogg", "oga", "opus", "aif", "aiff"),
        *("wma", "wv", "mp4", "mkv", "webm", "mov", "caf", "au", "w64"),
    )
)


def is_sound(path: Path) -> bool:
    """True where a file's name says that it holds sound."""
    return path.suffix.lower() in SOUND_SUFFIXES


def songs_within(
    folder: Path, closed: Callable[[OSError], None] | None = None
) -> Iterator[Path | None]:
    """The sound files of a folder and of those in it, by name.

    None comes now and then between them, so that a search without finds can be
    followed, and given up. What is hidden and links to folders are passed over.

    Parameters
    ----------
    folder : Path
    closed : callable, optional
        Called with why a folder cannot be opened, and which.
    """
    for place, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        yield None
        for name in sorted(names):
            path = Path(place, name)
            if not name.startswith(".") and is_sound(path):
                yield path
