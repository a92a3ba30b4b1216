"""The songs on two axes, with the present point as a cursor."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.session.session import Session
from explorer.widgets.latent_map import LatentMap
from explorer.widgets.wheel_guard import WheelGuard

SIZE = QSize(200, 300)


class MapPanel(QWidget):
    """The map, and a choice of the two axes it shows.

    Attributes
    ----------
    map : LatentMap
    across, upward : QComboBox
        Which axis goes which way.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.map = LatentMap(session)
        self.across = _choice("Axis across")
        self.upward = _choice("Axis upward")
        axes = QGridLayout()
        axes.setSpacing(4)
        axes.setColumnStretch(1, 1)
        for row, choice in enumerate((self.upward, self.across)):
            axes.addWidget(QLabel("↕↔"[row]), row, 0)
            axes.addWidget(choice, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 6)
        column.addWidget(self.map, 1)
        column.addLayout(axes)
        for choice in (self.across, self.upward):
            choice.currentIndexChanged.connect(self._choose)
        session.model_changed.connect(self._fill)
        session.names.changed.connect(self._fill)
        self._fill()

    def sizeHint(self) -> QSize:
        return SIZE

    def _choose(self, _: int) -> None:
        self.map.show_axes(self.across.currentIndex(), self.upward.currentIndex())

    def _fill(self) -> None:
        """Offer every axis by its name, keeping what was chosen where it can be."""
        names = self._session.names
        axes = range(self._session.point.latent_size)
        for choice, axis in (
            (self.across, self.map.axes[0]),
            (self.upward, self.map.axes[1]),
        ):
            choice.blockSignals(True)
            choice.clear()
            choice.addItems([names.label(one) for one in axes])
            choice.setCurrentIndex(min(axis, len(axes) - 1))
            choice.blockSignals(False)
        if axes:
            self._choose(0)


def _choice(name: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(name)
    WheelGuard(choice)
    choice.setToolTip(f"{name} of the map")
    choice.setMinimumContentsLength(7)
    choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    choice.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    return choice
