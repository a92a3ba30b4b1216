"""How loud the sound is played: a slider, and the number beside it."""

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget

from explorer.session.playback import GAIN_FLOOR_DB, GAIN_TOP_DB
from explorer.session.session import Session
from explorer.widgets.hand_slider import HandSlider
from explorer.widgets.slider_editor import SliderEditor
from explorer.widgets.tabular_figures import tabular

STEPS_PER_DB = 2
NARROWEST, WIDTH = 48, 120  # pixels
WIDEST_TEXT = "+12.0 dB"


class GainSlider(HandSlider):
    """In halves of a dB; a double-click goes to 0 dB."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setRange(
            round(GAIN_FLOOR_DB * STEPS_PER_DB), round(GAIN_TOP_DB * STEPS_PER_DB)
        )
        self.setSingleStep(STEPS_PER_DB)
        self.setPageStep(6 * STEPS_PER_DB)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDTH)
        self.setAccessibleName("Gain")
        self.setToolTip("How loud it is played; double-click for 0 dB")
        self.valueChanged.connect(self._chosen)
        self.sent_home.connect(lambda: session.transport.set_gain_db(0.0))
        self.given_up.connect(self._chosen)
        session.playback.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, super().sizeHint().height())

    def _chosen(self, steps: int) -> None:
        self._session.transport.set_gain_db(steps / STEPS_PER_DB)

    def _show(self) -> None:
        self.blockSignals(True)
        self.setValue(round(self._session.playback.gain_db * STEPS_PER_DB))
        self.blockSignals(False)
        self.update()


class GainLabel(QLabel):
    """The gain in words; a double-click lets another be typed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setFont(tabular(self.font()))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(WIDEST_TEXT) + 6)
        self.setToolTip("How loud it is played; double-click to type it")
        session.playback.changed.connect(self._show)
        session.output.changed.connect(self._show)
        self._show()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.edit()

    def edit(self) -> SliderEditor:
        """Let the person type a gain in dB."""
        shown = gain_text(self._session.playback.gain_db)
        return SliderEditor(
            self,
            self.rect(),
            shown.removesuffix(" dB"),
            name="Gain in decibels",
            keep=self._keep,
        )

    def _keep(self, text: str) -> bool:
        gain_db = gain_of_text(text)
        if gain_db is not None:
            self._session.transport.set_gain_db(gain_db)
        return gain_db is not None

    def _show(self) -> None:
        gain_db, muted = self._session.playback.gain_db, self._session.output.muted
        self.setText("muted" if muted else gain_text(gain_db))


def gain_text(gain_db: float) -> str:
    """A gain as it is written beside its slider, with a true minus sign."""
    if gain_db <= GAIN_FLOOR_DB:
        return "silent"
    sign = "+" if gain_db > 0 else ""
    return f"{sign}{gain_db:.1f} dB".replace("-", "−")


def gain_of_text(text: str) -> float | None:
    """The gain a person has typed, dB, held within the range; None where it is none."""
    plain = text.replace("−", "-").replace(",", ".").lower().replace("db", "").strip()
    if plain == "silent":
        return GAIN_FLOOR_DB
    try:
        gain_db = float(plain)
    except ValueError:
        return None
    return (
        None if math.isnan(gain_db) else min(max(gain_db, GAIN_FLOOR_DB), GAIN_TOP_DB)
    )
