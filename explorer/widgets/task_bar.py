"""How far the engine has come with what it was asked for."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from explorer.session.session import Session
from explorer.session.tasks import Task
from explorer.widgets.elided_label import ElidedLabel

SCALE = 1_000
BAR_WIDTH, LABEL_WIDTH = 140, 260


class TaskBar(QWidget):
    """The newest task: what it does, how far it is, and a button to give it up."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._label = ElidedLabel()
        self._label.setFixedWidth(LABEL_WIDTH)
        self._progress = QProgressBar(textVisible=False)
        self._progress.setRange(0, SCALE)
        self._progress.setFixedWidth(BAR_WIDTH)
        self.cancel = QToolButton()
        self.cancel.setText("Cancel")
        self.cancel.setObjectName("quiet")
        self.cancel.setToolTip("Give this up")
        self.cancel.clicked.connect(self._give_up)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self._progress)
        layout.addWidget(self.cancel)
        session.tasks.changed.connect(self._show)
        self._show()

    @property
    def fraction(self) -> float:
        """How far the bar has come, 0 to 1."""
        return self._progress.value() / SCALE

    def _show(self) -> None:
        task = self._task = self._session.tasks.newest
        self.setVisible(task is not None)
        if task is not None:
            self._label.setText(task.label)
            self._progress.setRange(0, SCALE if task.fraction > 0 else 0)
            self._progress.setValue(round(task.fraction * SCALE))
            self._progress.setAccessibleName(task.label)

    def _give_up(self) -> None:
        if self._task is not None:
            self._session.tasks.cancel(self._task.request)
