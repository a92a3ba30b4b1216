"""From slot A to slot B, and all that lies between."""

from PySide6.QtWidgets import QWidget

from explorer.session.session import Session
from explorer.widgets.bubble import bubble
from explorer.widgets.gesture import Gesture
from explorer.widgets.hand_slider import HandSlider

STEPS = 1000  # from A to B
PAGE = 100
HALF_WAY = 0.5
NARROWEST, WIDEST = 60, 180  # pixels
MORPH = -1  # no axis: the gesture's name for it
TIP = (
    "Go from A to B: all sliders at once. With Shift it moves ten times finer; "
    "double-click for half way"
)
EMPTY_TIP = "Keep a point in A and another in B, then go from one to the other"


class MorphSlider(HandSlider):
    """From A on the left to B on the right; a drag is one step of the history."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._gesture = Gesture(session, self)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(PAGE)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.setAccessibleName("Between A and B")
        self.sliderReleased.connect(self._let_go)
        self.valueChanged.connect(self._chosen)
        self.sent_home.connect(self._go_half_way)
        self.given_up.connect(self._go_back)
        session.slots.changed.connect(self._show)
        session.point_changed.connect(self._show)
        self._show()

    def _chosen(self, steps: int) -> None:
        self._go(steps / STEPS)

    def _go(self, share: float) -> None:
        self._gesture.begin(MORPH)
        self._session.slots.morph(share)
        if not self.isSliderDown():
            self._gesture.end_later()

    def _let_go(self) -> None:
        if self.dragged:
            self._gesture.end()
        else:
            self._gesture.end_later()  # a second click may follow

    def _go_half_way(self) -> None:
        self._go(HALF_WAY)
        self._show()

    def _go_back(self) -> None:
        self._gesture.cancel()
        self._show()

    def _show(self) -> None:
        slots = self._session.slots
        self.setEnabled(slots.full)
        self.setToolTip(bubble(TIP if slots.full else EMPTY_TIP))
        if not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(round(slots.share * STEPS))
            self.blockSignals(False)
            self.update()
