"""Writing the song to a file: in which format, and which part of it."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.protocol import SoundFormat
from explorer.session.file_name import file_name
from explorer.session.session import Session
from explorer.widgets.clock_text import clock_text
from explorer.widgets.form import add_row
from vae.files import is_folder, is_there, same_file
from vae.sound.formats import SUFFIXES

FORMATS: tuple[tuple[SoundFormat, str], ...] = (
    ("wav24", "WAV, 24 bits"),
    ("wav16", "WAV, 16 bits"),
    ("wav_float", "WAV, 32-bit float"),
    ("flac24", "FLAC, 24 bits"),
    ("flac16", "FLAC, 16 bits"),
)
WIDTH = 520

Region = tuple[int, int]


class ExportDialog(QDialog):
    """Chooses format, part and place; remembers the format and the folder.

    Parameters
    ----------
    session : Session
    may_replace : callable
        Asks whether a file that is there may be replaced.

    Attributes
    ----------
    form, part : QComboBox
    place : QLineEdit
    """

    def __init__(
        self,
        session: Session,
        may_replace: Callable[[Path], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._may_replace = may_replace
        self.setWindowTitle("Export sound")
        self.setMinimumWidth(WIDTH)
        self.form = QComboBox()
        self.form.setAccessibleName("Format")
        for value, words in FORMATS:
            self.form.addItem(words, value)
        self.form.setCurrentIndex(max(self.form.findData(session.places.form), 0))
        self.part = QComboBox()
        self.part.setAccessibleName("Part")
        for words, region in self._parts():
            self.part.addItem(words, region)
        self.place = QLineEdit(str(self._proposal))
        self.place.setAccessibleName("File")
        self._choose = QPushButton("&Choose…")
        self._choose.setAutoDefault(False)
        self._facts = QLabel()
        self._facts.setObjectName("dim")
        self._facts.setWordWrap(True)
        self._lay_out()
        self.form.currentIndexChanged.connect(self._show)
        self.part.currentIndexChanged.connect(self._show)
        self._choose.clicked.connect(self._ask_place)
        self._show()

    def accept(self) -> None:
        path = self._path
        if path is None:
            self._facts.setText("The file needs a name.")
            return
        if not is_folder(path.parent):
            self._facts.setText(f"There is no folder {path.parent}.")
            return
        song = self._session.song
        if song is not None and same_file(path, song.path):
            self._facts.setText(
                f"{path.name} is the song itself, of which the edit is made: choose "
                "another name."
            )
            return
        if is_there(path) and not self._may_replace(path):
            return
        self._session.places.form = self.form.currentData()
        self._session.exports.write(
            path, self.form.currentData(), self.part.currentData()
        )
        super().accept()

    # ------------------------------------------------------------ what there is

    @property
    def _path(self) -> Path | None:
        """Where to write, as it stands there; None where it names no file."""
        text = self.place.text().strip()
        path = Path(text)
        with suppress(RuntimeError):  # nobody is known by that name
            path = path.expanduser()
        path = self._proposal.parent / path
        if text.endswith("/") or is_folder(path):
            return None
        named = path.suffix.lower() == self._suffix
        return path if named else path.with_name(path.name + self._suffix)

    def _parts(self) -> list[tuple[str, Region | None]]:
        session = self._session
        parts: list[tuple[str, Region | None]] = [("The whole song", None)]
        region, span = session.playback.region, session.span_edits.focused
        if region is not None:
            parts.append((f"The loop, {self._words(region)}", region))
        if span is not None:
            stretch = (span.start, span.stop)
            parts.append((f"The stretch in focus, {self._words(stretch)}", stretch))
        return parts

    def _words(self, region: Region) -> str:
        rate = self._session.song.sample_rate if self._session.song else 1
        start, stop = (clock_text(end / rate, tenths=True) for end in region)
        return f"{start} to {stop}"

    @property
    def _suffix(self) -> str:
        return SUFFIXES[self.form.currentData()]

    @property
    def _proposal(self) -> Path:
        places, song = self._session.places, self._session.song
        folder = places.exports or places.songs or Path.home()
        stem = song.path.stem if song is not None else "song"
        return folder / file_name(stem, f" (edit){self._suffix}")

    def _show(self) -> None:
        path = Path(self.place.text())
        if path.suffix.lower() in set(SUFFIXES.values()):
            self.place.setText(str(path.with_suffix(self._suffix)))
        song = self._session.song
        if song is not None:
            channels = {1: "mono", 2: "stereo"}.get(song.file_channels, "stereo mix")
            self._facts.setText(
                f"Written at the song's own {song.file_rate:,} Hz, {channels}, with "
                "its tags. What is written is the edit, whatever you listen to."
            )

    # ------------------------------------------------------------ the dialog

    def _ask_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export sound",
            self.place.text(),
            f"Sound (*{self._suffix})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self.place.setText(name)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.place, 1)
        row.addWidget(self._choose)
        rows = QFormLayout()
        add_row(rows, "For&mat", self.form)
        add_row(rows, "&Part", self.part)
        add_row(rows, "&File", self.place, beside=row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        export = buttons.addButton("&Export", QDialogButtonBox.ButtonRole.AcceptRole)
        export.setObjectName("primary")
        export.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self._facts)
        column.addSpacing(8)
        column.addWidget(buttons)
