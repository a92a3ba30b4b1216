"""The dialogs that ask for a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from explorer.session.file_name import file_name
from explorer.session.session import Session
from explorer.session.song_search import SOUND_SUFFIXES
from explorer.widgets.export_dialog import ExportDialog
from explorer.widgets.modal import answered
from explorer.widgets.question import agreed
from vae.files import is_folder, is_there

MODEL_SUFFIX = ".safetensors"
PRESET_SUFFIX = ".json"


class FileDialogs:
    """Asks for files, and hands them to the session."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent

    @property
    def verbs(self) -> dict[str, Callable[[], None]]:
        """The actions that ask for a file or a name first."""
        return {
            "open_song": self.open_song,
            "open_model": self.open_model,
            "open_preset": self.open_preset,
            "save_preset": self.save_preset,
            "export": self.export,
            "source_file": self.ask_source,
            "bookmark": self.ask_bookmark,
        }

    def open_song(self) -> None:
        """Ask for songs, take them into the list and open the first."""
        sounds = " ".join(f"*{one} *{one.upper()}" for one in sorted(SOUND_SUFFIXES))
        names, _ = QFileDialog.getOpenFileNames(
            self._parent,
            "Open songs",
            folder_text(self._session.places.songs),
            f"Sound and video ({sounds});;All files (*)",
        )
        if names:
            self._session.songs.add(Path(name) for name in names)

    def open_model(self) -> None:
        """Ask for a model and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open model",
            folder_text(self._session.places.models),
            f"Models (*{MODEL_SUFFIX});;All files (*)",
        )
        if name:
            self._session.open_model(Path(name))

    def export(self) -> None:
        """Ask for format, part and place, and write the sound."""
        if self._session.song is not None:
            answered(ExportDialog(self._session, self.may_replace, self._parent))

    def ask_source(self) -> None:
        """Ask for another sound file, and filter that."""
        sounds = " ".join(f"*{one} *{one.upper()}" for one in sorted(SOUND_SUFFIXES))
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open another file as the source",
            folder_text(self._session.places.songs),
            f"Sound and video ({sounds});;All files (*)",
        )
        if name:
            self._session.sources.choose(Path(name))

    def open_preset(self) -> None:
        """Ask for a preset and go to its point."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open preset",
            folder_text(self._session.places.presets),
            f"Presets (*{PRESET_SUFFIX});;All files (*)",
        )
        if name:
            self._session.presets.open(Path(name))

    def save_preset(self) -> None:
        """Ask where to save the present point, and again before a file goes."""
        song = self._session.song
        if song is None:
            return
        folder = self._session.places.presets or Path.home()
        name, _ = QFileDialog.getSaveFileName(
            self._parent,
            "Save preset",
            str(folder / file_name(song.path.stem, f" (edit){PRESET_SUFFIX}")),
            f"Presets (*{PRESET_SUFFIX})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = Path(name)
            if path.suffix.lower() != PRESET_SUFFIX:
                path = path.with_name(path.name + PRESET_SUFFIX)
            if not is_there(path) or self.may_replace(path):
                self._session.presets.save(path)

    def ask_bookmark(self) -> None:
        """Ask for a name and bookmark the present point under it."""
        history = self._session.history
        name, agreed = QInputDialog.getText(
            self._parent,
            "Bookmark this point",
            "Name",
            text=history.steps[history.index].label,
        )
        if agreed:
            self._session.bookmarks.add(name)

    def may_abandon_export(self) -> bool:
        """Ask whether a file that is being written may be given up."""
        return agreed(
            self._parent,
            "Leave now?",
            "A sound file is still being written. Give it up and leave?",
            "&Leave",
        )

    def may_replace(self, path: Path) -> bool:
        """Ask whether a file that is there may be replaced."""
        return agreed(
            self._parent,
            "Replace the file?",
            f"{path.name} exists already in {path.parent}. Replace it?",
            "&Replace",
        )


def folder_text(folder: Path | None) -> str:
    """Where a dialog opens: the folder, or the home where it is not there."""
    return str(folder) if folder is not None and is_folder(folder) else str(Path.home())
