"""The tools that move many sliders at once, and how far each goes."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from explorer.session.point_tools import Tool
from explorer.session.session import Session
from explorer.widgets.actions import Actions
from explorer.widgets.amount_box import AmountBox
from explorer.widgets.buttons import action_button
from explorer.widgets.slider_bank import EXPECTED_AXES
from explorer.widgets.slot_bar import SlotBar
from explorer.widgets.yielding_row import YieldingRow

TOOLS: tuple[tuple[Tool, str, str], ...] = (
    ("random", "Random", "How far out Random goes: 100 % is as far as the songs do"),
    ("mutate", "Mutate", "How far Mutate moves: 100 % is as far as songs are apart"),
    ("mean", "To mean", "How much of the way to the songs' mean: 100 % is all of it"),
)


class ToolsBar(YieldingRow):
    """A button and an amount for each tool, which axes they move, and the slots.

    Attributes
    ----------
    amounts : dict of str to AmountBox
        By the tool they are for.
    first : AmountBox
        How many sliders the tools move.
    slot_bar : SlotBar
        A, B and what lies between.
    """

    def __init__(
        self, session: Session, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.first = AmountBox(
            "Sliders the tools move",
            tip="Random, Mutate and To mean move only so many sliders, the first ones; "
            "locked ones never",
        )
        self.first.valueChanged.connect(self._choose_first)
        self.amounts: dict[Tool, AmountBox] = {}
        self.slot_bar = SlotBar(session, actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(4)
        for tool, text, tip in TOOLS:
            box = AmountBox(f"Amount of {text}", tip=tip, suffix=" %")
            box.set_span(0, 100)
            box.valueChanged.connect(partial(self._choose_amount, tool))
            self.amounts[tool] = box
            button = action_button(actions[tool], text=text)
            self.may_yield(button)
            row.addWidget(button)
            row.addWidget(box)
            row.addSpacing(8)
        before, after = _dim("on the first"), _dim("sliders")
        reset = action_button(actions["reset"], text="Reset")
        row.addWidget(before)
        row.addWidget(self.first)
        row.addWidget(after)
        row.addSpacing(8)
        row.addWidget(reset)
        self.may_yield(before, after, reset)
        row.addWidget(self.slot_bar, 1)
        session.model_changed.connect(self._show_first)
        session.locks.changed.connect(self._show_first)
        session.coordinates.changed.connect(self._show_first)
        session.tools.changed.connect(self._show_amounts)
        self._show_first()
        self._show_amounts()

    def _choose_amount(self, tool: Tool, percent: int) -> None:
        self._session.tools.set_amount(tool, percent / 100)

    def _choose_first(self, count: int) -> None:
        everything = count >= self._session.point.latent_size
        locks = self._session.coordinates.locks
        locks.set_first(None if everything else count)

    def _show_amounts(self) -> None:
        amounts = self._session.tools.amounts
        for tool, box in self.amounts.items():
            box.show_number(round(100 * getattr(amounts, tool)))

    def _show_first(self) -> None:
        count = self._session.point.latent_size or EXPECTED_AXES
        first = self._session.coordinates.locks.first
        self.first.setEnabled(self._session.coordinates.ranked)
        self.first.blockSignals(True)
        self.first.set_span(1, count)
        self.first.setValue(count if first is None else first)
        self.first.blockSignals(False)


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("dim")
    return label
