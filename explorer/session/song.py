"""The song that is open, and the path it takes through latent space.

Letters: L latent size, N bins of the overview, T latent vectors of the path.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from explorer.engine.protocol import SongOpened

Floats = NDArray[np.float32]


def nothing() -> Floats:
    """(0,), the overview of no song."""
    return np.zeros(0, np.float32)


@dataclass(frozen=True, kw_only=True, eq=False)
class Song:
    """What the window knows of a song.

    Attributes
    ----------
    samples : int
        Length at `sample_rate`.
    sample_rate : int
        Hz, at which the engine plays.
    latent_path : (T, L) float32
        In σ along each principal axis.
    latent_times : (T,) float32
        Seconds, rising: the middle of what each vector governs.
    path_mean : (L,) float32
        The mean of the path, in σ: where an untouched slider stands.
    content_hash : str
        SHA-256 of the file; "" where it is not known.
    overview_peak, overview_rms : (N,) float32
        Of stretches of equal length, full scale 1; none where they are not known.
    file_rate, file_channels : int
        Hz, and how many, of the file itself.
    tags : tuple of name and text
        The file's own.
    remark : str
        What is wrong with the file, a sentence; "" where nothing is.
    """

    path: Path
    title: str
    samples: int
    sample_rate: int
    latent_path: Floats
    latent_times: Floats
    path_mean: Floats
    content_hash: str = ""
    overview_peak: Floats = field(default_factory=nothing)
    overview_rms: Floats = field(default_factory=nothing)
    file_rate: int = 44_100
    file_channels: int = 2
    tags: tuple[tuple[str, str], ...] = ()
    remark: str = ""

    @property
    def latent_size(self) -> int:
        """L."""
        return len(self.path_mean)

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.samples / self.sample_rate

    def path_at(self, position_s: float) -> Floats:
        """(L,) float32, where the path is at a time, in σ; held beyond its ends."""
        times, path = self.latent_times, self.latent_path
        after = int(np.searchsorted(times, position_s))
        if after == 0 or after == len(times):
            held: Floats = path[min(after, len(times) - 1)]
            return held
        before = after - 1
        span = float(times[after] - times[before])
        share = np.float32((position_s - float(times[before])) / span)
        between: Floats = path[before] + share * (path[after] - path[before])
        return between


def opened_song(event: SongOpened) -> Song:
    """The song an engine's event tells of."""
    return Song(
        path=event.path,
        title=event.title,
        samples=event.samples,
        sample_rate=event.sample_rate,
        latent_path=event.latent_path,
        latent_times=event.latent_times,
        path_mean=event.latent_path.mean(axis=0, dtype=np.float64).astype(np.float32),
        content_hash=event.content_hash,
        overview_peak=event.overview_peak,
        overview_rms=event.overview_rms,
        file_rate=event.file_rate,
        file_channels=event.file_channels,
        tags=event.tags,
        remark=event.remark,
    )
