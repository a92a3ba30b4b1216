"""Opening a song, and others that lend it their sound.

Letters: F frames, L latent size, N bins of the overview, S samples, T latent vectors
of the song's path.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def nothing() -> NDArray[np.float32]:
    """(0,), the overview of no song."""
    return np.zeros(0, np.float32)


@dataclass(frozen=True, kw_only=True)
class OpenSong:
    """Decode and encode a song and make it the source, at its own point.

    Answers: Progress, then SongOpened; or Failed. The playhead goes to `position`;
    playing goes on if it was on.
    """

    request: int
    path: Path | None = None  # None: the shipped demo song
    position: int = 0  # samples


@dataclass(frozen=True, kw_only=True, eq=False)
class SongOpened:
    """A song is in place, encoded; also sent after a new model encoded it anew."""

    request: int
    path: Path
    title: str
    samples: int  # S at sample_rate
    sample_rate: int  # Hz
    frames: int  # F
    frame_samples: int
    latent_path: NDArray[np.float32]  # (T, L) in σ along the axes
    latent_times: NDArray[np.float32]  # (T,) s, the middle of what each vector governs
    overview_peak: NDArray[np.float32] = field(default_factory=nothing)  # (N,) and
    overview_rms: NDArray[np.float32] = field(default_factory=nothing)  # full scale 1
    file_rate: int = 44_100  # Hz, of the file itself
    file_channels: int = 2  # of the file itself
    duration_s: float = 0.0
    tags: tuple[tuple[str, str], ...] = ()  # the file's own, names in lower case
    content_hash: str = ""  # SHA-256 of the file, hexadecimal
    remark: str = ""  # what is wrong with the file, one sentence; "" where nothing is


@dataclass(frozen=True, kw_only=True)
class OpenSource:
    """Decode and encode another file, so that a `Voicing` may name its path.

    Answers: Progress, then SourceOpened; or Failed. It stays open, whatever song or
    model is opened, until it is closed; where it is shorter than the song it is heard
    round and round. A voicing may name it before: until it is open, and once it is
    closed, the song itself is heard.
    """

    request: int
    path: Path


@dataclass(frozen=True, kw_only=True)
class SourceOpened:
    """The other file is in place."""

    request: int
    path: Path
    title: str
    duration_s: float


@dataclass(frozen=True, kw_only=True)
class CloseSource:
    """Let the other file go."""

    path: Path
