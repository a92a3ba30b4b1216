"""Writes sound files: WAV and FLAC, complete or not at all, with a song's tags."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from vae.errors import AudioError
from vae.files import atomic_path, clear_abandoned, native_name
from vae.sound.formats import PLAIN, SoundFormat, format_of
from vae.sound.layout import CHANNELS, SAMPLE_RATE

KINDS: dict[SoundFormat, tuple[str, str]] = {
    "wav16": ("WAV", "PCM_16"),
    "wav24": ("WAV", "PCM_24"),
    "wav_float": ("WAV", "FLOAT"),
    "flac16": ("FLAC", "PCM_16"),
    "flac24": ("FLAC", "PCM_24"),
}
BITS = {"PCM_16": 16, "PCM_24": 24}
LARGEST_WAV = 4_000_000_000  # bytes; a larger one says its size in RF64's way
LARGEST_FLAC_HZ = 655_350
PROBE = bytes(1 << 20)  # written to learn why no sound can be

# What libsndfile writes, and what FFmpeg calls it where that differs.
TAGS = {
    "title": "title",
    "artist": "artist",
    "album": "album",
    "date": "date",
    "genre": "genre",
    "track": "tracknumber",
    "comment": "comment",
    "copyright": "copyright",
    "license": "license",
}

Floats = NDArray[np.float32]


@contextmanager
def sound_writer(
    path: Path,
    form: SoundFormat,
    *,
    sample_rate: int,
    channels: int,
    samples: int = 0,
    tags: Mapping[str, str] | None = None,
) -> Iterator[Callable[[Floats], None]]:
    """A function that adds (C, n) float32 to a file, which is there when this ends.

    Full scale is ±1: what goes beyond is clipped, but in floating point. What was read
    from a file of as many bits is written as it was, bit by bit. What earlier writers
    of the same path left behind at a sudden end is taken away. Where the disk takes no
    more, adding raises; who goes on from there keeps what was added before.

    Parameters
    ----------
    path : Path
    form : SoundFormat
    sample_rate : int
        Hz.
    channels : int
    samples : int
        About how many will come, so that a very long WAV can say its length.
    tags : mapping of str to str
        Names as FFmpeg has them, in lower case; those the format knows are kept.

    Raises
    ------
    AudioError
        The file cannot be written, or the disk is full.
    """
    kind, subtype = KINDS[form]
    bits = BITS.get(subtype, 32)
    if kind == "WAV" and samples * channels * bits // 8 > LARGEST_WAV:
        kind = "RF64"
    if kind == "FLAC" and sample_rate > LARGEST_FLAC_HZ:
        raise AudioError(f"FLAC knows no rate of {sample_rate} Hz; write a WAV")
    clear_abandoned(path)
    try:
        with (
            atomic_path(path) as temporary,
            reasons(path, temporary),
            soundfile.SoundFile(
                native_name(temporary),
                *("w", sample_rate, channels, subtype),
                format=kind,
            ) as file,
        ):
            for name, text in (tags or {}).items():
                if name in TAGS and text:
                    setattr(file, TAGS[name], text)

            def write(block: Floats) -> None:
                with reasons(path, temporary):
                    file.write(_values(block, bits))

            yield write
    except OSError as error:
        raise AudioError(f"{path} cannot be written: {error.strerror}") from error


@contextmanager
def reasons(path: Path, temporary: Path) -> Iterator[None]:
    """Say why a file cannot be written, where libsndfile says "System error".

    `path` is what `temporary`, which is written to, is to become.

    Raises
    ------
    AudioError
        In place of libsndfile's error.
    """
    try:
        yield
    except soundfile.SoundFileError as error:
        reason = _reason(temporary) or str(error)
        raise AudioError(f"{path} cannot be written: {reason}") from error


def write_sound(
    path: Path,
    blocks: Iterable[Floats],
    *,
    form: SoundFormat | None = None,
    sample_rate: int = SAMPLE_RATE,
) -> None:
    """Write (2, n) float32 blocks as one file; see `sound_writer`.

    Parameters
    ----------
    path : Path
        Ends in .wav or .flac.
    blocks : iterable of (2, n) float32
        Full scale ±1.
    form : SoundFormat, optional
        16 bits unless given.
    sample_rate : int
        Hz.

    Raises
    ------
    AudioError
        The format is unknown, or the file cannot be written.
    """
    form = format_of(path, form, usual=PLAIN)
    with sound_writer(path, form, sample_rate=sample_rate, channels=CHANNELS) as write:
        for block in blocks:
            write(block)


def _reason(path: Path) -> str:
    """Why nothing can be added to a file, "" where something can; it stays as it is."""
    try:
        size = path.stat().st_size
        try:
            with path.open("ab") as file:
                file.write(PROBE)
        finally:
            os.truncate(path, size)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def _values(block: Floats, bits: int) -> NDArray[Any]:
    """(n, C) as libsndfile takes them: float32, int16, or int32 from its top."""
    if bits == 32:
        return np.ascontiguousarray(block.T)
    steps = np.rint(block.T.astype(np.float64) * 2 ** (bits - 1))
    np.clip(steps, -(2 ** (bits - 1)), 2 ** (bits - 1) - 1, out=steps)
    if bits == 16:
        return np.ascontiguousarray(steps, dtype=np.int16)
    return np.ascontiguousarray(steps * 2 ** (32 - bits), dtype=np.int32)
