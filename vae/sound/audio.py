"""Sound files as arrays.

Whatever PyAV (FFmpeg) reads comes in as (2, S) float32 at 44.1 kHz, full scale ±1.
Nothing is allocated from what a header claims: sound is gathered as it is decoded.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.sound.decoding import Decoder
from vae.sound.layout import SAMPLE_RATE

SHORTEST_S = 0.25  # seconds; one frame

Floats = NDArray[np.float32]


def read_sound(path: Path, progress: Callable[[float], None] | None = None) -> Floats:
    """The sound of a file, (2, S) float32 at 44.1 kHz, full scale ±1.

    Mono is doubled, more channels are mixed down; a value that is no number is silence;
    a file that breaks off gives what can be decoded of it.

    Parameters
    ----------
    path : Path
    progress : callable, optional
        Called with the share read so far, 0 to 1, where the length is known. May raise
        to give up.

    Raises
    ------
    AudioError
        The file is missing, holds no sound, or less than a quarter of a second.
    """
    blocks = list(read_blocks(path, progress))
    samples = sum(block.shape[1] for block in blocks)
    if samples < SHORTEST_S * SAMPLE_RATE:
        raise AudioError(
            f"{path.name} holds {samples / SAMPLE_RATE:.2f} s of sound; "
            f"at least {SHORTEST_S} s are needed"
        )
    return np.concatenate(blocks, axis=1)


def read_blocks(
    path: Path, progress: Callable[[float], None] | None = None
) -> Iterator[Floats]:
    """The sound of a file bit by bit: (2, n) float32 blocks at 44.1 kHz.

    Raises
    ------
    AudioError
        As `read_sound`, before the first block.
    """
    return Decoder(path, progress).blocks()
