"""The songs on two sliders, with the present point as a cursor."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from explorer.session.coordinates import KINDS
from explorer.session.session import Session
from explorer.widgets.latent_map import LatentMap
from explorer.widgets.wheel_guard import WheelGuard

SIZE = QSize(200, 300)


class MapPanel(QWidget):
    """The map, and a choice of the two sliders it shows: two for all they stand for.

    Attributes
    ----------
    map : LatentMap
    across, upward : QComboBox
        Which slider goes which way.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.map = LatentMap(session)
        self.across = _choice("Across")
        self.upward = _choice("Upward")
        self._chosen = dict.fromkeys(KINDS, self.map.axes)
        self._labels: list[str] = []
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
        session.coordinates.changed.connect(self._fill)
        self._fill()

    def sizeHint(self) -> QSize:
        return SIZE

    def _choose(self, _: int) -> None:
        axes = self.across.currentIndex(), self.upward.currentIndex()
        self._chosen[self._session.coordinates.kind] = axes
        self.map.show_axes(*axes)

    def _fill(self) -> None:
        """Offer every slider by its name, keeping what was chosen where it can be."""
        coordinates = self._session.coordinates
        sliders = range(self._session.point.latent_size)
        labels = [coordinates.label(one) for one in sliders]
        if labels == self._labels:
            return
        self._labels = labels
        chosen = self._chosen[coordinates.kind]
        for choice, slider in zip((self.across, self.upward), chosen, strict=True):
            choice.blockSignals(True)
            choice.clear()
            choice.addItems(labels)
            choice.setCurrentIndex(min(slider, len(labels) - 1))
            choice.blockSignals(False)
        if labels:
            self._choose(0)


def _choice(name: str) -> QComboBox:
    choice = QComboBox()
    choice.setAccessibleName(f"{name} on the map")
    WheelGuard(choice)
    choice.setToolTip(f"The slider that goes {name.lower()} on the map")
    choice.setMinimumContentsLength(7)
    choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    choice.setSizeAdjustPolicy(
        QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
    )
    return choice
