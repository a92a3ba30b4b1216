"""Levels as colours: perceptually uniform maps over a range of decibels.

On a dark window silence is dark, on a light one it is light. The maps are
Matplotlib's inferno and those of Peter Kovesi ("Good Colour Maps: How to Design Them",
2015).

Letters: N levels.
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QPalette

from explorer.engine.protocol import PICTURE_FLOOR_DB, PICTURE_TOP_DB
from explorer.session.view import FLOOR_DB, TOP_DB
from explorer.widgets.pixels import NO_CHANGE

LEVELS = 256
DB_EACH = (PICTURE_TOP_DB - PICTURE_FLOOR_DB) / (LEVELS - 1)
DARK_MAP, LIGHT_MAP = "inferno", "CET-L17"
DARK_DIFFERENCE, LIGHT_DIFFERENCE = "CET-D4", "CET-D1A"  # blue quieter, red louder
HALF = 128  # of lightness

Table = NDArray[np.uint8]


def is_dark(palette: QPalette) -> bool:
    """True for a palette of light text on dark."""
    return palette.color(QPalette.ColorRole.Window).lightness() < HALF


def level_db(level: int) -> float:
    """What a level of the picture stands for."""
    return PICTURE_FLOOR_DB + level * DB_EACH


def level_of(db: float) -> int:
    """The level of the picture nearest to so many dB."""
    return min(max(round((db - PICTURE_FLOOR_DB) / DB_EACH), 0), LEVELS - 1)


def colour_table(
    floor_db: float = FLOOR_DB, top_db: float = TOP_DB, *, dark: bool = True
) -> Table:
    """(N, 3) uint8, the colour of each of the picture's levels."""
    levels_db = PICTURE_FLOOR_DB + np.arange(LEVELS) * DB_EACH
    share = np.clip((levels_db - floor_db) / (top_db - floor_db), 0.0, 1.0)
    return _mapped(DARK_MAP if dark else LIGHT_MAP, share)


def difference_table(difference_db: float, *, dark: bool = True) -> Table:
    """(N, 3) uint8, the colour of each step of a difference."""
    change_db = (np.arange(LEVELS) - NO_CHANGE) * DB_EACH
    share = np.clip(0.5 + change_db / (2 * difference_db), 0.0, 1.0)
    return _mapped(DARK_DIFFERENCE if dark else LIGHT_DIFFERENCE, share)


def _mapped(name: str, share: NDArray[np.float64]) -> Table:
    colours = pg.colormap.get(name).map(share, mode="byte")
    return np.ascontiguousarray(colours[:, :3], dtype=np.uint8)
