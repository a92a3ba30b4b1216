"""A button that exports the song; dragged, it gives the song itself as a file."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.buttons import ICON_SIZE, ActionButton

KEYS = (
    ("Click", "Choose a format, a part and a file, and write it"),
    (
        "Drag out of the window",
        "Put the song as edited into another program or a folder: the loop, else the "
        "stretch in focus, else all of it",
    ),
)

Left = Qt.MouseButton.LeftButton


class ExportButton(ActionButton):
    """Click it for the export dialog; drag it into another program or a folder.

    The drag begins when the file is written. Whoever lets go before that takes it
    later, at once.
    """

    def __init__(self, session: Session, action: QAction) -> None:
        super().__init__(action, text="", name="quiet", size=ICON_SIZE)
        self._session = session
        self._pressed: QPoint | None = None
        self._waiting = False  # dragged, but there is no file yet
        self._missed = False  # let go before there was one
        session.exports.handout.changed.connect(self._look)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(bubble(self._tip))
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._waiting = False
        if event.button() == Left:
            self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        way = (event.position().toPoint() - self._pressed).manhattanLength()
        if event.buttons() & Left and way >= QApplication.startDragDistance():
            self._begin()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self._waiting:
            self._end_wait()
            self._missed = True
        super().mouseReleaseEvent(event)

    @property
    def _tip(self) -> str:
        handout = self._session.exports.handout
        return (
            f"Drag {handout.part}, as edited, from here into another program or a "
            "folder; click to choose a file (Ctrl+E)"
        )

    def _begin(self) -> None:
        self._pressed = None
        self.setDown(False)  # it is no click
        handout = self._session.exports.handout
        handout.prepare()
        if handout.path is not None:
            self._carry()
        elif handout.writing:
            self._waiting, self._missed = True, False
            self.setCursor(Qt.CursorShape.BusyCursor)

    def _look(self) -> None:
        """There may be a file now."""
        handout = self._session.exports.handout
        if handout.writing:
            return
        if self._waiting:
            QTimer.singleShot(0, self._carry_now)  # out of what the engine tells
        elif self._missed and handout.path is not None:
            name = handout.path.name
            self._session.messages.notice(
                "export", f"{name} is ready: drag it from the export button now."
            )
        self._missed = False

    def _carry_now(self) -> None:
        if self._waiting:
            self._end_wait()
            self._carry()

    def _end_wait(self) -> None:
        self._waiting = False
        self.unsetCursor()

    def _carry(self) -> None:
        """Let the person carry the file, until it is let go of somewhere."""
        path = self._session.exports.handout.path
        if path is None:
            return
        drag = QDrag(self)
        drag.setMimeData(file_data(path))
        drag.setPixmap(self.icon().pixmap(self.iconSize()))
        drag.setHotSpot(QPoint(0, -ICON_SIZE))
        if carried(drag):
            self._session.exports.handout.take()
            self._session.messages.notice(
                "export", f"Dragged out {path.name}; it stays in {path.parent}."
            )


def carried(drag: QDrag) -> bool:
    """Let go of it somewhere; True where somebody took a copy."""
    return drag.exec(Qt.DropAction.CopyAction) != Qt.DropAction.IgnoreAction


def file_data(path: Path) -> QMimeData:
    """A file as other programs take it from a drag or from the clipboard."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data
