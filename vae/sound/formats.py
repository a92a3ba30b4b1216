"""The kinds of sound files that are written."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from vae.errors import AudioError

SoundFormat = Literal["wav16", "wav24", "wav_float", "flac16", "flac24"]

SUFFIXES: dict[SoundFormat, str] = {
    "wav16": ".wav",
    "wav24": ".wav",
    "wav_float": ".wav",
    "flac16": ".flac",
    "flac24": ".flac",
}
BEST: dict[str, SoundFormat] = {".wav": "wav24", ".flac": "flac24"}
PLAIN: dict[str, SoundFormat] = {".wav": "wav16", ".flac": "flac16"}


def format_of(
    path: Path,
    wanted: SoundFormat | None = None,
    *,
    usual: Mapping[str, SoundFormat] = BEST,
) -> SoundFormat:
    """The format of a file of this name; the usual one where no other is wanted.

    Raises
    ------
    AudioError
        The name does not end as files of the format do.
    """
    suffix = path.suffix.lower()
    if wanted is None:
        if suffix not in usual:
            raise AudioError(f"{path.name} must end in .wav or .flac")
        return usual[suffix]
    if suffix != SUFFIXES[wanted]:
        raise AudioError(f"{path.name} must end in {SUFFIXES[wanted]}")
    return wanted
