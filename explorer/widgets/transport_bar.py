"""Playing: the buttons, the clock, what is filtered, and how loud."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import action_button
from explorer.widgets.clock_text import clock_text
from explorer.widgets.elided_label import ElidedLabel
from explorer.widgets.export_button import ExportButton
from explorer.widgets.gain_slider import GainLabel, GainSlider
from explorer.widgets.level_meter import LevelMeter
from explorer.widgets.limiter_button import LimiterButton
from explorer.widgets.record_light import RecordLight
from explorer.widgets.source_button import SourceButton
from explorer.widgets.tabular_figures import tabular
from explorer.widgets.yielding_row import YieldingRow

SMALLEST_TITLE = 40  # pixels
SPACING = 6
HEARD = (("hear_edit", "Edit"), ("hear_original", "Original"), ("hear_model", "Model"))


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
        gain_label = GainLabel(session)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
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
        layout.addWidget(ExportButton(session, actions["export"]))
        layout.addWidget(RecordLight(session, actions))
        layout.addWidget(self.level_meter)
        layout.addWidget(LimiterButton(session, actions["limiter"]))
        layout.addWidget(action_button(actions["mute"], name="quiet"))
        layout.addWidget(GainSlider(session))
        layout.addWidget(gain_label)
        self.may_yield(source, *heard, gain_label)
        self._listen()
        self._show_song()

    def _listen(self) -> None:
        session = self._session
        session.playback.position_changed.connect(self._show_clock)
        session.song_changed.connect(self._show_song)

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


def _group(*widgets: QWidget) -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    for widget in widgets:
        row.addWidget(widget)
    return group
