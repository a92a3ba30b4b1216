"""The page to train on: songs, plan and estimate on the left, the runs on the right."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.run_files import RunFiles
from explorer.widgets.train_curves import TrainCurves
from explorer.widgets.train_header import TrainHeader
from explorer.widgets.train_pictures import TrainPictures
from explorer.widgets.train_plan import TrainPlan
from explorer.widgets.train_runs import TrainRuns
from explorer.widgets.train_songs import TrainSongs
from explorer.widgets.train_start import TrainStart
from explorer.widgets.train_usage import TrainUsage

SPACING = 8  # pixels
LEFT_WIDTH = 372


class TrainPage(QWidget):
    """Holds every card; folders and files dropped on it are songs to train on."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._training = session.training
        self.songs = TrainSongs(session, actions)
        self.plan = TrainPlan(session)
        self.start = TrainStart(session, actions)
        self.runs = TrainRuns(session, actions)
        self.header = TrainHeader(session, actions)
        self.curves = TrainCurves(session)
        self.usage = TrainUsage(session)
        self.pictures = TrainPictures(session)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        row.addWidget(self._before())
        row.addWidget(self._during(), 1)
        self.setAcceptDrops(True)
        actions.bind(RunFiles(session, self).verbs)
        actions.bind(
            {"train_add": self._ask_folder, "train_runs_folder": self._ask_runs_folder}
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._training.open_page()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_paths(event)
        if paths:
            event.acceptProposedAction()
            self._training.songs.add(paths)

    def _before(self) -> QWidget:
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        for widget in (self.songs, self.plan, self.start):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(pane)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(LEFT_WIDTH)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _during(self) -> QWidget:
        lower = QSplitter(Qt.Orientation.Horizontal)
        lower.addWidget(self.usage)
        lower.addWidget(self.pictures)
        lower.setStretchFactor(0, 2)
        lower.setStretchFactor(1, 3)
        charts = QSplitter(Qt.Orientation.Vertical)
        charts.addWidget(self.curves)
        charts.addWidget(lower)
        charts.setStretchFactor(0, 3)
        charts.setStretchFactor(1, 2)
        for splitter in (lower, charts):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(SPACING)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(self.header)
        inside.addWidget(charts, 1)
        pane = QWidget()
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        self.runs.setFixedHeight(self.runs.sizeHint().height())
        column.addWidget(self.runs)
        column.addWidget(card, 1)
        return pane

    def _ask_folder(self) -> None:
        folders = self._training.songs.folders
        start = folders[-1].parent if folders else Path.home()
        name = QFileDialog.getExistingDirectory(
            self, "Add a folder of songs", str(start)
        )
        if name:
            self._training.songs.add([Path(name)])

    def _ask_runs_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, "Keep runs in", str(self._training.runs_folder)
        )
        if name:
            self._training.choose_runs_folder(Path(name))


def _local_paths(event: QDropEvent) -> list[Path]:
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
