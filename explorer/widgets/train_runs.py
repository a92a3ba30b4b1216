"""The list of runs, whatever became of them."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from explorer.session.dates import short_text
from explorer.session.session import Session
from explorer.session.training.runs import Run
from explorer.widgets.actions import Actions
from explorer.widgets.bubble import bubble

COLUMNS = ("Run", "State", "Epochs", "Held-out loss", "Last change")
TIPS = (
    "The name of the run's folder",
    "What became of it",
    "Whole epochs that were trained, of how many",
    "Nats per coefficient on held-out songs, of the epoch kept; lower is better",
    "When its folder last changed",
)
NAMELESS = "Its sliders have no names yet; Find names for the sliders mends that."
ROWS = 4  # before the list scrolls
Role = Qt.ItemDataRole


class TrainRuns(QTableWidget):
    """A row a run, the newest first; the one chosen is shown beneath."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(COLUMNS), parent)
        self._remove = actions["train_remove"]
        self._runs = session.training.runs
        self._shown: tuple[Run, ...] = ()
        self.setAccessibleName("Runs")
        self.setToolTip(
            bubble(
                "Runs, the newest first; choose one to see how it went, or press "
                "Delete to move it to the trash"
            )
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        for column, (title, tip) in enumerate(zip(COLUMNS, TIPS, strict=True)):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            self.setHorizontalHeaderItem(column, item)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemSelectionChanged.connect(self._choose)
        self._runs.changed.connect(self._show)
        self._runs.chosen_changed.connect(self._show_chosen)
        self._show()

    def sizeHint(self) -> QSize:
        rows = self.verticalHeader().defaultSectionSize() * ROWS
        return QSize(400, self.horizontalHeader().sizeHint().height() + rows + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._remove.trigger()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        row = self.currentRow()
        if 0 <= row < len(self._shown):
            self._runs.choose(self._shown[row].folder)

    def _show(self) -> None:
        """Write what has changed; the rest stays, with the selection and the scroll."""
        runs = self._runs.all
        self.blockSignals(True)
        self.setRowCount(len(runs))
        for row, run in enumerate(runs):
            if row < len(self._shown) and self._shown[row] == run:
                continue
            for column, text in enumerate(_texts(run)):
                item = self.item(row, column) or QTableWidgetItem()
                item.setText(text)
                item.setData(Role.ForegroundRole, None)
                if run.phase == "failed" and column == 1:
                    item.setForeground(self.palette().linkVisited())
                item.setToolTip(bubble(_about(run) if column == 1 else str(run.folder)))
                if item.tableWidget() is None:
                    self.setItem(row, column, item)
        self._shown = runs
        self.blockSignals(False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        row = next(
            (n for n, one in enumerate(self._shown) if one.folder == self._runs.chosen),
            -1,
        )
        self.blockSignals(True)
        if row >= 0:
            self.selectRow(row)
        else:
            self.clearSelection()
        self.blockSignals(False)


def _about(run: Run) -> str:
    """What else there is to say of what became of it."""
    return " ".join(filter(None, (run.fault, NAMELESS if run.nameless else "")))


def _texts(run: Run) -> tuple[str, ...]:
    loss = "" if run.best_loss is None else f"{run.best_loss:.4f}"
    return (
        run.name,
        run.phase_words,
        f"{run.epochs_done} / {run.epochs}" if run.epochs else "",
        loss.replace("-", "−"),
        short_text(datetime.fromtimestamp(run.changed_s)) if run.changed_s else "",
    )
