"""A real window on a real screen, whose export button is dragged into another one.

Prints the names of the files that the other one was given. Run as a child process.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from explorer.session import places
from explorer.session.session import Session
from explorer.widgets.export_button import ExportButton
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine, fake_basis
from tests.explorer.hand import LEFT, PLAIN, move


class Folder(QWidget):
    """A window that takes files."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.taken: list[Path] = []

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt
        self.taken += [Path(url.toLocalFile()) for url in event.mimeData().urls()]
        event.acceptProposedAction()


def drop_on(target: QWidget) -> None:
    """Carry what is dragged over a window, and let go of it there."""
    handle, place = target.windowHandle(), target.rect().center()
    QTest.mouseMove(handle, place)
    QTest.mouseMove(handle, place + QPoint(1, 1))
    QTest.mouseRelease(handle, LEFT, PLAIN, place)


def main(music: Path) -> None:
    """Open both windows, drag from one into itself, then into the other."""
    application = QApplication([])  # noqa: F841 - as long as there are windows
    setattr(places, "user_music_path", lambda: music)  # noqa: B010 - imported there
    session = Session(
        song_path=Path("/music/walk.flac"), read_basis=lambda _: fake_basis(64)
    )
    engine = FakeEngine(session, kept=64)
    engine.writes = True
    window, folder = MainWindow(session), Folder()
    window.setGeometry(0, 0, 1200, 640)
    folder.setGeometry(1300, 0, 200, 200)
    window.show()
    folder.show()
    QTest.qWaitForWindowExposed(window)
    QTest.qWaitForWindowExposed(folder)
    engine.start()
    session.exports.handout.prepare()
    engine.run()
    button = window.findChild(ExportButton)
    assert isinstance(button, ExportButton)
    for target in (window, folder):
        QTimer.singleShot(0, lambda target=target: drop_on(target))
        centre = button.rect().center()
        QTest.mousePress(button, LEFT, PLAIN, centre)
        move(button, centre + QPoint(QApplication.startDragDistance() + 1, 0))
    assert len(session.songs.entries) == 1, "its own window has no use for it"
    print(*(one.name for one in folder.taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
