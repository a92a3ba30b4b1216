"""Sound written to files: the edited song, and what is heard."""

from dataclasses import dataclass
from pathlib import Path

from vae.sound.formats import SoundFormat


@dataclass(frozen=True, kw_only=True)
class Export:
    """Write the song as edited, complete or not at all.

    The file has the song's own rate and its one or two channels, or a stereo mix of
    more, its length, and its tags. No peak passes the larger of LIMIT_DB and the
    recording's own; where nothing is edited it is the recording. What is written is
    the edit, whatever is listened to. Answers: Progress, then Exported; or Failed.
    """

    request: int
    path: Path
    format: SoundFormat | None = None  # None: of 24 bits, .wav or .flac as `path` ends
    start: int = 0  # samples at 44.1 kHz, of the song
    stop: int | None = None  # None: its end


@dataclass(frozen=True, kw_only=True)
class Exported:
    """The file is complete."""

    request: int
    path: Path
    duration_s: float
    sample_rate: int = 44_100  # Hz
    channels: int = 2


@dataclass(frozen=True, kw_only=True)
class StartRecording:
    """Write down what is handed to the device from now on, also while nothing plays.

    Answers: Recorded, after StopRecording or where the disk takes no more; or Failed.
    Only one runs at a time. Cancel gives it up, and nothing is left of it.
    """

    request: int
    path: Path
    format: SoundFormat | None = None  # as in Export


@dataclass(frozen=True, kw_only=True)
class StopRecording:
    """Complete the recording that this request began."""

    request: int


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The recording is complete."""

    request: int
    path: Path
    duration_s: float
    remark: str = ""  # why it ended by itself; "" where it was stopped
