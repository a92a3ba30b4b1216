"""The card that says how long it will take and what it needs, and begins it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.session.session import Session
from explorer.session.training.forecast import Forecast
from explorer.session.training.training import Training
from explorer.widgets.actions import Actions
from explorer.widgets.bubble import bubble
from explorer.widgets.duration_text import duration_text, size_text
from explorer.widgets.elided_label import ElidedLabel
from explorer.widgets.push_button import action_push_button

SETTLING_MS = 900  # after the last change of the plan, until it is rehearsed
DEVICE_NAMES = {
    "cpu": "the processor",
    "cuda": "the graphics card",
    "mps": "the graphics",
}


class TrainStart(QFrame):
    """The estimate, where the run will lie, and the button.

    Attributes
    ----------
    estimate : QLabel
    start : PushButton
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._training = session.training
        self.setObjectName("card")
        self.estimate = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.estimate.setAccessibleName("Estimate")
        self.estimate.setToolTip(
            bubble(
                "From a few steps tried out on this machine; a song that is new to the "
                "program has to be prepared first, some seconds each"
            )
        )
        self._where = ElidedLabel(mode=Qt.TextElideMode.ElideLeft)
        self._where.setObjectName("dim")
        self.start = action_push_button(
            actions["train_start"], text="Start training", primary=True
        )
        choose = action_push_button(actions["train_runs_folder"], text="Change…")
        where = QHBoxLayout()
        where.addWidget(self._where, 1)
        where.addWidget(choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self.estimate)
        column.addLayout(where)
        column.addWidget(self.start)
        self._settled = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._settled.timeout.connect(self._measure)
        self._training.planning.changed.connect(self._wait)
        self._training.songs.changed.connect(self._show)
        self._training.songs.changed.connect(self._wait_for_songs)
        self._training.forecast.changed.connect(self._show)
        self._training.planning.changed.connect(self._show)
        self._training.folder_changed.connect(self._show)
        self._training.runs.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait_for_songs()

    def _wait(self) -> None:
        """Rehearse the plan once it has stayed as it is for a moment."""
        if self.isVisible() and self._training.songs.usable:
            self._settled.start()

    def _wait_for_songs(self) -> None:
        if self._training.forecast.phase == "none":
            self._wait()

    def _measure(self) -> None:
        if self._training.songs.usable and not self._training.runs.live:
            self._training.forecast.measure(self._training.planning.plan)

    def _show(self) -> None:
        training = self._training
        self.estimate.setText(_words(training))
        forecast = training.forecast
        short = forecast.rehearsal is not None and not forecast.rehearsal.fits
        severity = "warning" if short or forecast.phase == "failed" else ""
        self.estimate.setProperty("severity", severity)
        self.estimate.style().polish(self.estimate)
        self._where.setText(f"Kept in {training.runs_folder}")


def _words(training: Training) -> str:
    """What there is to say before a run is begun."""
    if training.runs.live:
        return "A run is under way; another can begin when it is over."
    if not training.songs.usable:
        return "Choose songs to see how long it will take."
    forecast = training.forecast
    match forecast.phase:
        case "measuring":
            return "Trying a few steps, to tell how long it will take…"
        case "failed":
            return forecast.fault
        case "known":
            return _known(training, forecast)
    return "How long it will take is seen in a moment."


def _known(training: Training, forecast: Forecast) -> str:
    found, rehearsal = training.songs.found, forecast.rehearsal
    if found is None or rehearsal is None:
        return ""
    seconds = forecast.seconds(training.planning.plan, found)
    where = DEVICE_NAMES.get(rehearsal.device, rehearsal.device)
    need, there = (
        size_text(one) for one in (rehearsal.memory_bytes, rehearsal.memory_there_bytes)
    )
    words = ""
    if seconds is not None:
        lasts = duration_text(seconds)
        words = f"About {lasts} on {where}, once the songs are prepared. "
    if not rehearsal.fits:
        return words + f"It needs {need} of memory, and there is {there}: halve Batch."
    return words + f"It needs {need} of memory; there is {there}."
