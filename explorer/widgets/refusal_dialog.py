"""The files that are not trained on, and why not."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from explorer.session.training.songs import Refused
from explorer.widgets.duration_text import counted

SIZE = (760, 420)


class RefusalDialog(QDialog):
    """A row a file, with the reason.

    Attributes
    ----------
    table : QTableWidget
    """

    def __init__(
        self, refused: tuple[Refused, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Files that are not trained on")
        self.resize(*SIZE)
        kinds = Counter(one.path.suffix.lower() or "no suffix" for one in refused)
        summary = ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common(6))
        label = QLabel(f"{counted(len(refused), 'file')} refused: {summary}")
        label.setWordWrap(True)
        self.table = QTableWidget(len(refused), 2)
        self.table.setAccessibleName("Refused files")
        self.table.setHorizontalHeaderLabels(["File", "Reason"])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for row, one in enumerate(refused):
            for column, text in enumerate((one.path.name, one.reason)):
                item = QTableWidgetItem(text)
                item.setToolTip(str(one.path) if column == 0 else one.reason)
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, SIZE[0] // 3)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column_ = QVBoxLayout(self)
        column_.addWidget(label)
        column_.addWidget(self.table, 1)
        column_.addWidget(buttons)
