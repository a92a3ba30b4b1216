"""One course made as loud as another one, so that they can be compared."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vae.sound.layout import SAMPLE_RATE
from vae.sound.loudness import SILENCE_LUFS, loudness_lufs
from vae.synthesis.course import Course, with_gain

SPOTS = 12  # of the song that are compared, evenly spread
SPOT_FRAMES = 2
LARGEST_GAIN_DB = 24.0  # up or down

Floats = NDArray[np.float32]


class Synthesizer(Protocol):
    """What gives the sound of a course; `vae.synthesis.synthesis.Synthesis` is one."""

    frames: int

    def sound(self, course: Course, start: int, stop: int) -> Floats:
        """(C, (stop - start) · frame_samples) float32."""


def as_loud(synthesis: Synthesizer, course: Course, like: Course) -> Course:
    """The course with the gain that makes it as loud as another one.

    Nothing is matched to silence.
    """
    own, wanted = (spots_lufs(synthesis, one) for one in (course, like))
    if min(own, wanted) <= SILENCE_LUFS:
        return course
    gain_db = min(max(wanted - own, -LARGEST_GAIN_DB), LARGEST_GAIN_DB)
    return with_gain(course, course.gain * 10 ** (gain_db / 20))


def spots_lufs(synthesis: Synthesizer, course: Course) -> float:
    """The loudness of some spots of a course, the same ones for every course."""
    heard = [synthesis.sound(course, *spot) for spot in spots(synthesis.frames)]
    return loudness_lufs(np.concatenate(heard, axis=1), SAMPLE_RATE)


def spots(frames: int) -> list[tuple[int, int]]:
    """From which frame to which one each spot of a song of so many frames goes."""
    last = max(0, frames - SPOT_FRAMES)
    starts = sorted({round(place) for place in np.linspace(0, last, SPOTS)})
    return [(start, min(frames, start + SPOT_FRAMES)) for start in starts]
