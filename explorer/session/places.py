"""The folders the person last used, one for each kind of file, and the format."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_music_path

from explorer.engine.protocol import SoundFormat

OWN_FOLDER = "DCT-VAE Explorer"  # in the person's music


@dataclass
class Places:
    """Where the file dialogs open; None: wherever the system likes."""

    songs: Path | None = None
    models: Path | None = None
    exports: Path | None = None
    presets: Path | None = None
    projects: Path | None = None
    form: SoundFormat = "wav24"  # of what is exported

    def recordings(self) -> Path:
        """Where recordings go, made if need be.

        Where exports went last; else a folder of their own in the person's music; else,
        where nothing can be written there, beside the songs, or at home.
        """
        places = list(self._for_recordings())
        return next(filter(_made, places), places[0])

    def _for_recordings(self) -> Iterator[Path]:
        if self.exports is not None:
            yield self.exports
        with suppress(OSError, RuntimeError):  # the person may have no home
            yield user_music_path() / OWN_FOLDER
        if self.songs is not None:
            yield self.songs
        with suppress(RuntimeError):
            yield Path.home()
        yield Path.cwd()


def _made(folder: Path) -> bool:
    """True where files can be written in a folder; it is made where it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
