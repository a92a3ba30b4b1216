"""A whole scene as sound, band by band, for a file."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from explorer.engine.scene import Scene

BAND_FRAMES = 32  # rendered at once

Floats = NDArray[np.float32]


def bands(scene: Scene, progress: Callable[[float], None]) -> Iterator[Floats]:
    """The whole piece, (2, n) bands of some frames, cut to its samples."""
    synthesis = scene.piece.synthesis
    for start in range(0, synthesis.frames, BAND_FRAMES):
        progress(start / synthesis.frames)
        stop = min(start + BAND_FRAMES, synthesis.frames)
        sound = scene.sound(start, stop)
        left = synthesis.samples - start * scene.piece.transform.frame_samples
        yield np.broadcast_to(sound, (2, sound.shape[1]))[:, :left]
    progress(1.0)
