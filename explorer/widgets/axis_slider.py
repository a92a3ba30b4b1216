"""A slider on one principal axis, in σ."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from explorer.session.numerals import percent_text, sigma_text
from explorer.session.point import RANGE_SIGMA
from explorer.session.session import Session
from explorer.widgets.drag_escape import DragEscape
from explorer.widgets.gesture import Gesture
from explorer.widgets.slider_drag import SliderDrag, is_fine
from explorer.widgets.slider_editor import SliderEditor, sigma_of_text
from explorer.widgets.slider_keys import (
    COARSE,
    STEP,
    auditions,
    edits_name,
    edits_value,
    key_acts,
    key_step,
    resets,
    typed_digit,
    wheel_step,
)
from explorer.widgets.slider_look import SliderLook
from explorer.widgets.slider_menu import SliderMenu
from explorer.widgets.slider_row import ROW_HEIGHT, SliderRow
from explorer.widgets.slider_state import SliderNotes, SliderState
from explorer.widgets.slider_words import slider_words
from explorer.widgets.swing import Swing

STEPS_PER_SIGMA = 100  # the widget's whole numbers are hundredths of σ
NAME_EDITOR_WIDTH = NARROWEST = 150  # pixels
ASLEEP = 0.45  # opacity while there is nothing to move

_Modifier = Qt.KeyboardModifier
_BACK = (  # reasons for which the focus is where it was before
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
)


class AxisSlider(QAbstractSlider):
    """Moves one axis of the session, and shows where it is.

    What the person does comes out as the session's verbs; `show_state` only draws.
    Screen readers see a slider of hundredths of σ.
    """

    def __init__(
        self,
        session: Session,
        axis: int,
        *,
        row: SliderRow,
        gesture: Gesture,
        swing: Swing,
        banded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.axis = axis
        self.row = row
        self._look = SliderLook(row)
        self._drag = SliderDrag(row, self._move_to)
        self._escape = DragEscape(self._give_up_drag, self)
        self._gesture = gesture
        self._swing = swing
        self._banded = banded
        self._notes = SliderNotes()
        self._state = SliderState(
            value=0.0, home=0.0, mark=0.0, mark_shown=False, moved=False
        )
        self._showing = False
        self._stepped = False  # come to, or moved, by keys or the wheel: no bubble
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(*(round(s * RANGE_SIGMA * STEPS_PER_SIGMA) for s in (-1, 1)))
        self.setSingleStep(round(STEP * STEPS_PER_SIGMA))
        self.setPageStep(round(COARSE * STEPS_PER_SIGMA))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(f"Axis {axis + 1}")
        self.valueChanged.connect(self._value_chosen)

    @property
    def state(self) -> SliderState:
        """What it shows."""
        return self._state

    @property
    def notes(self) -> SliderNotes:
        """What is known of it beside where it stands."""
        return self._notes

    def show_notes(self, notes: SliderNotes) -> None:
        """Show what is known of the axis."""
        if notes != self._notes:
            self._notes = notes
            number = f"{notes.noun} {self.axis + 1}"
            self.setAccessibleName(f"{number}, {notes.name}" if notes.name else number)
            lock = ", locked" if notes.locked else ""
            self.setAccessibleDescription(
                f"{percent_text(notes.share, decimals=1)} of the variance{lock}, "
                f"in hundredths{notes.unit and ' of σ'}"
            )
            self.update()

    def show_what_it_does(self) -> None:
        """Let the axis swing to both sides and come back."""
        self._gesture.end()
        self._swing.begin(self.axis)

    def edit_value(self, typed: str = "") -> SliderEditor:
        """Let the person type an exact value, begun with what is typed already."""
        editor = SliderEditor(
            self,
            self.row.value_area(self.rect()),
            typed or sigma_text(self._state.value),
            name=f"Value of {self._notes.noun.lower()} {self.axis + 1}",
            keep=self._keep_value,
        )
        if typed:
            editor.deselect()
        return editor

    def edit_name(self) -> SliderEditor:
        """Let the person give the axis a name."""
        return SliderEditor(
            self,
            self.row.name_area(self.rect(), width=NAME_EDITOR_WIDTH),
            self._notes.name,
            name=f"Name of axis {self.axis + 1}",
            keep=self._keep_name,
        )

    def show_state(self, state: SliderState) -> None:
        """Show where the axis is; nothing is told back to the session."""
        if state == self._state:
            return
        before, self._state = self._state, state
        self._showing = True
        self.setValue(round(state.value * STEPS_PER_SIGMA))
        self._showing = False
        self.update()
        if self._drag.moving and before.value != state.value:
            x = self.row.x_of(state.value, self.rect())
            self._show_tip(self.mapToGlobal(QPoint(round(x), self.height() // 2)))

    def show_mark(self, sigma: float, *, shown: bool) -> None:
        """Show where the path is at the playhead, drawing no more than changes."""
        before = self._state
        area = self.rect()
        if before.mark_shown == shown and (
            not shown or not self.row.mark_moves(before.mark, sigma, area)
        ):
            return
        self._state = SliderState(
            value=before.value,
            home=before.home,
            mark=sigma,
            mark_shown=shown,
            moved=before.moved,
        )
        self.update(self.row.mark_area(before.mark, area))
        self.update(self.row.mark_area(sigma, area))

    def sizeHint(self) -> QSize:
        return QSize(300, max(ROW_HEIGHT, self.row.smallest_height))

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, self.row.smallest_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(1.0 if self.isEnabled() else ASLEEP)
        self._look.draw(
            painter,
            self.rect(),
            self.palette(),
            self._state,
            number=self.axis + 1,
            notes=self._notes,
            banded=self._banded,
            focused=self.hasFocus(),
            told=self.hasFocus() and self._stepped,
            hovered=self.isEnabled() and self.underMouse(),
            exposed=event.rect(),
        )
        painter.end()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event.globalPos())
            return True
        overriding = event.type() == QEvent.Type.ShortcutOverride
        if overriding and isinstance(event, QKeyEvent) and key_acts(event):
            event.accept()  # before any shortcut of the window
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not key_acts(event):
            event.ignore()
            return
        if self._drag.holding:
            return
        if edits_value(event):
            self.edit_value(typed_digit(event))
            return
        if edits_name(event):
            if self._session.coordinates.nameable:
                self.edit_name()
            return
        if auditions(event):
            self.show_what_it_does()
            return
        self._stepped = True
        self._gesture.begin(self.axis)
        if resets(event):
            self._session.reset_axis(self.axis)
        else:
            self._move_by(key_step(event))
        self._gesture.end_later()

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = wheel_step(event)
        if not self.hasFocus() or step == 0:
            event.ignore()
            return
        self._stepped = True
        self._gesture.begin(self.axis)
        self._move_by(step)
        self._gesture.end_later()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._gesture.begin(self.axis)
        if event.modifiers() & _Modifier.ControlModifier:
            self._session.reset_axis(self.axis)
            return
        self._escape.watch()
        x, fine = event.position().x(), is_fine(event)
        self._drag.begin(x, self._state.value, self.rect(), fine=fine)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag.move(event.position().x(), self.rect(), fine=is_fine(event))

    def mouseReleaseEvent(self, _: QMouseEvent) -> None:
        self._escape.rest()
        if self._drag.end():
            self._gesture.end()
            QToolTip.hideText()
        else:
            self._gesture.end_later()  # a second click may follow

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.row.value_area(self.rect()).contains(event.position().toPoint()):
            self.edit_value()
            return
        self._gesture.begin(self.axis)
        self._session.reset_axis(self.axis)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()  # all of it: Qt does so only where no menu opens over it

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.setFocus()
        SliderMenu(self._session, self).popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        reason = event.reason()
        if reason not in _BACK:
            self._stepped = reason != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._gesture.end()
        super().focusOutEvent(event)

    def _give_up_drag(self) -> None:
        self._drag.end()
        self._gesture.cancel()
        QToolTip.hideText()

    def _move_by(self, sigma: float) -> None:
        self._move_to(self._state.value + sigma)

    def _move_to(self, sigma: float) -> None:
        self._session.move_axis(self.axis, round(sigma, 2))

    def _keep_value(self, text: str) -> bool:
        sigma = sigma_of_text(text)
        if sigma is not None and text != sigma_text(self._state.value):
            self._gesture.end()
            self._session.move_axis(self.axis, sigma)
        return sigma is not None

    def _keep_name(self, text: str) -> bool:
        self._session.names.rename(self.axis, text)
        return True

    def _value_chosen(self, hundredths: int) -> None:
        """A screen reader, or a program, has set the value."""
        if not self._showing:
            self._session.move_axis(self.axis, hundredths / STEPS_PER_SIGMA)

    def _show_tip(self, place: QPoint) -> None:
        moving = self._drag.moving
        words = slider_words(self.axis, self._state, self._notes, moving=moving)
        QToolTip.showText(place, words, self)
