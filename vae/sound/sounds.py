"""Sound that is read in windows: held in memory, stored on disk, or heard in rounds.

A stored sound lies in a temporary file that has no name, so that it goes with the
program however that ends, and is read in place, so that memory does not grow with it.

Letters: C channels, S samples.
"""

import errno
import os
import tempfile
import weakref
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig
from vae.errors import AudioError
from vae.files import is_folder
from vae.sound.layout import CHANNELS, SAMPLE_RATE

VALUE_BYTES = 4
LEFT_OVER_BYTES = 128 << 20  # that a stored sound leaves on the disk
LOOK_BYTES = 16 << 20  # written between looks at what is left
ROOMY = Path("/var/tmp")  # where /tmp may be memory, this is a disk

Floats = NDArray[np.float32]


class Sound(Protocol):
    """Sound of which any window can be had; safe to use from several threads."""

    @property
    def samples(self) -> int:
        """S."""

    def window(self, start: int, stop: int) -> Floats:
        """Samples start to stop, (C, stop - start) float32; silence past the end."""


class HeldSound:
    """(C, S) float32 in memory."""

    def __init__(self, sound: Floats) -> None:
        self._sound = sound

    @property
    def samples(self) -> int:
        """S."""
        return int(self._sound.shape[1])

    def window(self, start: int, stop: int) -> Floats:
        """Samples start to stop; see `Sound`."""
        inside = self._sound[:, start:stop]
        if inside.shape[1] == stop - start:
            return inside
        window = np.zeros((len(self._sound), stop - start), np.float32)
        window[:, : inside.shape[1]] = inside
        return window


class StoredSound:
    """(2, S) float32 on disk, written once from its start to its end."""

    def __init__(self) -> None:
        folder = None if "TMPDIR" in os.environ or not _writable(ROOMY) else ROOMY
        self._folder = Path(folder or tempfile.gettempdir())
        try:
            self._file, name = tempfile.mkstemp(dir=self._folder)
            Path(name).unlink()
        except OSError as error:
            raise AudioError(
                f"{self._folder} cannot hold the song while it is open: "
                f"{error.strerror}"
            ) from error
        weakref.finalize(self, os.close, self._file)
        self._unseen = LOOK_BYTES
        self.samples = 0

    def append(self, block: Floats) -> None:
        """Add (2, n).

        Raises
        ------
        AudioError
            The disk is full, or would be.
        """
        content = np.ascontiguousarray(block.T, dtype="<f4").tobytes()
        self._unseen += len(content)
        if self._unseen >= LOOK_BYTES:
            self._unseen = 0
            self._check_room()
        try:
            view = memoryview(content)
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise self._full() from error
            raise AudioError(
                f"{self._folder} cannot hold the song while it is open: "
                f"{error.strerror}"
            ) from error
        self.samples += block.shape[1]

    def window(self, start: int, stop: int) -> Floats:
        """Samples start to stop; see `Sound`."""
        content = bytearray((stop - start) * CHANNELS * VALUE_BYTES)
        target = memoryview(content)
        place = start * CHANNELS * VALUE_BYTES
        while target:
            count = os.preadv(self._file, [target], place)
            if count <= 0:
                break
            target, place = target[count:], place + count
        window = np.frombuffer(content, "<f4").reshape(-1, CHANNELS)
        return np.ascontiguousarray(window.T, dtype=np.float32)

    def _check_room(self) -> None:
        disk = os.statvfs(self._file)
        if disk.f_bavail * disk.f_frsize < LEFT_OVER_BYTES:
            raise self._full()

    def _full(self) -> AudioError:
        minutes = self.samples / SAMPLE_RATE / 60
        return AudioError(
            f"{self._folder} is too full for the song: it has no room for more than "
            f"its first {minutes:.0f} minutes; a song takes 21 MB a minute while open"
        )


class LoopedSound:
    """Another sound, round and round, for so many samples."""

    def __init__(self, sound: Sound, samples: int) -> None:
        self._sound = sound
        self.samples = samples

    def window(self, start: int, stop: int) -> Floats:
        """Samples start to stop; see `Sound`."""
        window = np.zeros((CHANNELS, stop - start), np.float32)
        place, end = start, min(stop, self.samples)
        while place < end:
            at = place % self._sound.samples
            count = min(end - place, self._sound.samples - at)
            window[:, place - start : place - start + count] = self._sound.window(
                at, at + count
            )
            place += count
        return window


class DelayedSound:
    """Another sound after some silence, and as many samples as are asked for."""

    def __init__(self, sound: Sound, delay: int, samples: int) -> None:
        self._sound, self._delay = sound, delay
        self.samples = samples

    def window(self, start: int, stop: int) -> Floats:
        """Samples start to stop; see `Sound`."""
        first, last = start - self._delay, stop - self._delay
        if first >= 0:
            return self._sound.window(first, last)
        heard = self._sound.window(0, max(0, last))
        return np.pad(heard, ((0, 0), (stop - start - heard.shape[1], 0)))


def as_sound(sound: "Floats | Sound") -> Sound:
    """The sound itself, or (C, S) in memory as one."""
    return HeldSound(sound) if isinstance(sound, np.ndarray) else sound


def coefficients(
    sound: Sound,
    start: int,
    stop: int,
    config: TransformConfig,
    kept: int | None = None,
) -> Floats:
    """Frames start to stop of the whole sound's transform, (C, stop - start, kept)."""
    length = config.frame_samples
    frames = dct.frame_count(sound.samples, config)
    first, last = dct.neighbours(start, stop, frames, config)
    band = dct.forward(sound.window(first * length, last * length), config, kept)
    return band[:, start - first : stop - first]


def _writable(folder: Path) -> bool:
    return is_folder(folder) and os.access(folder, os.W_OK)
