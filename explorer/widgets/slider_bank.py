"""All sliders at once, most important axis first."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
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
from explorer.widgets.slider_filter import is_found
from explorer.widgets.slider_row import SliderRow
from explorer.widgets.slider_state import SliderNotes, SliderState
from explorer.widgets.swing import Swing

COLUMNS = 4
ROWS_ALWAYS_SEEN = 16  # more than that is scrolled
LARGEST_ROW_HEIGHT = 30  # pixels
ROWS_TO_A_WINDOW = 46  # as high as a row is at first
BAND = 4  # rows of one shade
EXPECTED_AXES = 64  # sliders drawn, still asleep, before a model says how many
MARKS_MS = 40  # between drawings of the marks
MARGIN = 5
TINY = 1e-9

Floats = NDArray[np.float32]


class SliderBank(QWidget):
    """A slider on each axis or raw latent, in four columns to be read downward."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._gesture = Gesture(session, self)
        self._swing = Swing(session, self)
        self._sought = ""
        self.sliders: tuple[AxisSlider, ...] = ()
        self._shown = np.zeros((0, 0), np.float32)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._area)
        self._marks_due = QTimer(self, singleShot=True, interval=MARKS_MS)
        self._marks_due.timeout.connect(self._show_marks)
        session.model_changed.connect(self._show_model)
        session.song_changed.connect(self._show_point)
        session.point_changed.connect(self._show_point)
        session.engine.changed.connect(self._show_readiness)
        session.audition.changed.connect(self._show_point)
        session.effects.changed.connect(self._show_notes)
        session.locks.changed.connect(self._show_notes)
        session.names.changed.connect(self._show_notes)
        session.coordinates.changed.connect(self._show_model)
        session.playback.changed.connect(self._want_marks)
        session.playback.position_changed.connect(self._want_marks)
        self._show_model()

    def _show_model(self) -> None:
        model = self._session.model
        count = EXPECTED_AXES if model is None else model.latent_size
        if count != len(self.sliders):
            self._build(count)
        self._show_notes()
        self._show_point()

    def seek_sliders(self, text: str) -> None:
        """Let all sliders fade but those a text stands for."""
        self._sought = text
        self._show_notes()

    def focus_first_found(self) -> None:
        """Give the focus to the first slider that is not faded."""
        for slider in self.sliders:
            if not slider.notes.faded:
                slider.setFocus()
                self._area.ensureWidgetVisible(slider)
                return

    def _show_notes(self) -> None:
        """Show names, locks, shares, and what is looked for."""
        session, model = self._session, self._session.model
        coordinates = session.coordinates
        share = np.zeros(len(self.sliders)) if model is None else coordinates.share
        largest = max(float(share.max()), TINY)
        for axis, slider in enumerate(self.sliders):
            name, measured = coordinates.name(axis), coordinates.kind == "axes"
            slider.show_notes(
                SliderNotes(
                    name=name,
                    traits=coordinates.traits(axis),
                    locked=coordinates.locks.is_locked(axis),
                    idle=measured and session.effects.does_nothing(axis),
                    faded=not is_found(
                        self._sought, axis=axis, name=name, noun=coordinates.noun
                    ),
                    share=float(share[axis]),
                    share_of_largest=float(share[axis]) / largest,
                    change_db=session.effects.of(axis) if measured else None,
                    noun=coordinates.noun,
                    unit=coordinates.unit,
                )
            )
        rows = -(-len(self.sliders) // COLUMNS)
        for first in range(0, len(self.sliders), rows):
            _make_room_for_names(self.sliders[first : first + rows])

    def _build(self, count: int) -> None:
        bank = QWidget()
        row = QHBoxLayout(bank)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._shown = np.zeros((0, 0), np.float32)
        rows = -(-count // COLUMNS)
        columns = [SliderRow(self.font()) for _ in range(COLUMNS)]
        self.sliders = tuple(
            AxisSlider(
                self._session,
                axis,
                row=columns[axis // rows],
                gesture=self._gesture,
                swing=self._swing,
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

    def height_in(self, window_height: int) -> int:
        """The height, pixels, that suits a window so high."""
        rows = -(-len(self.sliders) // COLUMNS)
        hint = self.sliders[0].sizeHint().height()
        row = min(max(window_height // ROWS_TO_A_WINDOW, hint), LARGEST_ROW_HEIGHT)
        return _column_height(rows, row)

    def _show_readiness(self) -> None:
        self._area.setEnabled(self._session.ready)

    def _show_point(self) -> None:
        """Show where the axes are, touching only those that have moved."""
        session = self._session
        self._show_readiness()
        count = len(self.sliders)
        if session.point.latent_size != count:
            return
        shown, mean = session.coordinates.shown, session.path_mean
        values, homes = shown(mean + session.audition.offset), shown(mean)
        marks, marked = shown(session.marks), self._marks_shown
        moved = session.coordinates.step(session.point.offset) != 0
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_point()  # marks rest while they cannot be seen

    def _want_marks(self) -> None:
        if self.isVisible() and not self._marks_due.isActive():
            self._marks_due.start()

    def _show_marks(self) -> None:
        if self._session.point.latent_size == len(self.sliders):
            shown = self._marks_shown
            marks = self._session.coordinates.shown(self._session.marks)
            self._shown[2:3], self._shown[4:5] = marks, shown
            for slider, mark in zip(self.sliders, marks, strict=True):
                slider.show_mark(float(mark), shown=shown)


def _make_room_for_names(column: tuple[AxisSlider, ...]) -> None:
    """Shorten the tracks of a column as far as its names need, all alike."""
    row = column[0].row
    names = [slider.notes.name for slider in column if slider.notes.name]
    width = max((row.width_for(name) for name in names), default=0)
    if width != row.name_width:
        row.name_width = width
        for slider in column:
            slider.update()


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
