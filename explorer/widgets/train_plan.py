"""The card on which a training is planned: a preset, and what is changed of it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.session.training.plan import (
    DEVICE_WORDS,
    DEVICES,
    OPEN_MODEL,
    PRESET_WORDS,
)
from explorer.session.training.setting import SETTINGS
from explorer.widgets.form import add_row
from explorer.widgets.number_box import NumberBox
from explorer.widgets.push_button import push_button

PRESET_TIP = "A recipe to begin from: the network, the transform and every number below"
OPEN_MODEL_TIP = "The weights of the model that is open learn your songs besides"
DEVICE_TIP = (
    "What does the arithmetic. Automatic takes a graphics card where there is one; a "
    "processor does it, too, more slowly"
)


class TrainPlan(QFrame):
    """Shows the plan, and changes it.

    Attributes
    ----------
    preset, device : QComboBox
    numbers : dict of str to NumberBox
        By the name of their setting.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planning = session.training.planning
        self.setObjectName("card")
        self.preset = _choice("Preset", PRESET_TIP)
        for name in self._planning.presets:
            self.preset.addItem(name.capitalize(), name)
            tip = PRESET_WORDS.get(name, "")
            self.preset.setItemData(
                self.preset.count() - 1, tip, Qt.ItemDataRole.ToolTipRole
            )
        self.preset.addItem("On from the open model", OPEN_MODEL)
        last = self.preset.count() - 1
        self.preset.setItemData(last, OPEN_MODEL_TIP, Qt.ItemDataRole.ToolTipRole)
        self.device = _choice("Device", DEVICE_TIP)
        for device in DEVICES:
            self.device.addItem(DEVICE_WORDS[device], device)
        self.numbers = {one.name: NumberBox(one) for one in SETTINGS}
        self._words = QLabel(wordWrap=True)
        self._words.setObjectName("dim")
        self._reset = push_button("Reset", tip="Go back to the preset's own numbers")
        self._lay_out()
        self.preset.activated.connect(self._choose_preset)
        self.device.activated.connect(self._choose_device)
        for name, box in self.numbers.items():
            box.valueChanged.connect(partial(self._planning.set_value, name))
        self._reset.clicked.connect(self._planning.reset)
        self._planning.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        heading = QLabel("Plan")
        heading.setObjectName("heading")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self._reset)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(5)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        add_row(form, "&Preset", self.preset)
        for setting in SETTINGS:
            add_row(form, setting.title, self.numbers[setting.name])
        add_row(form, "&Device", self.device)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addLayout(form)
        column.addWidget(self._words)

    def _show(self) -> None:
        plan = self._planning.plan
        self.preset.setCurrentIndex(self.preset.findData(plan.preset))
        self.device.setCurrentIndex(self.device.findData(plan.device))
        for name, box in self.numbers.items():
            box.show_number(plan.value(name))
        self.numbers["overlap"].setEnabled(plan.base is None)
        items = self.preset.model()
        if isinstance(items, QStandardItemModel):
            last = items.item(self.preset.count() - 1)
            last.setEnabled(self._planning.base is not None)
        self._words.setText(plan.words)
        self._reset.setEnabled(not plan.as_preset)

    def _choose_preset(self) -> None:
        self._planning.choose_preset(str(self.preset.currentData()))

    def _choose_device(self) -> None:
        chosen = self.device.currentData()
        for device in DEVICES:
            if device == chosen:
                self._planning.choose_device(device)


def _choice(name: str, tip: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    choice.setAccessibleDescription(tip)
    choice.setToolTip(f"<p>{tip}.</p>")
    return choice
