"""The card on which songs are chosen: folders, what was found, what was refused."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.session.training.songs import SongChoice
from explorer.widgets.actions import Actions
from explorer.widgets.duration_text import counted, duration_text
from explorer.widgets.modal import answered
from explorer.widgets.push_button import action_push_button, push_button
from explorer.widgets.refusal_dialog import RefusalDialog

ROWS = 3  # of folders, before the list scrolls
SCALE = 1_000
NOTHING_YET = "Drop folders of music here, or add one. What is found is shown first."


class FolderList(QListWidget):
    """The folders; Delete leaves the chosen ones out."""

    def __init__(self, songs: SongChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._songs = songs
        self.setAccessibleName("Folders of songs")
        self.setToolTip("Folders to train on; Delete leaves out the chosen ones")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)  # else a row is as wide as its text
        self._row = QSize(0, self.fontMetrics().height() + 5)
        self.setFixedHeight(ROWS * self._row.height() + 8)
        songs.folders_changed.connect(self._show)
        self._show()

    def remove_chosen(self) -> None:
        """Leave out what is chosen, or the only folder there is."""
        chosen = self.selectedItems() or [self.item(n) for n in range(self.count())][:1]
        self._songs.remove(self._path(item) for item in chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            if self.selectedItems():
                self.remove_chosen()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.clear()
        for path in self._songs.folders:
            item = QListWidgetItem(f"{path.name}   in {path.parent}", self)
            item.setSizeHint(self._row)
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))

    @staticmethod
    def _path(item: QListWidgetItem) -> Path:
        path = item.data(Qt.ItemDataRole.UserRole)
        assert isinstance(path, Path)
        return path


class TrainSongs(QFrame):
    """Choosing songs, and seeing what was found before anything is begun.

    Attributes
    ----------
    folders : FolderList
    told : QLabel
        What was found, or what is wrong.
    progress : QProgressBar
        How far the look has come.
    stop, remove, why : QPushButton
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._songs = session.training.songs
        self.setObjectName("card")
        self.folders = FolderList(self._songs)
        self.told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.told.setAccessibleName("What was found")
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, SCALE)
        self.stop = push_button("Stop", tip="Look no further")
        self.stop.clicked.connect(self._stop_or_look)
        self.remove = push_button("Remove", tip="Leave out the chosen folders (Delete)")
        self.remove.clicked.connect(self.folders.remove_chosen)
        self.why = push_button("Why?", tip="Which files were refused, and why")
        self.why.clicked.connect(self._explain)
        self._lay_out(action_push_button(actions["train_add"], text="Add folder…"))
        self._songs.changed.connect(self._show)
        self._show()

    def _lay_out(self, add: QPushButton) -> None:
        heading = QLabel("Songs")
        heading.setObjectName("heading")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(add)
        top.addWidget(self.remove)
        words = QHBoxLayout()
        words.addWidget(self.told, 1)
        words.addWidget(self.why, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.folders)
        column.addWidget(self.progress)
        column.addLayout(words)

    def _show(self) -> None:
        songs = self._songs
        looking = songs.phase == "looking"
        refused = songs.found.refused if songs.found else ()
        self.told.setText(_words(songs))
        self.told.setProperty("severity", "error" if _wrong(songs) else "")
        self.told.style().polish(self.told)
        self.progress.setVisible(looking)
        self.progress.setRange(0, SCALE if songs.fraction > 0 else 0)
        self.progress.setValue(round(songs.fraction * SCALE))
        self.remove.setEnabled(bool(songs.folders))
        self.why.setVisible(songs.phase == "found" and bool(refused))
        again = songs.phase in {"failed", "stopped"} and bool(songs.folders)
        self.stop.setVisible(looking or again)
        self.stop.setText("Stop" if looking else "Look again")

    def _stop_or_look(self) -> None:
        if self._songs.phase == "looking":
            self._songs.stop_looking()
        else:
            self._songs.look()

    def _explain(self) -> None:
        if self._songs.found is not None:
            answered(RefusalDialog(self._songs.found.refused, self))


def _wrong(songs: SongChoice) -> bool:
    nothing = songs.found is not None and songs.found.songs == 0
    return songs.phase == "failed" or (songs.phase == "found" and nothing)


def _words(songs: SongChoice) -> str:
    match songs.phase:
        case "looking":
            return "Looking at every file…"
        case "failed":
            return songs.fault
        case "stopped":
            return "It was not looked through to the end."
        case "found" if songs.found is not None:
            found = songs.found
            words = f"{counted(found.songs, 'song')}, {duration_text(found.seconds)}"
            if found.songs == 0:
                words = "There is nothing here to train on"
            if found.refused:
                words += f"; {counted(len(found.refused), 'file')} refused"
            return words + "."
    return NOTHING_YET
