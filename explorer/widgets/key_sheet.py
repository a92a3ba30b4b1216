"""Every key and what it does, made from the actions themselves."""

from html import escape

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from explorer.widgets.actions import Actions
from explorer.widgets.menus.table import MENUS
from explorer.widgets.picture_hand import GESTURES
from explorer.widgets.slider_keys import KEYS

SIZE = (640, 620)  # pixels


class KeySheet(QDialog):
    """The keyboard reference."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard and mouse")
        self.resize(*SIZE)
        text = QTextBrowser()
        text.setHtml(key_table(actions))
        text.setAccessibleName("Keyboard reference")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(buttons)


def key_table(actions: Actions) -> str:
    """The reference as HTML: the sliders first, then each menu."""
    sections = [
        ("On the sliders", list(KEYS)),
        ("On the picture", list(GESTURES)),
    ]
    native = QKeySequence.SequenceFormat.NativeText
    for menu in MENUS:
        rows = [
            (", ".join(keys.toString(native) for keys in action.shortcuts()), spec.tip)
            for spec, action in actions.of_menu(menu)
            if action.shortcuts()
        ]
        sections.append((f"{menu.title} menu", rows))
    return "".join(_section(title, rows) for title, rows in sections)


def _section(title: str, rows: list[tuple[str, str]]) -> str:
    body = "".join(
        f"<tr><td style='padding:2px 24px 2px 0' width='200'><b>{escape(keys)}</b></td>"
        f"<td style='padding:2px 0'>{escape(words)}</td></tr>"
        for keys, words in rows
    )
    return f"<h3>{escape(title)}</h3><table width='100%'>{body}</table>"
