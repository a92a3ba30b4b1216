"""Playing: where, how loud, and round what."""

from dataclasses import dataclass


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
    """Hold peaks below full scale; on at first. Off, they are clipped.

    They are held at LIMIT_DB, or at the song's own peak where that is higher, so that
    where nothing is edited the song is heard as it is.
    """

    enabled: bool


@dataclass(frozen=True, kw_only=True)
class PlaybackEnded:
    """The song came to its end without a loop; the playhead rests there, paused."""
