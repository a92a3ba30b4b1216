"""Sound files in and out.

Whatever PyAV (FFmpeg) reads comes in as (2, S) float32 at 44.1 kHz, full scale ±1; WAV
and FLAC go out. Nothing is allocated from what a header claims: sound is gathered as it
is decoded.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import av
import av.error
import numpy as np
import soundfile
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.files import atomic_path
from vae.sound.decoding import CHANNELS, SAMPLE_RATE, Decoder

SHORTEST_S = 0.25  # seconds; one frame
SUBTYPES = {16: "PCM_16", 24: "PCM_24", 32: "FLOAT"}
WRITTEN = {".wav": "WAV", ".flac": "FLAC"}

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


def read_title(path: Path) -> str:
    """What the file's tags call the song, or the file's own name where they do not."""
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            tags = dict(container.metadata)
            for stream in container.streams.audio:
                tags |= stream.metadata
    except (av.error.FFmpegError, OSError):
        return path.stem
    known = {name.lower(): text.strip() for name, text in tags.items()}
    title, artist = known.get("title", ""), known.get("artist", "")
    if not title:
        return path.stem
    return f"{title} – {artist}" if artist else title


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


def write_sound(
    path: Path,
    blocks: Iterable[Floats],
    *,
    bits: int = 16,
    sample_rate: int = SAMPLE_RATE,
) -> None:
    """Write (2, n) float32 blocks as one WAV or FLAC file, complete or not at all.

    Parameters
    ----------
    path : Path
        Ends in .wav or .flac.
    blocks : iterable of (2, n) float32
        Full scale ±1; what goes beyond is clipped, unless `bits` is 32.
    bits : int
        16, 24, or 32 (float, WAV only).
    sample_rate : int
        Hz.

    Raises
    ------
    AudioError
        The format is unknown, or the file cannot be written.
    """
    kind = WRITTEN.get(path.suffix.lower())
    if kind is None:
        raise AudioError(f"{path.name} must end in .wav or .flac")
    subtype = SUBTYPES.get(bits)
    if subtype is None or not soundfile.check_format(kind, subtype):
        raise AudioError(f"{kind} files of {bits} bits cannot be written")
    try:
        with (
            atomic_path(path) as temporary,
            soundfile.SoundFile(
                temporary, "w", sample_rate, CHANNELS, subtype, format=kind
            ) as file,
        ):
            for block in blocks:
                limited = block if bits == 32 else np.clip(block, -1.0, 1.0)
                file.write(np.ascontiguousarray(limited.T))
    except (OSError, soundfile.SoundFileError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AudioError(f"{path} cannot be written: {reason}") from error
