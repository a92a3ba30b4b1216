"""The stretch of a song that one image holds."""

import math

import numpy as np
from numpy.typing import NDArray

from vae.checkpoint import Checkpoint
from vae.errors import PointError

Floats = NDArray[np.float32]


def image_of(sound: Floats, start_s: float, checkpoint: Checkpoint) -> Floats:
    """One image's worth of a song from `start_s` on, repeated where it is too short.

    Parameters
    ----------
    sound : (2, S) float32
        The song, full scale ±1.
    start_s : float
        Seconds.
    checkpoint : Checkpoint
        Whose images are meant.

    Returns
    -------
    (2, frames · frame_samples) float32

    Raises
    ------
    PointError
        That is before the song begins, or after it is over.
    """
    config = checkpoint.config
    duration_s = sound.shape[1] / config.transform.sample_rate
    if not 0 <= start_s < duration_s:
        raise PointError(
            f"the song is {duration_s:.1f} s long; it has nothing at {start_s:g} s"
        )
    begin = min(round(start_s * config.transform.sample_rate), sound.shape[1] - 1)
    samples = config.frames * config.transform.frame_samples
    piece = sound[:, begin : begin + samples]
    repeats = math.ceil(samples / piece.shape[1])
    return np.tile(piece, (1, repeats))[:, :samples]
