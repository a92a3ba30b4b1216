"""The window: its pages, panels, menus, and what is dropped on it.

A page has its line in `_add_pages`, a panel in `panels.PANELS`, a bar in
`explore_page`, a menu in `menus.table`, a dialog in `_window_verbs`.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.blind_dialog import BlindDialog
from explorer.widgets.device_dialog import DeviceDialog
from explorer.widgets.explore_page import SPACING, ExplorePage
from explorer.widgets.file_dialogs import FileDialogs
from explorer.widgets.file_intake import FileIntake, local_paths
from explorer.widgets.key_sheet import KeySheet
from explorer.widgets.leaving import may_leave
from explorer.widgets.menu_bar import fill_menu_bar
from explorer.widgets.message_bar import MessageBar
from explorer.widgets.modal import answered
from explorer.widgets.pages import Pages
from explorer.widgets.panels import Panels
from explorer.widgets.picture_file import PictureFile
from explorer.widgets.point_clipboard import PointClipboard
from explorer.widgets.project_dialogs import ProjectDialogs
from explorer.widgets.recovery_bar import RecoveryBar
from explorer.widgets.sound_clipboard import SoundClipboard
from explorer.widgets.status_bar import StatusBar
from explorer.widgets.theme import THEMES, apply_theme
from explorer.widgets.train_page import TrainPage
from explorer.widgets.train_tab import TrainTab

NAME = "DCT-VAE Explorer"
SIZE = (1366, 768)  # pixels, where no other is remembered
MARGIN = 8
ABOUT = (
    "<h3>DCT-VAE Explorer {version}</h3>"
    "<p>Plays the latent space of a variational autoencoder trained on music: each "
    "slider is a principal axis of what it learned.</p>"
    "<p>What the model changes lies below 2.8 kHz; above that, a song passes through "
    "as it is.</p>"
)


class MainWindow(QMainWindow):
    """Holds every widget, the menus, and takes dropped files.

    Attributes
    ----------
    actions_ : Actions
    explore : ExplorePage
        The picture, the bars and the sliders.
    train : TrainPage
        New models from the person's own songs.
    pages : Pages
    panels : Panels
    message_bar : MessageBar
    recovery_bar : RecoveryBar
    task_bar : TaskBar
    guards_work : bool
        True where it asks before it closes and work is lost: where a person is there.
    """

    closed = Signal()

    def __init__(self, session: Session, *, version: str = "") -> None:
        super().__init__()
        self._session = session
        self._version = version
        self._theme = "dark"
        self.guards_work = False
        self._dialogs = FileDialogs(session, self)
        self._projects = ProjectDialogs(session, self._dialogs, self)
        self._intake = FileIntake(session, self._projects, self)
        self.actions_ = Actions(session, palette=self.palette(), parent=self)
        self.actions_.bind(self._window_verbs())
        self.actions_.bind(self._dialogs.verbs)
        self.actions_.bind(self._projects.verbs)
        self.actions_.bind(PointClipboard(session, self.open_files).verbs)
        self.actions_.bind(SoundClipboard(session).verbs)
        self.message_bar = MessageBar(session)
        self.recovery_bar = RecoveryBar(session, self._projects)
        status_bar = StatusBar(session)
        self.task_bar = status_bar.task_bar
        self.setStatusBar(status_bar)
        self.pages = Pages()
        self._hold_pages()  # while they are empty: all in a page would move in with it
        self.explore = ExplorePage(session, self.actions_, self.pages)
        self.train = TrainPage(session, self.actions_, self.pages)
        picture = PictureFile(
            session, self.explore.image_view, self._dialogs.may_replace
        )
        self.actions_.bind(picture.verbs)
        self._add_pages()
        fill_menu_bar(self.menuBar(), session, self.actions_, self._projects.open)
        self.panels = Panels(session, self.actions_, self)
        self._usual_docks = self.saveState()
        self.pages.turning.connect(self._put_panels_away)
        self.pages.currentChanged.connect(self._bring_panels_back)
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        session.song_changed.connect(self._show_title)
        session.project.changed.connect(self._show_title)
        self._show_title()

    @property
    def theme(self) -> str:
        """The name of the colours, one of THEMES."""
        return self._theme

    def set_theme(self, name: str) -> None:
        """Give the whole program other colours, at once; unknown ones are dark."""
        self._theme = name if name in THEMES else "dark"
        for one in THEMES:
            self.actions_[f"theme_{one}"].setChecked(one == self._theme)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, THEMES[self._theme])

    @property
    def layout_state(self) -> tuple[QByteArray, QByteArray]:
        """Where the docks are, and how the picture and the sliders share the room."""
        self.panels.rest(False)
        return self.saveState(), self.explore.splitter.saveState()

    def restore_layout(self, docks: QByteArray, split: QByteArray) -> None:
        """Lay the window out as it was; what does not fit is passed over."""
        self.restoreState(docks)
        self.explore.restore_split(split)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.use_palette(self.palette())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.focusWidget() is None:
            self.setFocus()  # no button: the keys belong to the whole window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # nothing smaller had a use for it
            self._session.transport.clear_loop_region()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        own = event.source() is not None  # what is dragged out is no other song
        if local_paths(event.mimeData()) and not own:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            if event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self._session.sources.choose(paths[0])
            else:
                self.open_files(paths)

    def open_files(self, paths: list[Path]) -> None:
        """Open songs, folders of them, a model, a preset or a project."""
        self._intake.take(paths)

    def _window_verbs(self) -> dict[str, Callable[[], object]]:
        return {
            "quit": self.close,
            "full_screen": self._toggle_full_screen,
            "usual_layout": self._lay_out_as_usual,
            "blind_test": lambda: answered(BlindDialog(self._session, self)),
            "devices": lambda: answered(DeviceDialog(self._session, self)),
            "theme_dark": lambda: self.set_theme("dark"),
            "theme_light": lambda: self.set_theme("light"),
            "keyboard": lambda: answered(KeySheet(self.actions_, self)),
            "about": self._show_about,
        }

    def _add_pages(self) -> None:
        self.pages.add(self.explore, title="Explore", tip="Play on the latent space")
        TrainTab(
            self._session,
            self.actions_,
            self.pages,
            before=self.explore,
            page=self.train,
        )
        self._place_tabs()
        self.pages.renamed.connect(self._place_tabs)

    def _hold_pages(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 2, MARGIN, 2)
        column.setSpacing(SPACING)
        column.addWidget(self.recovery_bar)
        column.addWidget(self.message_bar)
        column.addWidget(self.pages, 1)
        self.setCentralWidget(centre)

    def _place_tabs(self) -> None:
        """Give the tabs the room they want: a menu bar asks only when it is given."""
        self.menuBar().setCornerWidget(self.pages.tabs)

    def _may_close(self) -> bool:
        if not self.guards_work:
            return True
        busy = self._session.tasks.busy("export")
        if busy and not self._dialogs.may_abandon_export():
            return False
        return self._projects.may_lose() and may_leave(self._session.training, self)

    def _put_panels_away(self, page: QWidget) -> None:
        """Panels are of the explorer's page: another one shall not grow beside them."""
        if page is not self.explore:
            self.panels.rest(True)

    def _bring_panels_back(self) -> None:
        if self.pages.currentWidget() is self.explore:
            self.panels.rest(False)

    def _show_title(self) -> None:
        song, project = self._session.song, self._session.project
        parts = [project.name] if project.path is not None else []
        parts += [song.title] if song else []
        first, *rest = (*parts, NAME)
        self.setWindowTitle(" – ".join((f"{first}[*]", *rest)))
        self.setWindowModified(project.dirty)

    def _lay_out_as_usual(self) -> None:
        self.pages.show_page(self.explore)
        for dock in self.panels.docks.values():
            dock.setFloating(False)  # what was closed is not seen to otherwise
        self.restoreState(self._usual_docks)
        self.panels.show_songs()
        self.explore.share_room()

    def _toggle_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()
        self.actions_["full_screen"].setChecked(self.isFullScreen())

    def _show_about(self) -> None:
        QMessageBox.about(self, f"About {NAME}", ABOUT.format(version=self._version))
