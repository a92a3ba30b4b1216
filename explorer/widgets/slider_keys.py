"""What keys and the wheel do to the slider with the focus, in σ."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

from explorer.widgets.wheel import notches

COARSE, STEP, FINE = 1.0, 0.1, 0.01  # page keys; arrow keys and wheel; with Shift

KEYS = (
    ("Arrow keys", f"Move the slider with the focus by {STEP} σ"),
    ("Shift + arrow keys", f"Move it by {FINE} σ"),
    ("Page Up, Page Down", f"Move it by {COARSE:.0f} σ"),
    ("Home", "Put it back to the song's own value"),
    ("Enter, or a number", "Type an exact value"),
    ("F2", "Give it a name"),
    ("Shift + F1", "Show what it does: it swings to both sides and back"),
    ("Menu key, right click", "Lock, reset, rename and more"),
    ("Tab, Shift + Tab", "Go to the next slider, or the one before"),
    ("Drag", "Move a slider; with Shift ten times finer"),
    ("Escape", "While you drag: give it up, and go back to where it began"),
    ("Double-click, Ctrl + click", "Put it back to the song's own value"),
    ("Double-click on the number", "Type an exact value"),
    ("Wheel", "Move the slider with the focus; others stay"),
)

_PAGES = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}
_RESETS = (Qt.Key.Key_Home,)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_FOREIGN = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def key_acts(event: QKeyEvent) -> bool:
    """True for a key that is a slider's own."""
    return moves(event) or edits_value(event) or edits_name(event) or auditions(event)


def moves(event: QKeyEvent) -> bool:
    """True for a key that moves the slider, or puts it back."""
    key = event.key()
    return _own(event) and (key in _PAGES or key in _ARROWS or key in _RESETS)


def resets(event: QKeyEvent) -> bool:
    """True for a key that puts the slider back to the song's own value."""
    return _own(event) and event.key() in _RESETS


def edits_value(event: QKeyEvent) -> bool:
    """True for a key that a number begins with, and for Enter."""
    return _own(event) and (event.key() in _ENTERS or typed_digit(event) != "")


def edits_name(event: QKeyEvent) -> bool:
    """True for the key that renames."""
    return _own(event) and event.key() == Qt.Key.Key_F2


def auditions(event: QKeyEvent) -> bool:
    """True for the key that shows what the slider does."""
    return _own(event) and _shifted(event) and event.key() == Qt.Key.Key_F1


def typed_digit(event: QKeyEvent) -> str:
    """What a number may begin with, where the key gives it; else ""."""
    text = event.text()
    return text if len(text) == 1 and text in "0123456789+-.,−" else ""


def key_step(event: QKeyEvent) -> float:
    """How far a key moves the slider."""
    key = Qt.Key(event.key())
    if key in _PAGES:
        return _PAGES[key] * COARSE
    return _ARROWS[key] * (FINE if _shifted(event) else STEP)


def wheel_step(event: QWheelEvent) -> float:
    """How far the wheel moves the slider."""
    return notches(event).y() * (FINE if _shifted(event) else STEP)


def _own(event: QKeyEvent) -> bool:
    return not event.modifiers() & _FOREIGN


def _shifted(event: QKeyEvent | QWheelEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
