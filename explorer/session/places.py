"""The folders the person last used, one for each kind of file, and the format."""

from dataclasses import dataclass
from pathlib import Path

from explorer.engine.protocol import SoundFormat


@dataclass
class Places:
    """Where the file dialogs open; None: wherever the system likes."""

    songs: Path | None = None
    models: Path | None = None
    exports: Path | None = None
    presets: Path | None = None
    projects: Path | None = None
    form: SoundFormat = "wav24"  # of what is exported
