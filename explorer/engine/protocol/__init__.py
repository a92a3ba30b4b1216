"""What the window and the engine say to each other: frozen records over a pipe.

Commands go from the window to the engine, events come back. A command with a `request`
number is answered by events with the same number; a command with a `stamp` supersedes
those with smaller stamps, and an answer to an old stamp is dropped. The playhead, the
levels and the picture are not sent but shared: see `STATUS` and `PictureReady`.

This is the one face of the engine: everything is imported from here.
"""

from explorer.engine.protocol.devices import (
    LONGEST_LATENCY_MS,
    SHORTEST_LATENCY_MS,
    DevicesListed,
    RefreshDevices,
    SetDevice,
    SoundLost,
)
from explorer.engine.protocol.files import (
    Export,
    Exported,
    Recorded,
    StartRecording,
    StopRecording,
)
from explorer.engine.protocol.jumps import JumpLanded, LandJump
from explorer.engine.protocol.life import STATUS, EngineStarted, Shutdown
from explorer.engine.protocol.models import AxesMeasured, ModelOpened, OpenModel
from explorer.engine.protocol.pictures import (
    PICTURE_FLOOR_DB,
    PICTURE_TOP_DB,
    ChannelView,
    PictureReady,
    PictureSlice,
    SetChannels,
)
from explorer.engine.protocol.playing import (
    Pause,
    Play,
    PlaybackEnded,
    Seek,
    SetGain,
    SetLimiter,
    SetLoop,
    SetMute,
)
from explorer.engine.protocol.points import (
    Listening,
    PointSounded,
    SetListening,
    SetPoint,
)
from explorer.engine.protocol.requests import UNASKED, Cancel, Failed, Progress
from explorer.engine.protocol.songs import (
    CloseSource,
    OpenSong,
    OpenSource,
    SongOpened,
    SourceOpened,
)
from vae.sound.formats import SoundFormat
from vae.sound.limiter import LIMIT_DB
from vae.synthesis.edits import Edit, Source, SpanEdit, Voicing

Command = (
    OpenModel
    | OpenSong
    | OpenSource
    | CloseSource
    | SetPoint
    | LandJump
    | SetListening
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
    | StartRecording
    | StopRecording
    | Cancel
    | Shutdown
)

Event = (
    EngineStarted
    | ModelOpened
    | SongOpened
    | SourceOpened
    | AxesMeasured
    | PictureReady
    | PictureSlice
    | PointSounded
    | JumpLanded
    | Progress
    | Exported
    | Recorded
    | Failed
    | SoundLost
    | PlaybackEnded
    | DevicesListed
)

__all__ = [
    "LIMIT_DB",
    "LONGEST_LATENCY_MS",
    "PICTURE_FLOOR_DB",
    "PICTURE_TOP_DB",
    "SHORTEST_LATENCY_MS",
    "STATUS",
    "UNASKED",
    "AxesMeasured",
    "Cancel",
    "ChannelView",
    "CloseSource",
    "Command",
    "DevicesListed",
    "Edit",
    "EngineStarted",
    "Event",
    "Export",
    "Exported",
    "Failed",
    "JumpLanded",
    "LandJump",
    "Listening",
    "ModelOpened",
    "OpenModel",
    "OpenSong",
    "OpenSource",
    "Pause",
    "PictureReady",
    "PictureSlice",
    "Play",
    "PlaybackEnded",
    "PointSounded",
    "Progress",
    "Recorded",
    "RefreshDevices",
    "Seek",
    "SetChannels",
    "SetDevice",
    "SetGain",
    "SetLimiter",
    "SetListening",
    "SetLoop",
    "SetMute",
    "SetPoint",
    "Shutdown",
    "SongOpened",
    "SoundFormat",
    "SoundLost",
    "Source",
    "SourceOpened",
    "SpanEdit",
    "StartRecording",
    "StopRecording",
    "Voicing",
]
