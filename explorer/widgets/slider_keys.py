"""What keys and the wheel do to the slider with the focus, in σ."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent

COARSE, STEP, FINE = 1.0, 0.1, 0.01  # page keys; arrow keys and wheel; with Shift
NOTCH = 120  # of a wheel: so many eighths of a degree

KEYS = (
    ("Arrow keys", f"Move the slider with the focus by {STEP} σ"),
    ("Shift + arrow keys", f"Move it by {FINE} σ"),
    ("Page Up, Page Down", f"Move it by {COARSE:.0f} σ"),
    ("Home", "Put it back to the song's own value"),
    ("Tab, Shift + Tab", "Go to the next slider, or the one before"),
    ("Drag", "Move a slider; with Shift ten times finer"),
    ("Double-click, Ctrl + click", "Put it back to the song's own value"),
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
_FOREIGN = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def key_acts(event: QKeyEvent) -> bool:
    """True for a key that is a slider's own."""
    key = event.key()
    return not event.modifiers() & _FOREIGN and (
        key in _PAGES or key in _ARROWS or key in _RESETS
    )


def key_step(event: QKeyEvent) -> float:
    """How far a key moves the slider."""
    key = Qt.Key(event.key())
    if key in _PAGES:
        return _PAGES[key] * COARSE
    return _ARROWS[key] * (FINE if _shifted(event) else STEP)


def wheel_step(event: QWheelEvent) -> float:
    """How far the wheel moves the slider."""
    return event.angleDelta().y() / NOTCH * (FINE if _shifted(event) else STEP)


def _shifted(event: QKeyEvent | QWheelEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
