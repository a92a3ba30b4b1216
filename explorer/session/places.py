"""The folders the person last used, one for each kind of file, and the format."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_music_path

from explorer.engine.protocol import SoundFormat
from vae.files import is_folder

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
        """Where recordings go: where exports went last, else the program's folder."""
        if self.exports is not None and _takes_files(self.exports):
            return self.exports
        return self.own()

    def own(self) -> Path:
        """The program's folder in the person's music, made if need be.

        Where nothing can be written there, that of the songs, or home.
        """
        with suppress(OSError, RuntimeError):  # no room, no rights, no home
            own = user_music_path() / OWN_FOLDER
            own.mkdir(parents=True, exist_ok=True)
            if _takes_files(own):
                return own
        if self.songs is not None and _takes_files(self.songs):
            return self.songs
        return Path.home()


def _takes_files(folder: Path) -> bool:
    return is_folder(folder) and os.access(folder, os.W_OK | os.X_OK)
