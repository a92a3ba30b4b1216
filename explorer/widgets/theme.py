"""Colours: one palette for what Qt draws, the style sheet and painted widgets."""

import dataclasses
from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from vae.resources import resource

Role = QPalette.ColorRole
STYLE_SHEET = "explorer.qss"


@dataclass(frozen=True, kw_only=True)
class Theme:
    """The colours of the window, each #rrggbb."""

    window: str  # behind everything
    panel: str  # behind a group of controls
    band: str  # every other group of rows
    raised: str  # controls
    hover: str  # the row under the pointer, or with the focus
    line: str  # borders and grooves
    faint: str  # ticks, what cannot be used now
    dim: str  # what is said quietly
    text: str
    accent: str  # what the person has changed, and where the focus is
    accent_low: str
    on_accent: str
    mark: str  # what moves by itself while the music plays
    warning: str
    warning_low: str
    error: str
    error_low: str


DARK = Theme(
    window="#14161b",
    panel="#1b1e25",
    band="#20252e",
    raised="#262b35",
    hover="#2b313d",
    line="#333a47",
    faint="#667081",
    dim="#9ba5b5",
    text="#e8ecf2",
    accent="#4fc3b8",
    accent_low="#1d3b3d",
    on_accent="#0d1416",
    mark="#ffb454",
    warning="#f0c36a",
    warning_low="#3a3120",
    error="#f2777a",
    error_low="#41242a",
)

LIGHT = Theme(
    window="#eceef2",
    panel="#fafbfc",
    band="#f0f2f6",
    raised="#ffffff",
    hover="#dfe4ec",
    line="#cdd3dc",
    faint="#7d8797",
    dim="#566072",
    text="#171b22",
    accent="#08766b",
    accent_low="#d3ece8",
    on_accent="#ffffff",
    mark="#c96a00",
    warning="#8f5a00",
    warning_low="#fbeed3",
    error="#c0303a",
    error_low="#fbe1e2",
)

THEMES = {"dark": DARK, "light": LIGHT}


def apply_theme(application: QApplication, theme: Theme) -> None:
    """Give the whole program these colours, unless it has them."""
    sheet = style_sheet_of(theme)
    if application.styleSheet() == sheet:
        return
    application.setStyle("Fusion")
    application.setPalette(palette_of(theme))
    application.setStyleSheet(sheet)


def palette_of(theme: Theme) -> QPalette:
    """The colours as painted widgets find them.

    `Mid` holds lines, `Midlight` the row in use, `PlaceholderText` dim text, `Dark`
    ticks, `Highlight` the accent, `BrightText` the marks and `LinkVisited` errors.
    """
    palette = QPalette()
    for role, colour in {
        Role.Window: theme.window,
        Role.WindowText: theme.text,
        Role.Base: theme.panel,
        Role.AlternateBase: theme.band,
        Role.Text: theme.text,
        Role.Button: theme.raised,
        Role.ButtonText: theme.text,
        Role.BrightText: theme.mark,
        Role.Highlight: theme.accent,
        Role.Accent: theme.accent,
        Role.HighlightedText: theme.on_accent,
        Role.PlaceholderText: theme.dim,
        Role.ToolTipBase: theme.raised,
        Role.ToolTipText: theme.text,
        Role.Link: theme.accent,
        Role.LinkVisited: theme.error,
        Role.Mid: theme.line,
        Role.Midlight: theme.hover,
        Role.Light: theme.raised,
        Role.Dark: theme.faint,
        Role.Shadow: theme.window,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return palette


def style_sheet_of(theme: Theme) -> str:
    """The style sheet in these colours; empty where this installation brings none."""
    path = resource(STYLE_SHEET)
    if path is None:
        return ""
    template = Template(path.read_text(encoding="utf-8"))
    return template.safe_substitute(dataclasses.asdict(theme))
