"""The beginning and the end of an engine, and the record that it shares."""

from dataclasses import dataclass

import numpy as np

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


@dataclass(frozen=True, kw_only=True)
class EngineStarted:
    """The first event: where the shared status lies, and whether there is sound."""

    status_name: str  # shared memory holding one STATUS record
    device: str | None  # the output device's name; None: no sound
    reason: str  # why there is no sound, one sentence; "" where there is


@dataclass(frozen=True, kw_only=True)
class Shutdown:
    """Fade out, close the stream, end the process."""
