"""What lies in folders of songs, and could be trained on: seen before it is begun.

Nothing is transformed or kept. A file is decoded until it is clear that it holds sound;
how long it is, is counted from its packets.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import av
import av.error
import numpy as np

from vae.cache import QUIETEST_RMS
from vae.errors import AudioError
from vae.files import content_hash
from vae.search import Refusal, find_files
from vae.sound.audio import SHORTEST_S, read_blocks
from vae.sound.layout import SAMPLE_RATE

LOUD_ENOUGH_S = 1.0  # of sound that is no silence: a file needs no further decoding


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What was found.

    Attributes
    ----------
    songs : int
        That can be trained on; copies of one song are one.
    copies : int
        Files that are copies of another one.
    seconds : float
        How long the songs are together.
    refused : tuple of Refusal
        Folders within them that cannot be opened among them.
    """

    songs: int
    copies: int
    seconds: float
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class _Song:
    """One file that can be trained on."""

    digest: str
    seconds: float


def survey(
    folders: Sequence[Path], told: Callable[[int, int], None] | None = None
) -> Survey:
    """Look at every file below some folders.

    Parameters
    ----------
    folders : sequence of Path
        Searched as `load_dataset` does; a file stands for itself.
    told : callable, optional
        Called with how many files were looked at, and of how many.

    Raises
    ------
    DatasetError
        A folder does not exist.
    """
    found = find_files(folders)
    files = found.files
    songs: dict[str, _Song] = {}
    refused = list(found.closed)
    copies = 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for done, seen in enumerate(pool.map(_look, files), 1):
            if isinstance(seen, Refusal):
                refused.append(seen)
            elif seen.digest in songs:
                copies += 1
            else:
                songs[seen.digest] = seen
            if told is not None:
                told(done, len(files))
    return Survey(
        songs=len(songs),
        copies=copies,
        seconds=sum(song.seconds for song in songs.values()),
        refused=tuple(refused),
    )


def _look(path: Path) -> _Song | Refusal:
    try:
        decoded_s, loud = _heard(path)
        if decoded_s < SHORTEST_S:
            reason = (
                f"{path.name} holds {decoded_s:.2f} s of sound; at least {SHORTEST_S} "
                "s are needed"
            )
            return Refusal(path=path, reason=reason)
        if not loud:
            return Refusal(path=path, reason=f"{path.name} is silent")
        return _Song(digest=content_hash(path), seconds=max(decoded_s, _length_s(path)))
    except AudioError as error:
        return Refusal(path=path, reason=str(error))
    except OSError as error:
        return Refusal(path=path, reason=f"{path.name}: {error.strerror}")


def _heard(path: Path) -> tuple[float, bool]:
    """Seconds decoded until the sound was loud for long enough, and whether it was."""
    samples = loud = 0
    for block in read_blocks(path):
        samples += block.shape[1]
        if block.size and np.sqrt(np.mean(np.square(block))) >= QUIETEST_RMS:
            loud += block.shape[1]
        if loud >= LOUD_ENOUGH_S * SAMPLE_RATE:
            break
    return samples / SAMPLE_RATE, loud > 0


def _length_s(path: Path) -> float:
    """How long the packets of a file are together; what its header says is no proof."""
    total = 0.0
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            stream = container.streams.audio[0]
            for packet in container.demux(stream):
                if packet.duration and packet.time_base:
                    total += float(packet.duration * packet.time_base)
    except (av.error.FFmpegError, OSError):
        pass  # it breaks off there
    return total
