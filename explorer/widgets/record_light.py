"""A button that records what is heard, with a light and the time."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.clock_text import clock_text
from explorer.widgets.tabular_figures import tabular

TICK_MS = 200


class RecordLight(QWidget):
    """Red while it records; the time beside it is there only then.

    Attributes
    ----------
    button : ActionButton
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.button = action_button(actions["record"], name="record")
        self._time = QLabel()
        self._time.setObjectName("recording")
        self._time.setFont(tabular(self.font()))
        self._time.setToolTip("How long it has been recording")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.button)
        row.addWidget(self._time)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._show_time)
        session.recorder.changed.connect(self._show)
        self._show()

    @property
    def text(self) -> str:
        """The time it shows; "" where it does not record."""
        return "" if self._time.isHidden() else self._time.text()

    def _show(self) -> None:
        on = self._session.recorder.on
        self._time.setVisible(on)
        if on:
            self._show_time()
            self._tick.start()
        else:
            self._tick.stop()

    def _show_time(self) -> None:
        self._time.setText(clock_text(self._session.recorder.length_s))
