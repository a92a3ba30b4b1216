"""Other recordings that lend their sound to the song: opened once, fitted to each song.

They are read from disk once; what of them depends on the model and on how long the song
is, is made anew for each.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from vae.codec import Codec
from vae.sound.song_file import SongFile
from vae.sound.sounds import LoopedSound
from vae.synthesis.recording import Recording

Progress = Callable[[float], None]  # told the share done; may raise to give up


class Others:
    """The sources that are open, by path."""

    def __init__(self) -> None:
        self._files: dict[Path, SongFile] = {}
        self._ready: dict[Path, Recording] = {}

    @property
    def ready(self) -> Mapping[Path, Recording]:
        """Those that fit the song."""
        return dict(self._ready)

    def open(
        self, file: SongFile, codec: Codec, samples: int, progress: Progress
    ) -> None:
        """Take in one more, for a song of so many samples; it may be there already."""
        recording = _fitted(file, codec, samples, progress)
        self._files[file.path] = file
        self._ready[file.path] = recording

    def close(self, path: Path) -> Mapping[Path, Recording]:
        """Let one go, if it is there; gives those that are left."""
        self._files.pop(path, None)
        self._ready.pop(path, None)
        return self.ready

    def fit(self, codec: Codec, samples: int, progress: Progress) -> None:
        """Make all of them fit another song or model."""
        self._ready = {}
        for number, (path, file) in enumerate(self._files.items()):

            def part(share: float, number: int = number) -> None:
                progress((number + share) / len(self._files))

            self._ready[path] = _fitted(file, codec, samples, part)


def _fitted(
    file: SongFile, codec: Codec, samples: int, progress: Progress
) -> Recording:
    sound = LoopedSound(file.sound, samples)
    return Recording(codec, sound, codec.encode(sound, progress))
