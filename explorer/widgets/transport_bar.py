"""Playing: the buttons, the clock, what is filtered, and how loud."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from explorer.session.playback import GAIN_FLOOR_DB, GAIN_TOP_DB
from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.clock_text import clock_text
from explorer.widgets.elided_label import ElidedLabel
from explorer.widgets.level_meter import LevelMeter
from explorer.widgets.limiter_button import LimiterButton
from explorer.widgets.record_light import RecordLight
from explorer.widgets.source_button import SourceButton
from explorer.widgets.tabular_figures import tabular
from explorer.widgets.wheel_guard import WheelGuard
from explorer.widgets.yielding_row import YieldingRow

STEPS_PER_DB = 2
SMALLEST_GAIN_WIDTH, GAIN_WIDTH = 60, 120  # pixels
SMALLEST_TITLE = 40
HEARD = (("hear_edit", "Edit"), ("hear_original", "Original"), ("hear_model", "Model"))


class GainSlider(QSlider):
    """How loud the sound is played, in halves of a dB; double-click goes to 0 dB."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self.setRange(
            round(GAIN_FLOOR_DB * STEPS_PER_DB), round(GAIN_TOP_DB * STEPS_PER_DB)
        )
        self.setSingleStep(STEPS_PER_DB)
        self.setPageStep(6 * STEPS_PER_DB)
        self.setMinimumWidth(SMALLEST_GAIN_WIDTH)
        self.setMaximumWidth(GAIN_WIDTH)
        self.setAccessibleName("Gain")
        WheelGuard(self)
        self.setToolTip("How loud it is played; double-click for 0 dB")
        self.valueChanged.connect(self._chosen)
        session.playback.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(GAIN_WIDTH, super().sizeHint().height())

    def mouseDoubleClickEvent(self, _: QMouseEvent) -> None:
        self._session.transport.set_gain_db(0.0)

    def _chosen(self, steps: int) -> None:
        self._session.transport.set_gain_db(steps / STEPS_PER_DB)

    def _show(self) -> None:
        self.blockSignals(True)
        self.setValue(round(self._session.playback.gain_db * STEPS_PER_DB))
        self.blockSignals(False)
        self.update()


class TransportBar(YieldingRow):
    """The row of controls under the picture."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clock = QLabel()
        self._clock.setFont(tabular(self.font()))
        self._clock.setToolTip("Where the sound is, and how long the song is")
        self.level_meter = LevelMeter(session)
        self._title = ElidedLabel()
        self._title.setMinimumWidth(SMALLEST_TITLE)
        self._title.setObjectName("heading")
        self._gain_text = QLabel()
        self._gain_text.setFont(tabular(self.font()))
        self._gain_text.setAlignment(
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        advance = self.fontMetrics().horizontalAdvance
        self._gain_text.setFixedWidth(advance("+12.0 dB") + 6)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(action_button(actions["start"], name="quiet"))
        layout.addWidget(action_button(actions["play"], name="play", size=20))
        for name in ("stop", "loop"):
            layout.addWidget(action_button(actions[name], name="quiet"))
        layout.addWidget(self._clock)
        layout.addSpacing(8)
        layout.addWidget(self._title, 1)
        source = SourceButton(session, actions)
        layout.addWidget(source)
        heard = [action_button(actions[name], text=text) for name, text in HEARD]
        layout.addWidget(_group(*heard))
        layout.addSpacing(8)
        layout.addWidget(RecordLight(session, actions))
        layout.addWidget(self.level_meter)
        layout.addWidget(LimiterButton(session, actions["limiter"]))
        layout.addWidget(action_button(actions["mute"], name="quiet"))
        layout.addWidget(GainSlider(session))
        layout.addWidget(self._gain_text)
        self.may_yield(source, *heard, self._gain_text)
        self._listen()
        self._show_gain()
        self._show_song()

    def _listen(self) -> None:
        session = self._session
        session.playback.changed.connect(self._show_gain)
        session.output.changed.connect(self._show_gain)
        session.playback.position_changed.connect(self._show_clock)
        session.song_changed.connect(self._show_song)

    def _show_gain(self) -> None:
        gain_db, muted = self._session.playback.gain_db, self._session.output.muted
        self._gain_text.setText("muted" if muted else gain_text(gain_db))

    def _show_song(self) -> None:
        song = self._session.song
        self._title.setText(song.title if song else "")
        self._show_clock()

    def _show_clock(self) -> None:
        song = self._session.song
        length_s = song.duration_s if song else 0.0
        now = clock_text(self._session.transport.position_s, tenths=True)
        text = f"{now} / {clock_text(length_s)}"
        if text != self._clock.text():
            self._clock.setText(text)
            self._clock.setMinimumWidth(self._clock.sizeHint().width())


def gain_text(gain_db: float) -> str:
    """A gain as it is written beside its slider, with a true minus sign."""
    if gain_db <= GAIN_FLOOR_DB:
        return "silent"
    sign = "+" if gain_db > 0 else ""
    return f"{sign}{gain_db:.1f} dB".replace("-", "−")


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for widget in widgets:
        row.addWidget(widget)
    return group
