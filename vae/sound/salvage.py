"""Recordings whose writer came to a sudden end, and what can be had of them."""

from contextlib import suppress
from pathlib import Path

import soundfile

from vae.files import abandoned, clear_abandoned, native_name


def salvage(path: Path) -> float:
    """Complete the WAV whose writer came to a sudden end; gives how long it is, s.

    What was written until then becomes `path`; 0 where nothing of it is found, or
    `path` is there already.
    """
    length_s = 0.0
    for left in abandoned(path):
        with suppress(OSError, soundfile.SoundFileError):
            with soundfile.SoundFile(
                native_name(left), "r+"
            ) as file:  # closed, it tells its length
                held_s = file.frames / file.samplerate
            if held_s > 0 and not path.exists():
                left.replace(path)
                length_s = held_s
    clear_abandoned(path)
    return length_s
