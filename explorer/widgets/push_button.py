"""Push buttons that Enter presses, too: the space bar belongs to playing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget


class PushButton(QPushButton):
    """A button with words on it, pressed by mouse, Enter or Return."""

    def __init__(self, text: str, *, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._words, self._wordy = text, True
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def setText(self, text: str) -> None:
        self._words = text
        super().setText(text if self._wordy else "")

    def show_text(self, shown: bool) -> None:
        """Show the words beside the icon, or the icon alone."""
        self._wordy = shown
        super().setText(self._words if shown else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


def push_button(text: str, *, tip: str) -> PushButton:
    """A button whose click its owner listens to."""
    return PushButton(text, tip=tip)


def action_push_button(
    action: QAction, *, text: str = "", primary: bool = False
) -> PushButton:
    """A button for an action; it has the action's own words unless given others.

    The primary one of a card is filled with the accent, and does without an icon.
    """
    button = PushButton(text or _plain(action), tip=action.toolTip())
    if primary:
        button.setObjectName("primary")
    follow = _follower(button, action, text, has_icon=not primary)
    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
    follow()
    return button


def _follower(
    button: PushButton, action: QAction, text: str, *, has_icon: bool
) -> Callable[[], None]:
    def follow() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())
        if has_icon:
            button.setIcon(action.icon())
        words = text or _plain(action)
        button.setText(words)
        button.setAccessibleName(words)

    return follow


def _plain(action: QAction) -> str:
    return action.text().replace("&", "")
