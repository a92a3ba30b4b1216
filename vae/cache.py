"""Coefficients of songs, kept as float16 in a folder.

A file is named after the song's content and the transform, so that work that was broken
off is taken up where it stood. What could not be used is noted beside, so that it is
not decoded in vain again.

Letters: C channels, F frames, K kept coefficients.
"""

import hashlib
import io
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import av
import numpy as np
import platformdirs
from numpy.typing import NDArray

from vae import dct
from vae.config import TransformConfig
from vae.errors import AudioError, DatasetError
from vae.files import write_bytes
from vae.search import Refusal
from vae.sound.audio import read_sound

CACHE_VERSION = 1  # raise when the same song and transform give other coefficients
QUIETEST_RMS = 1e-5  # full scale ±1; a song below it is silence
BLOCK = 1 << 20  # bytes
NAME = "{name}"  # stands for the file's in a reason that is kept: copies have others

Halves = NDArray[np.float16]


def default_cache() -> Path:
    """Where coefficients are kept unless another folder is named."""
    return platformdirs.user_cache_path("dctvae") / "coefficients"


@dataclass(frozen=True, kw_only=True)
class Cache:
    """Where songs are kept, and in what form.

    Attributes
    ----------
    folder : Path
    config : TransformConfig
    versions : int
        Of each song, begun equal parts of a frame apart.
    """

    folder: Path
    config: TransformConfig
    versions: int = 1

    def key(self, path: Path) -> str:
        """A name that changes with the file's bytes and with the transform."""
        form = json.dumps([CACHE_VERSION, asdict(self.config)], sort_keys=True)
        digest = hashlib.sha256(form.encode())
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
        return digest.hexdigest()[:32]

    def files(self, key: str) -> list[Path]:
        """A file for each version of a song."""
        later = [f"{key}.{n}of{self.versions}.npy" for n in range(1, self.versions)]
        return [self.folder / name for name in (f"{key}.npy", *later)]

    def holds(self, key: str) -> bool:
        """True where nothing is left to do for a song.

        What a broken disk or a copy that was broken off left is done again.
        """
        try:
            self.load(key)
        except (OSError, ValueError, EOFError):
            return False
        return True

    def load(self, key: str) -> list[Halves]:
        """(C, F, K) of each version, memory-mapped."""
        return [
            np.load(file, mmap_mode="r", allow_pickle=False) for file in self.files(key)
        ]

    def refuse(self, path: Path, key: str, reason: str) -> Refusal:
        """Keep why a song cannot be used."""
        kept = reason.removeprefix(path.name)
        kept = reason if kept == reason else NAME + kept
        note = {"reason": kept, "decoder": av.__version__}
        with suppress(OSError):  # it is only looked at again, then
            write_bytes(self._note(key), json.dumps(note).encode(), durable=False)
        return Refusal(path=path, reason=reason)

    def refusal(self, path: Path, key: str) -> Refusal | None:
        """Why a song could not be used before; another decoder may yet read it."""
        try:
            note = json.loads(self._note(key).read_bytes())
            if note["decoder"] == av.__version__:
                reason = note["reason"].replace(NAME, path.name)
                return Refusal(path=path, reason=reason)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass  # there is none, or none that can be read
        return None

    def _note(self, key: str) -> Path:
        return self.folder / f"{key}.refused.json"

    def store(self, path: Path, key: str) -> None:
        """Decode and transform a song.

        Raises
        ------
        AudioError
            It is silent, or cannot be read.
        DatasetError
            The cache cannot be written, or the disk is full.
        """
        sound = read_sound(path)
        if np.sqrt(np.mean(np.square(sound))) < QUIETEST_RMS:
            raise AudioError(f"{path.name} is silent")
        frame = self.config.frame_samples
        for number, file in enumerate(self.files(key)):
            later = sound[:, number * frame // self.versions :]
            image = dct.forward(later if later.size else sound, self.config)
            content = io.BytesIO()  # numpy does not say why a file is not written
            np.save(content, image.astype(np.float16), allow_pickle=False)
            try:
                write_bytes(file, content.getbuffer())
            except OSError as error:
                raise DatasetError(
                    f"the cache {self.folder} cannot be written: {error.strerror}; "
                    "what is done stays done"
                ) from error
