"""The window: the picture on top, the transport under it, then all the sliders."""

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
    QDockWidget,
    QLayout,
    QMainWindow,
    QMessageBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.action_table import MENUS
from explorer.widgets.actions import Actions
from explorer.widgets.device_dialog import DeviceDialog
from explorer.widgets.file_dialogs import FileDialogs
from explorer.widgets.history_panel import HistoryPanel
from explorer.widgets.image_view import ImageView
from explorer.widgets.key_sheet import KeySheet
from explorer.widgets.map_panel import MapPanel
from explorer.widgets.message_bar import MessageBar
from explorer.widgets.point_bar import PointBar
from explorer.widgets.point_clipboard import PointClipboard
from explorer.widgets.slider_bank import SliderBank
from explorer.widgets.slider_filter import SliderFilter
from explorer.widgets.status_bar import StatusBar
from explorer.widgets.theme import THEMES, apply_theme
from explorer.widgets.tools_bar import ToolsBar
from explorer.widgets.transport_bar import TransportBar

NAME = "DCT-VAE Explorer"
SIZE = (1366, 768)  # pixels, where no other is remembered
MARGIN, SPACING = 8, 6
STRETCH = 3, 1  # of what is gained in height: the picture's share, the sliders' share
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
        self._theme = "dark"
        self._shared = False  # the room between the picture and the sliders
        self._dialogs = FileDialogs(session, self)
        self.docks: dict[str, QDockWidget] = {}
        clipboard = PointClipboard(session)
        self.actions_ = Actions(
            session,
            window_verbs={
                "open_song": self._dialogs.open_song,
                "open_model": self._dialogs.open_model,
                "export": self._dialogs.export,
                "open_preset": self._dialogs.open_preset,
                "save_preset": self._dialogs.save_preset,
                "bookmark": self._dialogs.ask_bookmark,
                "copy": clipboard.copy,
                "paste": clipboard.paste,
                "history": lambda: self.docks["history"].toggleViewAction().trigger(),
                "map": lambda: self.docks["map"].toggleViewAction().trigger(),
                "quit": self._quit,
                "full_screen": self._toggle_full_screen,
                "find_slider": self._find_slider,
                "devices": self._choose_device,
                "theme_dark": lambda: self.set_theme("dark"),
                "theme_light": lambda: self.set_theme("light"),
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
        self.tools_bar = ToolsBar(session, self.actions_)
        self.slider_bank = SliderBank(session)
        status_bar = StatusBar(session)
        self.task_bar = status_bar.task_bar
        self.setStatusBar(status_bar)
        self.slider_filter = SliderFilter()
        self.slider_filter.textChanged.connect(self.slider_bank.seek_sliders)
        self.slider_filter.chosen.connect(self.slider_bank.focus_first_found)
        self.slider_filter.left.connect(self.setFocus)
        self.point_bar.hold(self.slider_filter)
        self.pane = _pane(
            self.transport_bar, self.point_bar, self.tools_bar, self.slider_bank
        )
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        self._fill_menus()
        self._add_panels()
        self.setAcceptDrops(True)
        self.resize(*SIZE)
        session.song_changed.connect(self._show_title)
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

    def add_panel(
        self, panel: QWidget, *, name: str, title: str, area: Qt.DockWidgetArea
    ) -> QDockWidget:
        """Hold a widget in a dock that can be moved, closed, and called back by menu.

        Parameters
        ----------
        name : str
            By which the dock's place is remembered, and the action that shows it.
        """
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(panel)
        self.addDockWidget(area, dock)
        shown = dock.toggleViewAction()
        shown.toggled.connect(self.actions_[name].setChecked)
        self.actions_[name].setChecked(shown.isChecked())
        self.docks[name] = dock
        return dock

    @property
    def layout_state(self) -> tuple[QByteArray, QByteArray]:
        """Where the docks are, and how the picture and the sliders share the room."""
        return self.saveState(), self.splitter.saveState()

    def restore_layout(self, docks: QByteArray, split: QByteArray) -> None:
        """Lay the window out as it was; what does not fit is passed over."""
        self.restoreState(docks)
        self._shared = self.splitter.restoreState(split)
        self.splitter.setOrientation(Qt.Orientation.Vertical)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "actions_"):
            self.actions_.use_palette(self.palette())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shared:
            self._shared = True
            self._share_room()
        if self.focusWidget() is None:
            self.setFocus()  # no button: the keys belong to the whole window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:  # nothing smaller had a use for it
            self._session.clear_loop_region()
        else:
            super().keyPressEvent(event)

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
        self.splitter.addWidget(self.image_view)
        self.splitter.addWidget(self.pane)
        for index, share in enumerate(STRETCH):
            self.splitter.setStretchFactor(index, share)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(SPACING)
        self.splitter.handle(1).setToolTip("Drag for a larger picture or wider rows")
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(MARGIN, 2, MARGIN, 2)
        column.setSpacing(SPACING)
        column.addWidget(self.message_bar)
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(centre)

    def _add_panels(self) -> None:
        """The docks, closed until they are called for."""
        self.history_panel = HistoryPanel(self._session, self.actions_)
        self.map_panel = MapPanel(self._session)
        for name, title, panel in (
            ("history", "History", self.history_panel),
            ("map", "Map of the songs", self.map_panel),
        ):
            area = Qt.DockWidgetArea.RightDockWidgetArea
            self.add_panel(panel, name=name, title=title, area=area).close()

    def _share_room(self) -> None:
        """Rows that suit the window's height; the picture has what is left."""
        bank = self.slider_bank
        bars = self.pane.sizeHint().height() - bank.sizeHint().height()
        wanted = bars + bank.height_in(self.height())
        self.splitter.setSizes([max(self.splitter.height() - wanted, 1), wanted])

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

    def _find_slider(self) -> None:
        self.slider_filter.setFocus()
        self.slider_filter.selectAll()

    def _choose_device(self) -> None:
        DeviceDialog(self._session, self).exec()

    def _show_keys(self) -> None:
        KeySheet(self.actions_, self).exec()

    def _show_about(self) -> None:
        QMessageBox.about(self, f"About {NAME}", ABOUT.format(version=self._version))


def _pane(*widgets: QWidget) -> QWidget:
    """Widgets below each other, never higher than they can make use of."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACING)
    column.setSizeConstraint(QLayout.SizeConstraint.SetMinAndMaxSize)
    for widget in widgets:
        column.addWidget(widget)
    return pane


def _local_paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
