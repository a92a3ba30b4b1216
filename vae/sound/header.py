"""What a sound file says of itself, which need not be true: format, length, tags."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import av
import av.error


class Header(NamedTuple):
    """Claims of a file; those of one that cannot be opened are none.

    Attributes
    ----------
    form : str
        FFmpeg's name of the format.
    duration_s : float
        0: it does not say.
    tags : mapping of str to str
        Names in lower case.
    """

    form: str = ""
    duration_s: float = 0.0
    tags: Mapping[str, str] = {}


def read_header(path: Path) -> Header:
    """What the header of a file says."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tags = dict(container.metadata)
            for stream in container.streams.audio:
                tags |= stream.metadata
            duration_s = float(container.duration or 0) / av.time_base
            form = container.format.name
    except (av.error.FFmpegError, OSError):
        return Header()
    known = {name.lower(): text.strip() for name, text in tags.items()}
    return Header(form=form, duration_s=duration_s, tags=known)


def title_of(path: Path, tags: Mapping[str, str]) -> str:
    """What a file's tags call the song, or the file's own name where they do not."""
    title, artist = tags.get("title", ""), tags.get("artist", "")
    if not title:
        return path.stem
    return f"{title} – {artist}" if artist else title


def read_title(path: Path) -> str:
    """What a file calls its song; see `title_of`."""
    return title_of(path, read_header(path).tags)
