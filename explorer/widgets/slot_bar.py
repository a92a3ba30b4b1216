"""Slot A, slot B, and a slider that goes from one to the other."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from explorer.session.session import Session
from explorer.session.slots import SlotName
from explorer.widgets.actions import Actions
from explorer.widgets.buttons import ActionButton, action_button
from explorer.widgets.morph_slider import MorphSlider


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
