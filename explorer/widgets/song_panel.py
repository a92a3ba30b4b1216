"""The songs that are loaded: one click goes from one to another."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.session.song_entry import SongEntry
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.clock_text import clock_text

SIZE = QSize(210, 300)
GAP = 8  # pixels between a title and its length
EMPTY = "Drop songs or a folder here,\nor open them with Ctrl+O"
KEYS = (
    ("Click, Enter", "Open the song"),
    ("Delete", "Take it out of the list"),
)
LENGTH, FAULTY = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex
Keys = Qt.Key


class SongPanel(QWidget):
    """A list of songs, the open one in bold, and buttons to add and remove."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.songs = SongRows(session)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(action_button(actions["open_song"], text="Add…"))
        row.addWidget(action_button(actions["remove_song"], text="Remove"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 6)
        column.addWidget(self.songs, 1)
        column.addLayout(row)

    def sizeHint(self) -> QSize:
        return SIZE


class SongRows(QListWidget):
    """Click or Enter opens a song, Delete takes it out of the list."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[SongEntry, ...] = ()
        self._empty = QLabel(EMPTY, self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setObjectName("dim")
        self.setAccessibleName("Songs")
        self.setSpacing(1)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(SongRow(self))
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)
        session.songs.changed.connect(self._show)
        session.song_changed.connect(self._show)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if event.key() in {Keys.Key_Delete, Keys.Key_Backspace} and row >= 0:
            self._session.songs.remove(self._shown[row].path)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._empty.setGeometry(self.viewport().rect())

    def _open(self, item: QListWidgetItem) -> None:
        self._session.songs.show(self._shown[self.row(item)].path)

    def _show(self) -> None:
        songs = self._session.songs
        self._shown = songs.entries
        self._empty.setVisible(not self._shown)
        current, now = songs.current, songs.wanted
        while self.count() > len(self._shown):
            self.takeItem(self.count() - 1)
        for row, entry in enumerate(self._shown):
            if row == self.count():
                self.addItem(QListWidgetItem())
            item = self.item(row)
            is_open = current is not None and entry.path == current.path
            font = QFont(self.font())
            font.setBold(is_open)
            font.setItalic(entry.path == now)
            item.setFont(font)
            item.setText(entry.title)
            item.setToolTip(_tip(entry))
            item.setData(LENGTH, _length(entry))
            item.setData(FAULTY, bool(entry.fault))
            if entry.path == (now or (current and current.path)):
                self.setCurrentRow(row)


class SongRow(QStyledItemDelegate):
    """A title that ends in dots where it is too long, and a length at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        self.initStyleOption(option, index)
        title, length = option.text, str(index.data(LENGTH) or "")
        option.text = ""
        widget = self.parent()
        assert isinstance(widget, QWidget)
        QApplication.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, widget
        )
        area: QRect = option.rect.adjusted(6, 0, -6, 0)
        palette, metrics = widget.palette(), option.fontMetrics
        painter.save()
        painter.setFont(option.font)
        painter.setPen(palette.placeholderText().color())
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, centre | Qt.AlignmentFlag.AlignRight, length)
        if not index.data(FAULTY):
            painter.setPen(palette.text().color())
        area.setRight(area.right() - metrics.horizontalAdvance(length) - GAP)
        elided = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, centre | Qt.AlignmentFlag.AlignLeft, elided)
        painter.restore()


def _length(entry: SongEntry) -> str:
    if entry.fault:
        return "⚠"
    return "" if entry.duration_s is None else clock_text(entry.duration_s)


def _tip(entry: SongEntry) -> str:
    return "\n".join(filter(None, (entry.title, str(entry.path), entry.fault)))
