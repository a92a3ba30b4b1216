"""Sound of a whole path, as `decode` and `sample` write it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from vae.progress import ProgressBar
from vae.synthesis.course import Course
from vae.synthesis.synthesis import Synthesis

BAND_FRAMES = 32  # rendered at once
LOUDEST = 10 ** (-0.1 / 20)  # full scale ±1; written peaks stay at or under it

Floats = NDArray[np.float32]


def rendered(synthesis: Synthesis, course: Course, bar: ProgressBar) -> Floats:
    """All frames of a course, (C, S) float32."""

    def bands() -> Iterator[Floats]:
        for start in range(0, synthesis.frames, BAND_FRAMES):
            stop = min(synthesis.frames, start + BAND_FRAMES)
            yield synthesis.sound(course, start, stop)
            bar("rendering", stop / synthesis.frames)

    return np.concatenate(list(bands()), axis=1)


def limited(sound: Floats) -> Floats:
    """Turned down as a whole where a peak would clip."""
    peak = float(np.abs(sound).max())
    return sound * np.float32(LOUDEST / peak) if peak > LOUDEST else sound
