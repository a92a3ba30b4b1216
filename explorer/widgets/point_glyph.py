"""A point as a small picture, to be known again by: how far each slider is moved."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPalette

from explorer.session.point import RANGE_SIGMA

COLUMNS = 22  # so that words have room beside it
SIZE = QSize(COLUMNS, 14)  # pixels

Floats = NDArray[np.float32]
Role = QPalette.ColorRole


def point_glyph(offset: Floats, palette: QPalette, ratio: float) -> QImage:
    """A bar for every few sliders, upward or downward from a line.

    Parameters
    ----------
    offset : (L,) float32
        How far each slider is moved; of those that share a bar the furthest.
    palette : QPalette
        Of what it stands on.
    ratio : float
        Pixels of the screen to a pixel.
    """
    whole = max(round(ratio), 1)
    half = SIZE.height() // 2 - 1
    furthest = _furthest(offset)
    heights = np.sqrt(np.abs(furthest) / RANGE_SIGMA)  # little moves show, too
    reach = np.ceil(heights * half) * np.sign(furthest)
    up = half - np.arange(SIZE.height())[:, None]  # of each row, above the line
    inked = ((up > 0) & (up <= reach)) | ((up < 0) & (up >= reach))
    colours = np.zeros(inked.shape, np.uint32)
    colours[half] = palette.color(Role.Dark).rgba()
    colours[inked] = palette.color(Role.Highlight).rgba()
    large = np.ascontiguousarray(colours.repeat(whole, axis=0).repeat(whole, axis=1))
    height, width = large.shape
    stride = 4 * width
    image = QImage(
        large.data, width, height, stride, QImage.Format.Format_ARGB32_Premultiplied
    ).copy()  # of its own, once the array is gone
    image.setDevicePixelRatio(whole)
    return image


def _furthest(offset: Floats) -> Floats:
    """(COLUMNS,) float32: what is furthest from 0 in each of as many groups."""
    if not len(offset):
        return np.zeros(COLUMNS, np.float32)
    starts = np.arange(COLUMNS) * len(offset) // COLUMNS
    up, down = np.maximum.reduceat(offset, starts), np.minimum.reduceat(offset, starts)
    return np.where(up > -down, up, down)
