"""All sliders at once, most important axis first."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.axis_slider import AxisSlider
from explorer.widgets.gesture import Gesture
from explorer.widgets.slider_look import SliderLook, SliderState

COLUMNS = 4
ROWS_ALWAYS_SEEN = 16  # more than that is scrolled
LARGEST_ROW_HEIGHT = 26  # pixels; what is left goes to the picture
BAND = 4  # rows of one shade
EXPECTED_AXES = 64  # sliders drawn, still asleep, before a model says how many
MARKS_MS = 40  # between drawings of the marks
MARGIN = 5

Floats = NDArray[np.float32]


class SliderBank(QWidget):
    """A slider on each principal axis, in four columns to be read downward."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._gesture = Gesture(session, self)
        self._look = SliderLook(self.font())
        self.sliders: tuple[AxisSlider, ...] = ()
        self._shown = np.zeros((0, 0), np.float32)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._marks_due = QTimer(self, singleShot=True, interval=MARKS_MS)
        self._marks_due.timeout.connect(self._show_marks)
        session.model_changed.connect(self._show_model)
        session.song_changed.connect(self._show_point)
        session.point_changed.connect(self._show_point)
        session.engine.changed.connect(self._show_readiness)
        session.playback.changed.connect(self._want_marks)
        session.playback.position_changed.connect(self._want_marks)
        self._show_model()

    def _show_model(self) -> None:
        model = self._session.model
        count = EXPECTED_AXES if model is None else model.latent_size
        if count != len(self.sliders):
            self._build(count)
        if model is not None:
            largest = float(model.variance_share.max())
            for slider, share in zip(self.sliders, model.variance_share, strict=True):
                slider.set_share(float(share), largest=largest)
        self._show_point()

    def _build(self, count: int) -> None:
        bank = QWidget()
        row = QHBoxLayout(bank)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._shown = np.zeros((0, 0), np.float32)
        rows = -(-count // COLUMNS)
        self.sliders = tuple(
            AxisSlider(
                self._session,
                axis,
                look=self._look,
                gesture=self._gesture,
                banded=axis % rows // BAND % 2 == 1,
            )
            for axis in range(count)
        )
        for first in range(0, count, rows):
            row.addWidget(_column(self.sliders[first : first + rows]), 1)
        smallest = self.sliders[0].minimumSizeHint().height()
        self.setMinimumHeight(_column_height(min(rows, ROWS_ALWAYS_SEEN), smallest))
        self.setMaximumHeight(_column_height(rows, LARGEST_ROW_HEIGHT))
        self._area.setWidget(bank)

    def sizeHint(self) -> QSize:
        rows = -(-len(self.sliders) // COLUMNS)
        height = _column_height(rows, self.sliders[0].sizeHint().height())
        return QSize(super().sizeHint().width(), height)

    def _show_readiness(self) -> None:
        self._area.setEnabled(self._session.ready)

    def _show_point(self) -> None:
        """Show where the axes are, touching only those that have moved."""
        session = self._session
        self._show_readiness()
        count = len(self.sliders)
        if session.point.latent_size != count:
            return
        values, homes, marks = session.values, session.path_mean, session.marks
        moved, marked = session.point.offset != 0, self._marks_shown
        state = np.stack([values, homes, marks, moved, np.full(count, marked)])
        stale = np.ones(count, bool)
        if self._shown.shape == state.shape:
            stale = np.any(self._shown != state, axis=0)
        self._shown = state
        for axis in np.flatnonzero(stale):
            self.sliders[axis].show_state(
                SliderState(
                    value=float(values[axis]),
                    home=float(homes[axis]),
                    mark=float(marks[axis]),
                    mark_shown=marked,
                    moved=bool(moved[axis]),
                )
            )

    @property
    def _marks_shown(self) -> bool:
        return self._session.playback.playing or self._session.playback.position > 0

    def _want_marks(self) -> None:
        if not self._marks_due.isActive():
            self._marks_due.start()

    def _show_marks(self) -> None:
        if self._session.point.latent_size == len(self.sliders):
            shown, marks = self._marks_shown, self._session.marks
            self._shown[2:3], self._shown[4:5] = marks, shown
            for slider, mark in zip(self.sliders, marks, strict=True):
                slider.show_mark(float(mark), shown=shown)


def _column(sliders: tuple[AxisSlider, ...]) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    column.setSpacing(0)
    for slider in sliders:
        column.addWidget(slider)
    return card


def _column_height(rows: int, row_height: int) -> int:
    return rows * row_height + 2 * MARGIN + 2
