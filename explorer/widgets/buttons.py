"""Buttons that stand for actions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

ICON_SIZE = 18


class ActionButton(QToolButton):
    """A button for an action, with a text that does not follow the menu's."""

    def __init__(self, action: QAction, *, text: str, name: str, size: int) -> None:
        super().__init__()
        self._text = text
        self._action = action
        self.setDefaultAction(action)
        self.setObjectName(name)
        self.setIconSize(QSize(size, size))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.show_text(bool(text))
        action.changed.connect(self._keep_text)
        self._keep_text()

    def show_text(self, shown: bool) -> None:
        """Show the text beside the icon, or the icon alone."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        only = Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setToolButtonStyle(beside if shown else only)

    def _keep_text(self) -> None:
        if self._text:
            self.setText(self._text)
        name = self._text or self._action.text().replace("&", "")
        self.setAccessibleName(name)


def action_button(
    action: QAction, *, text: str = "", name: str = "", size: int = ICON_SIZE
) -> ActionButton:
    """A button for an action; without a text it shows the icon alone."""
    return ActionButton(action, text=text, name=name, size=size)
