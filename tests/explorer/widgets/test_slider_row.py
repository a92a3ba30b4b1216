import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.slider_row import SHORTEST_NAME, SMALLEST_TRACK, SliderRow

LONGEST_NAME = "+bass +warmth"


@pytest.fixture
def row(qapp: QApplication) -> SliderRow:
    row = SliderRow(qapp.font())
    row.name_width = row.width_for(LONGEST_NAME)
    return row


def area(width: int) -> QRect:
    return QRect(7, 0, width, 20)


def test_names_are_whole_beside_the_bar_in_a_window_of_1366(row: SliderRow) -> None:
    assert not row.share_area(area(320)).isEmpty()
    assert row.name_area(area(320)).width() >= row.width_for("+bass +lows")


def test_the_bar_makes_room_for_names_beside_a_panel(row: SliderRow) -> None:
    assert row.share_area(area(250)).isEmpty()
    assert row.name_area(area(250)).width() >= row.width_for("more bass")
    assert row.track(area(250)).width() >= SMALLEST_TRACK


def test_where_there_is_no_room_for_names_the_bar_is_back(row: SliderRow) -> None:
    assert row.name_area(area(170)).width() == 0
    assert not row.share_area(area(170)).isEmpty()


def test_nothing_lies_upon_another_thing_whatever_gives_way(row: SliderRow) -> None:
    for width in range(170, 700, 10):
        place = area(width)
        assert row.sigma_of(row.x_of(1.25, place), place) == pytest.approx(1.25)
        assert row.number_area(place).right() < row.share_area(place).left()
        assert row.share_area(place).right() < row.lock_area(place).left()
        assert row.lock_area(place).right() < row.name_area(place).left()
        assert row.name_area(place).right() < row.track(place).left()
        assert row.track(place).right() < row.value_area(place).left()


@pytest.mark.parametrize("width", [900, 1366, 2560])
def test_names_never_leave_a_slider_without_its_track(
    window: MainWindow, session: Session, width: int
) -> None:
    for axis in range(64):
        session.names.rename(axis, f"A long name of axis {axis}")
    window.resize(width, 768)
    QApplication.processEvents()
    slider = window.explore.slider_bank.sliders[17]
    least = 70 if width > 1000 else SMALLEST_TRACK
    assert slider.row.track(slider.rect()).width() >= least
    assert slider.row.name_area(slider.rect()).width() >= SHORTEST_NAME
