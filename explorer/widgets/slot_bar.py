"""Slot A, slot B, and a slider that goes from one to the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSlider, QToolButton, QWidget

from explorer.session.session import Session
from explorer.session.slots import SlotName
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import ActionButton, action_button
from explorer.widgets.gesture import Gesture
from explorer.widgets.wheel_guard import WheelGuard

STEPS = 1000  # from A to B
PAGE = 100
NARROWEST, WIDEST = 60, 180  # pixels
MORPH = -1  # no axis: the gesture's name for it


class MorphSlider(QSlider):
    """From A on the left to B on the right; a drag is one step of the history."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._session = session
        self._gesture = Gesture(session, self)
        WheelGuard(self)
        self.setRange(0, STEPS)
        self.setSingleStep(STEPS // 100)
        self.setPageStep(PAGE)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self.setAccessibleName("Between A and B")
        self.sliderReleased.connect(self._gesture.end)
        self.valueChanged.connect(self._chosen)
        session.slots.changed.connect(self._show)
        session.point_changed.connect(self._show)
        self._show()

    def _chosen(self, steps: int) -> None:
        self._gesture.begin(MORPH)
        self._session.slots.morph(steps / STEPS)
        if not self.isSliderDown():
            self._gesture.end_later()

    def _show(self) -> None:
        slots = self._session.slots
        self.setEnabled(slots.full)
        self.setToolTip(
            "Go from A to B: all sliders at once"
            if slots.full
            else "Keep a point in A and another in B, then go from one to the other"
        )
        if not self.isSliderDown():
            self.blockSignals(True)
            self.setValue(round(slots.share * STEPS))
            self.blockSignals(False)
            self.update()


class SlotBar(QWidget):
    """A button for each slot, the slider between them, and what can be done to both."""

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.morph = MorphSlider(session)
        self.buttons: dict[SlotName, ActionButton] = {
            "A": action_button(actions["slot_a"], text="A"),
            "B": action_button(actions["slot_b"], text="B"),
        }
        more = QToolButton()
        more.setObjectName("quiet")
        more.setText("…")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        more.setToolTip("Keep in A or B, copy one to the other, empty both")
        more.setAccessibleName("More for A and B")
        menu = QMenu(more)
        for name in ("keep_a", "keep_b", "copy_a", "copy_b", "clear_slots"):
            menu.addAction(actions[name])
        more.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addStretch(1)
        row.addWidget(self.buttons["A"])
        row.addWidget(self.morph, 100)
        row.addWidget(self.buttons["B"])
        row.addWidget(action_button(actions["swap"], name="quiet"))
        row.addWidget(more)
