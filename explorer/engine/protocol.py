"""What the window and the engine say to each other: frozen records over a pipe.

Commands go from the window to the engine, events come back. A command with a `request`
number is answered by events with the same number; a command with a `stamp` supersedes
those with smaller stamps, and an answer to an old stamp is dropped. The playhead, the
levels and the picture are not sent but shared: see `STATUS` and `PictureReady`.

Letters: C channels, F frames of the song, K kept coefficients, L latent size,
N training songs, T latent vectors of the song's path.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vae.traits import AxisTraits

Source = Literal["song", "noise"]

# What the picture shows: one channel, their half sum or half difference, or, as
# "both", the mean of their powers.
ChannelView = Literal["both", "left", "right", "mid", "side"]

# The picture is uint8: 0 is PICTURE_FLOOR_DB or less, 255 is PICTURE_TOP_DB or more.
# A level is 10·log10 of a coefficient's power, where 0 dB is the coefficient of a
# full-scale sine that lies exactly on it.
PICTURE_FLOOR_DB = -120.0
PICTURE_TOP_DB = 0.0

LIMIT_DB = -1.0  # of full scale: what the limiter lets through
SHORTEST_LATENCY_MS = 10.0  # that may be asked of a device
LONGEST_LATENCY_MS = 200.0

UNASKED = 0  # the number of no request; the window's begin at 1


def no_points() -> NDArray[np.float32]:
    """(0, 0), the points of no songs."""
    return np.zeros((0, 0), np.float32)


# ---------------------------------------------------------------- window → engine


@dataclass(frozen=True, kw_only=True)
class OpenModel:
    """Load a model; the song, if any, is encoded anew.

    Answers: Progress, then ModelOpened and, where there is a song, SongOpened; or
    Failed. The point stays where the latent sizes agree, and is the song's own where
    they do not.
    """

    request: int
    path: Path | None = None  # None: the shipped model


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
class SetPoint:
    """Decode here from now on: the path, offset along each axis.

    One that does not fit the open model is passed over.
    """

    stamp: int
    offset: NDArray[np.float32]  # (L,) in σ, added to the whole path
    time_ns: int  # of the person's action, time.monotonic_ns()


@dataclass(frozen=True, kw_only=True)
class SetSource:
    """What the decoder filters: the song itself, or noise."""

    stamp: int
    source: Source


@dataclass(frozen=True, kw_only=True)
class Play:
    """Start, from where the playhead is; from the start where it is at the end."""


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Stop, and stay."""


@dataclass(frozen=True, kw_only=True)
class Seek:
    """Move the playhead."""

    position: int  # samples, clamped to the song


@dataclass(frozen=True, kw_only=True)
class SetLoop:
    """Play a region round and round, or stop at the end of the song.

    A playhead before the region plays on into it; one past it plays on to the end of
    the song and goes to the region's start from there.
    """

    enabled: bool
    start: int | None = None  # samples; None: the song's own ends
    stop: int | None = None


@dataclass(frozen=True, kw_only=True)
class SetGain:
    """Loudness of what is heard, not of what is exported."""

    gain_db: float  # -60 (silence) to +12


@dataclass(frozen=True, kw_only=True)
class SetMute:
    """Let nothing be heard, while the playhead goes on; or let it be heard again."""

    muted: bool


@dataclass(frozen=True, kw_only=True)
class SetLimiter:
    """Hold peaks at LIMIT_DB of full scale; on at first. Off, they are clipped."""

    enabled: bool


@dataclass(frozen=True, kw_only=True)
class SetChannels:
    """What the picture shows; it is drawn anew. The sound does not change."""

    stamp: int
    channels: ChannelView


@dataclass(frozen=True, kw_only=True)
class SetDevice:
    """Play on another device.

    Answers: DevicesListed; before it Failed, of no request, where the device cannot be
    opened: then the one before goes on.
    """

    name: str | None  # None: the system's default
    latency_ms: float  # asked of the device, 10 to 200


@dataclass(frozen=True, kw_only=True)
class RefreshDevices:
    """Look for devices that have come or gone; the sound pauses for a moment.

    Answers: DevicesListed.
    """


@dataclass(frozen=True, kw_only=True)
class Export:
    """Write the whole song at the present point.

    Answers: Progress, then Exported; or Failed.
    """

    request: int
    path: Path  # .wav or .flac


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """Give up a request; it is answered by Failed with `cancelled` true."""

    request: int


@dataclass(frozen=True, kw_only=True)
class Shutdown:
    """Fade out, close the stream, end the process."""


Command = (
    OpenModel
    | OpenSong
    | SetPoint
    | SetSource
    | Play
    | Pause
    | Seek
    | SetLoop
    | SetGain
    | SetMute
    | SetLimiter
    | SetChannels
    | SetDevice
    | RefreshDevices
    | Export
    | Cancel
    | Shutdown
)


# ---------------------------------------------------------------- engine → window


@dataclass(frozen=True, kw_only=True)
class EngineStarted:
    """The first event: where the shared status lies, and whether there is sound."""

    status_name: str  # shared memory holding one STATUS record
    device: str | None  # the output device's name; None: no sound
    reason: str  # why there is no sound, one sentence; "" where there is


@dataclass(frozen=True, kw_only=True, eq=False)
class ModelOpened:
    """A model is in place."""

    request: int
    path: Path
    title: str  # file name or card name, for the window's title
    model_hash: str
    latent_size: int
    variance_share: NDArray[np.float32]  # (L,), of each axis, sums to 1
    song_mean: NDArray[np.float32]  # (L,) in σ: mean of the training songs' means
    song_spread: NDArray[np.float32]  # (L,) in σ: their standard deviation
    band_hz: float  # upper edge of what the model knows
    song_titles: tuple[str, ...] = ()  # of the N songs it was trained on
    song_points: NDArray[np.float32] = field(default_factory=no_points)  # (N, L) in σ
    traits: tuple[AxisTraits, ...] = ()  # what each axis does, where it was measured


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


@dataclass(frozen=True, kw_only=True, eq=False)
class AxesMeasured:
    """What each axis does, measured on a stretch of the song; some time after it."""

    request: int  # of the SongOpened before it
    change_db: NDArray[np.float32]  # (L,) RMS change of the decoded spectrum at +2 σ


@dataclass(frozen=True, kw_only=True)
class PictureReady:
    """A picture of another song or model; its pixels are still to come.

    The shared memory holds (F, K) uint8, C-contiguous: time downward, frequency
    rightward. The window attaches; the engine unlinks it when a later one replaces it,
    so that it may be gone where the window is late: then another event follows.
    """

    name: str
    frames: int  # F
    kept: int  # K
    frame_s: float
    band_hz: float


@dataclass(frozen=True, kw_only=True)
class PictureSlice:
    """Frames start to stop of the picture show the point of this stamp."""

    stamp: int
    start: int
    stop: int
    finished: bool  # every frame of the picture now shows this stamp
    oldest: int = 0  # every frame shows this stamp or a newer one; 0: some show none


@dataclass(frozen=True, kw_only=True)
class PointSounded:
    """The first buffer that holds a point of this stamp was handed to the device.

    Sent only where it is heard: not while paused, nor for points that a newer one
    overtook.
    """

    stamp: int
    control_to_sound_ms: float  # from SetPoint.time_ns


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a request has come."""

    request: int
    fraction: float  # 0 to 1
    label: str  # what is being done, in words


@dataclass(frozen=True, kw_only=True)
class Exported:
    """The file is complete."""

    request: int
    path: Path
    duration_s: float


@dataclass(frozen=True, kw_only=True)
class Failed:
    """A request came to nothing; what was before it still stands."""

    request: int  # UNASKED: no request, the engine has met a fault by itself
    message: str  # one sentence, for a person
    cancelled: bool = False


@dataclass(frozen=True, kw_only=True)
class SoundLost:
    """The audio device went away or refused; the playhead goes on without sound."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class PlaybackEnded:
    """The song came to its end without a loop; the playhead rests there, paused."""


@dataclass(frozen=True, kw_only=True)
class DevicesListed:
    """The output devices, and the one in use.

    Sent after the start, after SetDevice and RefreshDevices, and when a device is lost
    or found again.
    """

    devices: tuple[str, ...]  # names, each once
    device: str | None  # that plays; None: nothing is heard
    latency_ms: float  # asked of it


Event = (
    EngineStarted
    | ModelOpened
    | SongOpened
    | AxesMeasured
    | PictureReady
    | PictureSlice
    | PointSounded
    | Progress
    | Exported
    | Failed
    | SoundLost
    | PlaybackEnded
    | DevicesListed
)


# ---------------------------------------------------------------- shared status

STATUS = np.dtype(
    [
        ("position", np.int64),  # samples: where the sound heard now lies in the song
        ("playing", np.int64),  # 0 or 1
        ("peak_left", np.float64),  # of the last buffer, 1.0 is full scale;
        ("peak_right", np.float64),  # before the limiter
        ("underruns", np.int64),  # buffers that had to be filled with silence
        ("reduction_db", np.float64),  # 0 or less: what the limiter takes away now
        ("clipped", np.int64),  # buffers over full scale before the limiter
    ]
)
