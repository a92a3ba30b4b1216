from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.session.view import FLOOR_DB, TOP_DB
from explorer.widgets.colour_scale import ColourScale
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import LEFT, PLAIN, move


@pytest.fixture
def scale(window: MainWindow) -> ColourScale:
    QApplication.processEvents()
    return window.explore.image_view.scale


def test_a_drag_of_a_mark_spreads_the_colours_and_escape_gives_it_up(
    scale: ColourScale, session: Session, window: MainWindow
) -> None:
    view = session.view
    QTest.mousePress(scale, LEFT, PLAIN, scale.place_of(FLOOR_DB))
    move(scale, scale.place_of(-70.0))
    assert view.floor_db == pytest.approx(-70.0, abs=1.0)
    assert view.top_db == TOP_DB
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert view.floor_db == FLOOR_DB
    move(scale, QPoint(5, 5))
    assert view.floor_db == FLOOR_DB
    QTest.mouseRelease(scale, LEFT, PLAIN, QPoint(5, 5))


@pytest.mark.parametrize("height", [60, 90, 140, 400])
def test_the_words_beside_the_bar_never_lie_on_one_another(
    scale: ColourScale, height: int
) -> None:
    scale.resize(scale.width(), height)
    words = sorted(scale.place_of(db).y() for db in scale.worded_db)
    apart = [after - before for before, after in pairwise(words)]
    assert len(words) >= 2
    assert min(apart) >= scale.fontMetrics().height() - 1
    assert 0 in scale.worded_db
