"""Sound of a whole path, as `decode` and `sample` write it."""

import numpy as np
from numpy.typing import NDArray

from vae.progress import ProgressBar
from vae.synthesis import export
from vae.synthesis.course import Course
from vae.synthesis.synthesis import Synthesis

LOUDEST = 10 ** (-0.1 / 20)  # full scale ±1; written peaks stay at or under it

Floats = NDArray[np.float32]


def rendered(synthesis: Synthesis, course: Course, bar: ProgressBar) -> Floats:
    """All of a course, (2, S) float32."""
    blocks, done = [], 0
    for block in export.rendered(synthesis, course, 0, synthesis.samples):
        blocks.append(block)
        done += block.shape[1]
        bar("rendering", done / synthesis.samples)
    return np.concatenate(blocks, axis=1)


def limited(sound: Floats) -> Floats:
    """(2, S) float32, turned down as a whole where a peak would clip."""
    peak = float(np.abs(sound).max())
    return sound * np.float32(LOUDEST / peak) if peak > LOUDEST else sound
