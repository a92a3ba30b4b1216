"""Every key and what it does, made from the actions themselves."""

from collections.abc import Sequence
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
from explorer.widgets.colour_scale import KEYS as COLOUR_KEYS
from explorer.widgets.export_button import KEYS as EXPORT_KEYS
from explorer.widgets.find_line import FindLine
from explorer.widgets.hand_slider import KEYS as HAND_KEYS
from explorer.widgets.history_panel import KEYS as HISTORY_KEYS
from explorer.widgets.history_strip import KEYS as STRIP_KEYS
from explorer.widgets.latent_map import KEYS as MAP_KEYS
from explorer.widgets.menus.table import MENUS
from explorer.widgets.overview_strip import KEYS as OVERVIEW_KEYS
from explorer.widgets.picture_hand import GESTURES
from explorer.widgets.picture_keys import KEYS as PICTURE_KEYS
from explorer.widgets.slider_keys import KEYS
from explorer.widgets.song_panel import KEYS as SONG_KEYS
from explorer.widgets.span_strip import KEYS as SPAN_KEYS

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


NOTHING = "<p>No key does that, and nothing is done by a key of that name.</p>"

Row = tuple[str, str, str]  # keys, what they do, and what the menu calls it


class KeySheet(QDialog):
    """The keyboard reference, and a line that finds in it.

    Attributes
    ----------
    filter : FindLine
        Keys, or a part of what they do; all words of it have to be there.
    text : QTextBrowser
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard and mouse")
        self.resize(*SIZE)
        self._actions = actions
        self.filter = FindLine(
            "Find a key, or what it does",
            tip="A key, or a part of what it does",
            clear_tip="Show every key again",
        )
        self.filter.setAccessibleName("Find a key")
        self.filter.textChanged.connect(self._show)
        self.text = QTextBrowser()
        self.text.setAccessibleName("Keyboard reference")
        self.text.setToolTip("Every key and what it does")
        close = QDialogButtonBox.StandardButton.Close
        buttons = QDialogButtonBox(close)
        buttons.button(close).setToolTip("Close this window")
        buttons.button(close).setAutoDefault(False)  # Enter belongs to the line
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.filter)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self._show("")

    def _show(self, wanted: str) -> None:
        self.text.setHtml(key_table(self._actions, wanted))


def key_table(actions: Actions, wanted: str = "") -> str:
    """The reference as HTML: what has keys of its own first, then each menu.

    Only what holds all words of `wanted` in its keys, its words or its heading.
    """
    found = [
        (title, [row for row in rows if _holds(wanted, title, *row)])
        for title, rows in _sections(actions)
    ]
    return "".join(_section(title, rows) for title, rows in found if rows) or NOTHING


def _sections(actions: Actions) -> list[tuple[str, list[Row]]]:
    sections = [
        ("To begin with", _rows(FIRST)),
        ("On the sliders", _rows(KEYS)),
        ("On the picture", _rows((*GESTURES, *PICTURE_KEYS))),
        ("On the whole song above it", _rows(OVERVIEW_KEYS)),
        ("On the stretches above it", _rows(SPAN_KEYS)),
        ("On the scale of colours", _rows(COLOUR_KEYS)),
        ("On the gain, and between A and B", _rows(HAND_KEYS)),
        ("On the export button", _rows(EXPORT_KEYS)),
        ("On the list of songs", _rows(SONG_KEYS)),
        ("On the map", _rows(MAP_KEYS)),
        ("On the strip of steps", _rows(STRIP_KEYS)),
        ("On the history and the bookmarks", _rows(HISTORY_KEYS)),
    ]
    native = QKeySequence.SequenceFormat.NativeText
    for menu in MENUS:
        rows = [
            (
                ", ".join(keys.toString(native) for keys in action.shortcuts()),
                spec.tip,
                spec.text.replace("&", ""),
            )
            for spec, action in actions.of_menu(menu)
        ]
        sections.append((f"{menu.title} menu", rows))
    return sections


def _rows(keys: Sequence[tuple[str, str]]) -> list[Row]:
    return [(one, words, "") for one, words in keys]


def _holds(wanted: str, *texts: str) -> bool:
    """True where each word is somewhere in the texts; keys without their spaces."""
    text = " ".join((*texts, *(one.replace(" ", "") for one in texts))).casefold()
    return all(word in text for word in wanted.casefold().split())


def _section(title: str, rows: list[Row]) -> str:
    body = "".join(
        f"<tr><td style='padding:2px 24px 2px 0' width='200'><b>{escape(keys)}</b></td>"
        f"<td style='padding:2px 0'>{escape(words)}</td></tr>"
        for keys, words, _ in rows
    )
    return f"<h3>{escape(title)}</h3><table width='100%'>{body}</table>"
