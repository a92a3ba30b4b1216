"""What a sound file says of itself, which need not be true: format, length, tags."""

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import av
import av.error

WAV_BEGINNING = 12  # bytes: RIFF, a length, WAVE
CHUNK = struct.Struct("<4sI")  # what each chunk begins with: its name, its length
MOST_CHUNKS = 1_000  # before the sound
UNKNOWN_LENGTH = 0xFFFFFFFF  # of one that was still being written


class Header(NamedTuple):
    """Claims of a file; those of one that cannot be opened are none.

    Attributes
    ----------
    form : str
        FFmpeg's name of the format.
    duration_s : float
        0: it does not say. FFmpeg believes no WAV that claims more than is there; this
        does.
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
        if form == "wav":
            duration_s *= _wav_claim(path)
    except (av.error.FFmpegError, OSError):
        return Header()
    known = {name.lower(): text.strip() for name, text in tags.items()}
    return Header(form=form, duration_s=duration_s, tags=known)


def _wav_claim(path: Path) -> float:
    """How many times as much sound as it holds a WAV says that it does; 1 or more."""
    with path.open("rb") as file:
        place, size = WAV_BEGINNING, path.stat().st_size
        for _ in range(MOST_CHUNKS):
            if place + CHUNK.size > size:
                break
            file.seek(place)
            name, length = CHUNK.unpack(file.read(CHUNK.size))
            place += CHUNK.size
            if name == b"data":
                held = size - place
                known = held > 0 and length != UNKNOWN_LENGTH
                return max(1.0, length / held) if known else 1.0
            place += length + length % 2
    return 1.0


def title_of(path: Path, tags: Mapping[str, str]) -> str:
    """What a file's tags call the song, or the file's own name where they do not."""
    title, artist = tags.get("title", ""), tags.get("artist", "")
    if not title:
        return path.stem
    return f"{title} – {artist}" if artist else title


def read_title(path: Path) -> str:
    """What a file calls its song; see `title_of`."""
    return title_of(path, read_header(path).tags)
