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
from explorer.widgets.history_strip import KEYS as STRIP_KEYS
from explorer.widgets.latent_map import KEYS as MAP_KEYS
from explorer.widgets.menus.table import MENUS
from explorer.widgets.picture_hand import GESTURES
from explorer.widgets.picture_keys import KEYS as PICTURE_KEYS
from explorer.widgets.slider_keys import KEYS

SIZE = (640, 620)  # pixels
FIRST = (
    ("Space", "Play, and pause"),
    ("Drag a slider", "Hear the song change; double-click it to put it back"),
    ("O", "Hear the original, and the edit again"),
    ("Ctrl + Z", "Take back the last step"),
    ("R", "Go to a random point; Shift + R stays near this one"),
    ("Click in the picture", "Go there"),
    ("Drop a file or folder", "Open songs of your own"),
)


class KeySheet(QDialog):
    """The keyboard reference."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard and mouse")
        self.resize(*SIZE)
        text = QTextBrowser()
        text.setHtml(key_table(actions))
        text.setAccessibleName("Keyboard reference")
        text.setToolTip("Every key and what it does")
        close = QDialogButtonBox.StandardButton.Close
        buttons = QDialogButtonBox(close)
        buttons.button(close).setToolTip("Close this window")
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        layout.addWidget(buttons)


def key_table(actions: Actions) -> str:
    """The reference as HTML: what has keys of its own first, then each menu."""
    sections = [
        ("To begin with", list(FIRST)),
        ("On the sliders", list(KEYS)),
        ("On the picture", [*GESTURES, *PICTURE_KEYS]),
        ("On the map", list(MAP_KEYS)),
        ("On the strip of steps", list(STRIP_KEYS)),
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
