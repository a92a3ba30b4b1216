"""Every step so far, to go back to any of them, and the bookmarks."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QImage, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.session.bookmarks import Bookmark
from explorer.session.point import LatentPoint
from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.point_glyph import SIZE as GLYPH
from explorer.widgets.point_glyph import point_glyph

SIZE = QSize(200, 300)
BOOKMARK_ROWS = 5
FEWEST_STEPS = 5  # rows that other panels leave
KEYS = (
    ("Click, Enter", "Go to the step, or to the bookmark"),
    ("F2", "Give a bookmark another name"),
    ("Delete", "Take a bookmark away"),
)
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_SCROLL_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class StepList(QAbstractListModel):
    """The steps of the history as Qt wants them; what can be redone is dim."""

    def __init__(self, session: Session, view: QWidget) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self._count = len(session.history.steps)

    def rowCount(self, _: Index | None = None) -> int:
        return self._count

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        history = self._session.history
        row = index.row()
        if not 0 <= row < len(history.steps):
            return None
        if role in {Role.DisplayRole, Role.ToolTipRole}:
            return history.steps[row].label
        if role == Role.FontRole:
            font = QFont(self._view.font())
            font.setBold(row == history.index)
            return font
        if role == Role.ForegroundRole and row > history.index:
            return self._view.palette().placeholderText()
        if role == Role.DecorationRole:
            return _glyph(self._session, history.steps[row].point, self._view)
        return None

    def refresh(self) -> None:
        """The history has changed."""
        count = len(self._session.history.steps)
        if count == self._count:
            self.dataChanged.emit(self.index(0), self.index(count - 1))
            return
        self.beginResetModel()
        self._count = count
        self.endResetModel()


class HistoryPanel(QWidget):
    """A list of steps, the present one in bold, and a list of bookmarks.

    Attributes
    ----------
    steps : QListView
    bookmarks : QListWidget
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.steps = QListView()
        self._list = StepList(session, self.steps)
        self.steps.setModel(self._list)
        self.steps.setUniformItemSizes(True)
        self.steps.setIconSize(GLYPH)
        self.steps.setHorizontalScrollBarPolicy(NO_SCROLL_BAR)
        self.steps.setMinimumHeight(FEWEST_STEPS * (self.fontMetrics().height() + 6))
        self.steps.setSpacing(1)
        self.steps.setAccessibleName("Steps")
        self.steps.setToolTip("Click a step to go back or forward to it")
        self.steps.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.steps.clicked.connect(self._go_to_step)
        self.steps.activated.connect(self._go_to_step)
        self.bookmarks = BookmarkList(session)
        heading = QLabel("Bookmarks")
        heading.setObjectName("heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 6)
        column.addWidget(self.steps, 1)
        column.addWidget(heading)
        column.addWidget(self.bookmarks)
        column.addWidget(action_button(actions["bookmark"], text="Bookmark this point"))
        session.history.changed.connect(self._show_steps)
        session.coordinates.changed.connect(self._show_steps)
        self._show_steps()

    def sizeHint(self) -> QSize:
        return SIZE

    def _go_to_step(self, index: QModelIndex) -> None:
        self._session.go_to_step(index.row())

    def _show_steps(self) -> None:
        self._list.refresh()
        present = self._list.index(self._session.history.index)
        self.steps.setCurrentIndex(present)
        self.steps.scrollTo(present)


class BookmarkList(QListWidget):
    """Named points: click to go, F2 to rename, Delete to take away."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[Bookmark, ...] = ()
        self.setSpacing(1)
        self.setIconSize(GLYPH)
        self.setAccessibleName("Bookmarks")
        self.setToolTip(
            "Click a bookmark to go there; F2 renames it, Delete removes it"
        )
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(NO_SCROLL_BAR)  # long ones end in dots
        self.setFixedHeight(BOOKMARK_ROWS * (self.fontMetrics().height() + 6))
        self.itemClicked.connect(self._go)
        self.itemChanged.connect(self._rename)
        session.bookmarks.changed.connect(self._show)
        session.model_changed.connect(self._show)
        session.coordinates.changed.connect(self._show)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_shown"):
            self._show()  # in other colours

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        if event.key() == Qt.Key.Key_Delete and 0 <= row < len(self._shown):
            self._session.bookmarks.remove(self._shown[row])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self._session.bookmarks.go(self._shown[row])
        else:
            super().keyPressEvent(event)

    def _go(self, item: QListWidgetItem) -> None:
        self._session.bookmarks.go(self._shown[self.row(item)])

    def _rename(self, item: QListWidgetItem) -> None:
        bookmark = self._shown[self.row(item)]
        self._session.bookmarks.rename(bookmark, item.text())
        item.setText(self._shown[self.row(item)].name)

    def _show(self) -> None:
        self._shown = self._session.bookmarks.all
        self.blockSignals(True)
        while self.count() > len(self._shown):
            self.takeItem(self.count() - 1)
        for row, bookmark in enumerate(self._shown):
            if row == self.count():
                item = QListWidgetItem(self)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.item(row).setText(bookmark.name)
            glyph = _glyph(self._session, bookmark.point, self)
            self.item(row).setData(Role.DecorationRole, glyph)
            self.item(row).setToolTip(f"{bookmark.name}\n{self.toolTip()}")
        self.blockSignals(False)


def _glyph(session: Session, point: LatentPoint, view: QWidget) -> QImage:
    """The picture of a point, by what the sliders stand for now."""
    steps = point.offset
    if point.latent_size == session.point.latent_size:
        steps = session.coordinates.step(steps)
    return point_glyph(steps, view.palette(), view.devicePixelRatioF())
