"""A held-out song, and what the present weights make of it, side by side."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, qRgb
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from explorer.engine.protocol import PICTURE_FLOOR_DB, PICTURE_TOP_DB
from explorer.session.session import Session
from explorer.session.training.course import Pictures
from explorer.widgets.colours import colour_table, is_dark
from explorer.widgets.elided_label import ElidedLabel

HINT = QSize(260, 130)
NOTHING_YET = "Drawn every few epochs"
TIP = (
    "Time to the right, frequency upward. The nearer the right one comes to the left "
    "one, the more of a song the 64 numbers hold"
)


class LevelPicture(QWidget):
    """A grey picture of levels in the colours of the explorer, as large as can be."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grey = QImage()
        self._coloured = QImage()
        self.setAccessibleName(name)
        self.setToolTip(f"<p>{name}. {TIP}.</p>")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(80, 60)

    @property
    def empty(self) -> bool:
        """True where there is nothing to see."""
        return self._grey.isNull()

    def sizeHint(self) -> QSize:
        return HINT

    def show_file(self, path: Path | None) -> None:
        """Show a grey picture, black for silence; None, or what is none: nothing."""
        read = QImage(str(path)) if path is not None else QImage()
        self._grey = read.convertToFormat(QImage.Format.Format_Grayscale8)
        self._colour()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_grey"):
            self._colour()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        if not self._coloured.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._coloured)
        else:
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            centre = Qt.AlignmentFlag.AlignCenter
            painter.drawText(self.rect(), centre, NOTHING_YET)
        painter.end()

    def _colour(self) -> None:
        """Take each shade of grey for a level."""
        self._coloured = QImage()
        if not self._grey.isNull():
            dark = is_dark(self.palette())
            table = colour_table(PICTURE_FLOOR_DB, PICTURE_TOP_DB, dark=dark)
            indexed = QImage(self._grey)
            indexed.reinterpretAsFormat(QImage.Format.Format_Indexed8)
            indexed.setColorTable([qRgb(*map(int, colour)) for colour in table])
            self._coloured = indexed.convertToFormat(QImage.Format.Format_RGB32)
        self.update()


class TrainPictures(QWidget):
    """Original and reconstruction, with the same colours.

    Attributes
    ----------
    original, reconstruction : LevelPicture
    told : QLabel
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watched = session.training.watched
        self._shown: Pictures | None = None
        self.original = LevelPicture("Original")
        self.reconstruction = LevelPicture("Reconstruction")
        self._title = ElidedLabel()
        self.told = ElidedLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for title, picture, words in (
            ("Original", self.original, self._title),
            ("Reconstruction", self.reconstruction, self.told),
        ):
            heading = QLabel(title)
            heading.setObjectName("heading")
            top = QHBoxLayout()
            top.addWidget(heading)
            top.addSpacing(8)
            words.setObjectName("dim")
            top.addWidget(words, 1)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addLayout(top)
            column.addWidget(picture, 1)
            row.addLayout(column, 1)
        self._watched.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        pictures = self._watched.course.pictures
        if pictures == self._shown:
            return
        self._shown = pictures
        self.original.show_file(pictures.original if pictures else None)
        self.reconstruction.show_file(pictures.reconstruction if pictures else None)
        self._title.setText(pictures.title if pictures else "")
        self.told.setText(f"after epoch {pictures.epoch}" if pictures else "")
