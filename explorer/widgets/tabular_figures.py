"""Tabular figures: digits as wide as each other, so that a number stands still."""

from PySide6.QtGui import QFont


def tabular(font: QFont) -> QFont:
    """The font with all digits as wide as each other."""
    same = QFont(font)
    same.setFeature(QFont.Tag("tnum"), 1)
    return same
