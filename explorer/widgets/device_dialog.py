"""Choosing where the sound goes, and how far ahead it is made."""

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from explorer.engine.protocol import LONGEST_LATENCY_MS, SHORTEST_LATENCY_MS
from explorer.session.session import Session
from explorer.widgets.form import add_row
from explorer.widgets.wheel_guard import WheelGuard

DEFAULT_DEVICE = "The system's default"
WIDTH = 460
LATENCY_STEP_MS = 5


class DeviceDialog(QDialog):
    """Lists the output devices by name; a choice is heard at once.

    Attributes
    ----------
    devices : QComboBox
    latency : QSpinBox
    refresh : QPushButton
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Output device")
        self.setMinimumWidth(WIDTH)
        self.devices = QComboBox()
        self.devices.setAccessibleName("Output device")
        self.devices.setToolTip("Where the sound goes")
        self.refresh = QPushButton("&Look again")
        self.refresh.setToolTip("Look for devices that have come or gone")
        self.refresh.setAutoDefault(False)
        self.latency = QSpinBox()
        self.latency.setRange(round(SHORTEST_LATENCY_MS), round(LONGEST_LATENCY_MS))
        self.latency.setSingleStep(LATENCY_STEP_MS)
        self.latency.setSuffix(" ms")
        self.latency.setKeyboardTracking(False)
        self.latency.setAccessibleName("Buffer")
        self.latency.setToolTip(
            "How far ahead the sound is made: less answers sooner, more never stumbles"
        )
        self._now = QLabel()
        self._now.setObjectName("dim")
        self._now.setWordWrap(True)
        for widget in (self.devices, self.latency):
            WheelGuard(widget)
        self._lay_out()
        self._show()
        self.devices.activated.connect(self._choose)
        self.latency.valueChanged.connect(self._choose)
        self.refresh.clicked.connect(session.output.refresh_devices)
        if not session.playback.playing:  # for it pauses the sound a moment
            session.output.refresh_devices()
        session.output.changed.connect(self._show)
        session.engine.changed.connect(self._show)

    def done(self, result: int) -> None:
        self._session.output.changed.disconnect(self._show)
        self._session.engine.changed.disconnect(self._show)
        super().done(result)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.devices, 1)
        row.addWidget(self.refresh)
        form = QFormLayout()
        add_row(form, "&Device", self.devices, beside=row)
        add_row(form, "&Buffer", self.latency)
        close = QDialogButtonBox.StandardButton.Close
        buttons = QDialogButtonBox(close)
        buttons.rejected.connect(self.reject)
        buttons.button(close).setToolTip("Close this window; what was chosen holds")
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._now)
        column.addSpacing(8)
        column.addWidget(buttons)

    def _show(self) -> None:
        """Show what is wanted, and what there is; nothing is told back."""
        output, engine = self._session.output, self._session.engine
        names = list(output.devices)
        wanted = output.wanted_device
        if wanted is not None and wanted not in names:
            names.append(wanted)  # it may come back
        self.devices.clear()
        self.devices.addItem(DEFAULT_DEVICE, None)
        for name in names:
            gone = "" if name in output.devices else "  (not there)"
            self.devices.addItem(name + gone, name)
        self.devices.setCurrentIndex(max(self.devices.findData(wanted), 0))
        self.latency.blockSignals(True)
        self.latency.setValue(round(output.wanted_latency_ms))
        self.latency.blockSignals(False)
        silence = engine.silence or "There is no sound yet."
        self._now.setText(f"Playing on {engine.device}" if engine.device else silence)

    def _choose(self) -> None:
        device = self.devices.currentData()
        self._session.output.choose_device(
            device if isinstance(device, str) else None, float(self.latency.value())
        )
