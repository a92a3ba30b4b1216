"""The dialogs that ask for a file, and what kind of file a dropped one is."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from explorer.session.session import Session

MODEL_SUFFIX = ".safetensors"
SOUND_SUFFIXES = (".wav", ".flac")  # that can be written
SOUND_PATTERNS = (
    *("wav", "flac", "mp3", "m4a", "aac", "ogg", "oga", "opus", "aif", "aiff"),
    *("wma", "wv", "mp4", "mkv", "webm", "mov"),
)


class FileDialogs:
    """Asks for files, and hands them to the session."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session = session
        self._parent = parent

    def open_song(self) -> None:
        """Ask for a song and open it."""
        sounds = " ".join(f"*.{one} *.{one.upper()}" for one in SOUND_PATTERNS)
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open song",
            _folder(self._session.places.songs),
            f"Sound and video ({sounds});;All files (*)",
        )
        if name:
            self._session.open_song(Path(name))

    def open_model(self) -> None:
        """Ask for a model and open it."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            "Open model",
            _folder(self._session.places.models),
            f"Models (*{MODEL_SUFFIX});;All files (*)",
        )
        if name:
            self._session.open_model(Path(name))

    def export(self) -> None:
        """Ask where to write the sound, and again before a file is overwritten."""
        song = self._session.song
        if song is None:
            return
        folder = self._session.places.exports or self._session.places.songs
        proposal = (folder or Path.home()) / f"{song.path.stem} (edit).wav"
        name, chosen = QFileDialog.getSaveFileName(
            self._parent,
            "Export sound",
            str(proposal),
            "WAV (*.wav);;FLAC (*.flac)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            path = with_suffix(Path(name), ".flac" if "flac" in chosen else ".wav")
            if not path.exists() or self._may_replace(path):
                self._session.export(path)

    def open_dropped(self, paths: list[Path]) -> None:
        """Open what was dropped on the window: a model by its suffix, or a song."""
        path = paths[0]
        if len(paths) > 1:
            self._session.messages.warning(
                "program", f"One file at a time: {path.name} is opened, the others not."
            )
        if path.suffix.lower() == MODEL_SUFFIX:
            self._session.open_model(path)
        else:
            self._session.open_song(path)

    def may_abandon_export(self) -> bool:
        """Ask whether a file that is being written may be given up."""
        return self._agrees(
            "Leave now?", "A sound file is still being written. Give it up and leave?"
        )

    def _may_replace(self, path: Path) -> bool:
        return self._agrees(
            "Replace the file?",
            f"{path.name} exists already in {path.parent}. Replace it?",
        )

    def _agrees(self, title: str, question: str) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._parent, title, question, buttons.Yes | buttons.Cancel, buttons.Cancel
        )
        return answer == buttons.Yes


def with_suffix(path: Path, suffix: str) -> Path:
    """The path, with a suffix that can be written if it has none."""
    if path.suffix.lower() in SOUND_SUFFIXES:
        return path
    return path.with_name(path.name + suffix)


def _folder(folder: Path | None) -> str:
    return str(folder) if folder is not None and folder.is_dir() else str(Path.home())
