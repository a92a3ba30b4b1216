"""Levels as colours: a perceptually uniform map over a range of decibels.

Letters: N levels.
"""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from explorer.engine.protocol import PICTURE_FLOOR_DB, PICTURE_TOP_DB

LEVELS = 256
COLOUR_MAP = "inferno"
QUIETEST_DB = -100.0  # drawn black
LOUDEST_DB = -10.0  # drawn brightest


def colour_table() -> NDArray[np.uint8]:
    """(N, 3) uint8, the colour of each of the picture's 256 levels."""
    span = PICTURE_TOP_DB - PICTURE_FLOOR_DB
    level_db = PICTURE_FLOOR_DB + np.arange(LEVELS) * span / (LEVELS - 1)
    share = np.clip((level_db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB), 0.0, 1.0)
    colours = pg.colormap.get(COLOUR_MAP).map(share, mode="byte")
    return np.ascontiguousarray(colours[:, :3], dtype=np.uint8)
