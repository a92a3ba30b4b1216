"""How the program is doing: the engine, the sound, and how quickly it answers."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from explorer.session.engine_state import PHASE_WORDS
from explorer.session.responses import REMEMBERED, Times
from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.elided_label import ElidedLabel
from explorer.widgets.tabular_figures import tabular
from explorer.widgets.task_bar import TaskBar


class StatusBar(QStatusBar):
    """One line at the foot of the window."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setSizeGripEnabled(False)
        self.task_bar = TaskBar(session)
        self._state = QLabel()
        self._device = ElidedLabel()
        self._sound, self._picture = QLabel(), QLabel()
        latest = f"median and 95th percentile of the latest {REMEMBERED}"
        self._sound.setToolTip(
            bubble(f"From moving a slider to the first sound that holds it: {latest}")
        )
        self._picture.setToolTip(
            bubble(f"From moving a slider to the whole picture of it: {latest}")
        )
        self._underruns = QLabel()
        self._underruns.setToolTip(
            "Times the sound was not ready and silence was played instead"
        )
        self.addWidget(self._state)
        self.addWidget(self.task_bar)
        self.addPermanentWidget(self._device)
        for label in (self._sound, self._picture, self._underruns):
            label.setFont(tabular(self.font()))
            self.addPermanentWidget(label)
        session.engine.changed.connect(self._show_engine)
        session.tasks.changed.connect(self._show_engine)
        session.responses.changed.connect(self._show_quickness)
        session.playback.underruns_changed.connect(self._show_underruns)
        self._show_engine()
        self._show_quickness()
        self._show_underruns()

    def _show_engine(self) -> None:
        engine, task = self._session.engine, self._session.tasks.newest
        self._state.setText(PHASE_WORDS[engine.phase])
        self._state.setVisible(task is None)
        self._device.setVisible(engine.device is not None or engine.silence != "")
        silent = engine.device is None
        self._device.setText(engine.silence if silent else f"Sound: {engine.device}")
        self._device.setProperty("severity", "warning" if silent else "")
        self._device.style().polish(self._device)

    def _show_quickness(self) -> None:
        responses = self._session.responses
        heard = responses.sound is not None
        _show_times(self._sound, "Slider to sound", responses.sound)
        what = "to picture" if heard else "Slider to picture"
        _show_times(self._picture, what, responses.picture)

    def _show_underruns(self) -> None:
        count = self._session.playback.underruns
        self._underruns.setText(f"Underruns: {count}")
        self._underruns.setProperty("severity", "warning" if count else "")
        self._underruns.style().polish(self._underruns)


def _show_times(label: QLabel, what: str, times: Times | None) -> None:
    label.setVisible(times is not None)
    if times is not None:
        label.setText(f"{what}: {times.median_ms:.0f} ms, 95 %: {times.tail_ms:.0f} ms")
        wide = max(label.minimumWidth(), label.sizeHint().width())
        label.setMinimumWidth(wide)  # so that its neighbours stay where they are
