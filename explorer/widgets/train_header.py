"""The run that is looked at, in words: how far it is, and what can be done with it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.session.training.course import Course
from explorer.session.training.runs import Run, Wish
from explorer.widgets.actions import Actions
from explorer.widgets.duration_text import duration_text, size_text
from explorer.widgets.elided_label import ElidedLabel
from explorer.widgets.push_button import action_push_button
from explorer.widgets.yielding_row import YieldingRow

SCALE = 1_000
WISHES: dict[Wish, str] = {
    "": "",
    "pause": "pauses as soon as it can",
    "stop": "stops as soon as it can",
}
NO_RUN = "There is no run yet. Choose songs, look at the plan, and start."


class TrainHeader(QWidget):
    """Name, state, progress and buttons of the run that is looked at.

    Attributes
    ----------
    told : ElidedLabel
        How far it is.
    fault : QLabel
        What went wrong, and what to change.
    pause, stop, hear, names, explore : PushButton
        `names` is there where the model has none.
    follow : QCheckBox
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._training = session.training
        self._name = QLabel()
        self._name.setObjectName("heading")
        self.told = ElidedLabel()
        self.fault = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.fault.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fault.setProperty("severity", "error")
        self._progress = QProgressBar(textVisible=False)
        self._progress.setRange(0, SCALE)
        self.pause = action_push_button(actions["train_pause"])
        self.stop = action_push_button(actions["train_stop"])
        self.hear = action_push_button(actions["train_hear"])
        self.names = action_push_button(actions["train_names"])
        self.explore = action_push_button(actions["train_explore"])
        self.follow = QCheckBox("as it gets better")
        self.follow.setToolTip(actions["train_follow"].toolTip())
        self.follow.setAccessibleName("Take up better weights as they come")
        self.follow.toggled.connect(self._training.set_following)
        self._lay_out()
        self._training.runs.changed.connect(self._show)
        self._training.runs.chosen_changed.connect(self._show)
        self._training.watched.changed.connect(self._show)
        self._training.following_changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(self._name)
        words.addWidget(self.told, 1)
        row = YieldingRow()
        row.may_yield(self.pause, self.stop, self.hear, self.names, self.explore)
        buttons = QHBoxLayout(row)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(6)
        buttons.addWidget(self.pause)
        buttons.addWidget(self.stop)
        buttons.addStretch(1)
        buttons.addWidget(self.hear)
        buttons.addWidget(self.follow)
        buttons.addSpacing(8)
        buttons.addWidget(self.names)
        buttons.addWidget(self.explore)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(6)
        column.addLayout(words)
        column.addWidget(self._progress)
        column.addWidget(self.fault)
        column.addWidget(row)

    def _show(self) -> None:
        run, course = self._training.runs.shown, self._training.watched.course
        self._name.setText(run.name if run else "Runs")
        self.told.setText(_told(run, course) if run else NO_RUN)
        self.told.setAccessibleName(self.told.text())
        self.fault.setText(run.fault if run else "")
        self.fault.setVisible(bool(run and run.fault))
        preparing = run is not None and bool(run.phase == "preparing" or run.doing)
        self._progress.setVisible(run is not None)
        share = 0.0
        if run is not None:
            share = run.fraction if preparing else run.share
        self._progress.setRange(0, 0 if preparing and share <= 0 else SCALE)
        self._progress.setValue(round(share * SCALE))
        self._progress.setAccessibleName(self.told.text())
        self.follow.blockSignals(True)
        self.follow.setChecked(self._training.following)
        self.follow.blockSignals(False)
        self.follow.setEnabled(self.hear.isEnabled())
        self.names.setVisible(run is not None and run.nameless)


def _told(run: Run, course: Course) -> str:
    parts = [run.doing or run.phase_words]
    if run.wish:
        parts.append(WISHES[run.wish])
    if run.epochs and run.epochs_done:
        parts.append(f"epoch {run.epochs_done} of {run.epochs}")
    if run.live and run.seconds_left is not None:
        parts.append(f"about {duration_text(run.seconds_left)} left")
    if run.best_loss is not None:
        loss = f"{run.best_loss:.4f}".replace("-", "−")
        parts.append(f"best {loss} at epoch {run.best_epoch}")
    if run.nameless:
        parts.append("its sliders have no names yet")
    if run.live and not run.doing and course.folder == run.folder:
        if course.samples_per_s:
            parts.append(f"{course.samples_per_s:.1f} samples/s")
        if course.device_memory_bytes:
            parts.append(size_text(course.device_memory_bytes))
    return " · ".join(parts)
