"""Songs played faster and slower, as a tape is: more to train on from few recordings.

Pitch and tempo move together, every partial by the same ratio, and nothing else about
the sound changes.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import soxr
from numpy.typing import NDArray

from vae.errors import AudioError, DatasetError
from vae.search import Refusal, find_files, nothing_usable
from vae.sound.audio import read_sound
from vae.sound.layout import SAMPLE_RATE
from vae.sound.writer import write_sound

SEMITONES = (-6.0, -4.0, -2.0, 2.0, 4.0, 6.0)
FARTHEST = 24.0  # semitones up or down; two octaves on, little of music is left

Floats = NDArray[np.float32]


def played_at(sound: Floats, semitones: float) -> Floats:
    """A sound (2, S) float32 at another speed, (2, S · 2^(-semitones / 12)).

    At most 24 semitones up or down.
    """
    ratio = 2 ** (semitones / 12)
    resampled = soxr.resample(sound.T, SAMPLE_RATE * ratio, SAMPLE_RATE)
    return np.ascontiguousarray(np.asarray(resampled, dtype=np.float32).T)


def vary(
    folders: Sequence[Path],
    out: Path,
    semitones: Sequence[float],
    progress: Callable[[float], None],
) -> tuple[int, list[Refusal]]:
    """Write every song of some folders at every speed, as FLAC files of 16 bits.

    What is there already is kept, so that an order that was broken off can go on. Songs
    of one name that lie in several folders are told apart by a number.

    Parameters
    ----------
    folders : sequence of Path
        Searched as for training.
    out : Path
        A folder, made where it is missing.
    semitones : sequence of float
        Up or down from the recording.
    progress : callable
        Called with the share done, 0 to 1.

    Returns
    -------
    written : int
        Files that are new.
    refused : list of Refusal
        Files that cannot be read as sound, folders that cannot be opened, and why.

    Raises
    ------
    DatasetError, AudioError
        A folder does not exist or holds no song; a file cannot be written.
    """
    found = find_files(folders)
    files = found.files
    if not files:
        raise DatasetError(nothing_usable(folders, found.closed))
    out.mkdir(parents=True, exist_ok=True)
    written, unread = 0, list[Refusal]()
    for number, (path, name) in enumerate(_named(files), 1):
        missing = {
            target: step
            for step in semitones
            if not (target := out / f"{name} {step:+g}.flac").exists()
        }
        if missing:
            try:
                sound = read_sound(path)
            except AudioError as error:
                unread.append(Refusal(path=path, reason=str(error)))
                missing = {}
        for target, step in missing.items():
            write_sound(target, [played_at(sound, step)])
            written += 1
        progress(number / len(files))
    refused = [*found.closed, *unread]
    if len(unread) == len(files):
        raise DatasetError(nothing_usable(folders, refused))
    return written, refused


def _named(files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Each file, and a name that no file before it has."""
    taken: set[str] = set()
    for path in files:
        name, number = path.stem, 1
        while name in taken:
            number += 1
            name = f"{path.stem} ({number})"
        taken.add(name)
        yield path, name
