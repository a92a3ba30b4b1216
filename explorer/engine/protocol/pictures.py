"""The picture, which the window and the engine share.

Letters: F frames of the song, K kept coefficients.
"""

from dataclasses import dataclass
from typing import Literal

# What the picture shows: one channel, their half sum or half difference, or, as
# "both", the mean of their powers.
ChannelView = Literal["both", "left", "right", "mid", "side"]

# The picture is uint8: 0 is PICTURE_FLOOR_DB or less, 255 is PICTURE_TOP_DB or more.
# A level is 10·log10 of a coefficient's power, where 0 dB is the coefficient of a
# full-scale sine that lies exactly on it.
PICTURE_FLOOR_DB = -120.0
PICTURE_TOP_DB = 0.0


@dataclass(frozen=True, kw_only=True)
class SetChannels:
    """What the picture shows; it is drawn anew. The sound does not change."""

    stamp: int
    channels: ChannelView


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
