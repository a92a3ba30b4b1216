import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.history_panel import HistoryPanel
from explorer.widgets.main_window import MainWindow
from explorer.widgets.point_glyph import COLUMNS, SIZE, point_glyph

Role = QPalette.ColorRole
PICTURE = Qt.ItemDataRole.DecorationRole


def inked(image: QImage, palette: QPalette) -> np.ndarray:
    """(height, COLUMNS) bool, where a bar is."""
    ink = palette.color(Role.Highlight).rgba()
    rows, columns = range(image.height()), range(image.width())
    return np.array([[image.pixel(x, y) == ink for x in columns] for y in rows])


@pytest.mark.parametrize("size", [3, COLUMNS, 64, 1_000])
def test_a_slider_that_goes_up_is_a_bar_above_the_line(
    qapp: QApplication, size: int
) -> None:
    palette, offset = qapp.palette(), np.zeros(size, np.float32)
    assert not inked(point_glyph(offset, palette, 1.0), palette).any()
    offset[0], offset[-1] = 5.0, -0.01
    image = point_glyph(offset, palette, 1.0)
    assert image.size() == SIZE
    bars = inked(image, palette)
    assert bars[0, 0]
    assert bars[SIZE.height() // 2 :, -1].any(), "however little it is moved"
    assert not bars[: SIZE.height() // 2, -1].any()
    assert not bars[SIZE.height() // 2 :, 0].any()


def test_it_is_as_large_on_a_finer_screen(qapp: QApplication) -> None:
    image = point_glyph(np.ones(64, np.float32), qapp.palette(), 2.0)
    assert image.deviceIndependentSize().toSize() == SIZE


def test_steps_and_bookmarks_are_known_again_by_it(
    window: MainWindow, session: Session
) -> None:
    session.bookmarks.add("The song")
    session.move_axis(40, 3.0)
    session.bookmarks.add("Bright")
    window.actions_["history"].trigger()
    panel = window.panels.of(HistoryPanel)
    model, bookmarks = panel.steps.model(), panel.bookmarks
    first, second = (model.index(row, 0).data(PICTURE) for row in range(2))
    assert first == bookmarks.item(0).data(PICTURE)
    assert second == bookmarks.item(1).data(PICTURE)
    assert first != second
    session.coordinates.choose("latents")
    assert bookmarks.item(0).data(PICTURE) == first, "nothing is moved"
    assert bookmarks.item(1).data(PICTURE) == model.index(1, 0).data(PICTURE) != second
    session.coordinates.choose("axes")
    assert bookmarks.item(1).data(PICTURE) == second
    window.set_theme("light")
    assert bookmarks.item(1).data(PICTURE) != second
