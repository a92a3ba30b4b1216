"""The window: the picture on top, the transport under it, then all the sliders."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMessageBox, QVBoxLayout, QWidget

from explorer.session.session import Session
from explorer.widgets.action_table import MENUS
from explorer.widgets.actions import Actions
from explorer.widgets.file_dialogs import FileDialogs
from explorer.widgets.image_view import ImageView
from explorer.widgets.key_sheet import KeySheet
from explorer.widgets.message_bar import MessageBar
from explorer.widgets.point_bar import PointBar
from explorer.widgets.slider_bank import SliderBank
from explorer.widgets.status_bar import StatusBar
from explorer.widgets.transport_bar import TransportBar

NAME = "DCT-VAE Explorer"
SIZE = (1366, 768)  # pixels, where no other is remembered
MARGIN, SPACING = 8, 6
ABOUT = (
    "<h3>DCT-VAE Explorer {version}</h3>"
    "<p>Plays the latent space of a variational autoencoder trained on music: each "
    "slider is a principal axis of what it learned.</p>"
    "<p>What the model changes lies below 2.8 kHz; above that, a song passes through "
    "as it is.</p>"
)


class MainWindow(QMainWindow):
    """Holds every widget, the menus, and takes dropped files."""

    closed = Signal()

    def __init__(self, session: Session, *, version: str = "") -> None:
        super().__init__()
        self._session = session
        self._version = version
        self._dialogs = FileDialogs(session, self)
        self.actions_ = Actions(
            session,
            window_verbs={
                "open_song": self._dialogs.open_song,
                "open_model": self._dialogs.open_model,
                "export": self._dialogs.export,
                "quit": self._quit,
                "full_screen": self._toggle_full_screen,
                "keyboard": self._show_keys,
                "about": self._show_about,
            },
            palette=self.palette(),
            parent=self,
        )
        self.message_bar = MessageBar(session)
        self.image_view = ImageView(session)
        self.transport_bar = TransportBar(session, self.actions_)
        self.point_bar = PointBar(session, self.actions_)
        self.slider_bank = SliderBank(session)
        status_bar = StatusBar(session)
        self.task_bar = status_bar.task_bar
        self.setStatusBar(status_bar)
        self._lay_out()
        self._fill_menus()
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        session.song_changed.connect(self._show_title)
        self._show_title()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.setFocus()  # no button: the keys belong to the whole window

    def closeEvent(self, event: QCloseEvent) -> None:
        if (
            self._session.tasks.busy("export")
            and not self._dialogs.may_abandon_export()
        ):
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_paths(event)
        if paths:
            event.acceptProposedAction()
            self._dialogs.open_dropped(paths)

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 2, MARGIN, 2)
        column.setSpacing(SPACING)
        column.addWidget(self.message_bar)
        column.addWidget(self.image_view, 1)
        column.addWidget(self.transport_bar)
        column.addWidget(self.point_bar)
        column.addWidget(self.slider_bank, 1)
        self.setCentralWidget(centre)

    def _fill_menus(self) -> None:
        for title in MENUS:
            menu = self.menuBar().addMenu(f"&{title}")
            menu.setToolTipsVisible(True)
            for spec, action in self.actions_.of_menu(title):
                if spec.separated:
                    menu.addSeparator()
                menu.addAction(action)

    def _show_title(self) -> None:
        song = self._session.song
        self.setWindowTitle(f"{song.title} – {NAME}" if song else NAME)

    def _quit(self) -> None:
        self.close()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()
        self.actions_["full_screen"].setChecked(self.isFullScreen())

    def _show_keys(self) -> None:
        KeySheet(self.actions_, self).exec()

    def _show_about(self) -> None:
        QMessageBox.about(self, f"About {NAME}", ABOUT.format(version=self._version))


def _local_paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
