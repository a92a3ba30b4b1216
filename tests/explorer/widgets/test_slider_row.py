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


@pytest.mark.parametrize("width", [190, 215])
def test_a_name_can_be_read_where_its_value_has_no_room(
    row: SliderRow, width: int
) -> None:
    assert not row.shows_values(area(width))
    assert row.written("more warmth", area(width)) in {"+warmth", "more warmth"}
    assert row.written("less sub", area(width)) in {"−sub", "less sub"}
    assert row.written("−bass −lows", area(190)).startswith("−bass−l")
    assert row.value_area(area(width)) == row.name_area(area(width))
    assert row.track(area(width)).width() >= SMALLEST_TRACK


def test_values_stay_where_no_name_needs_their_room(row: SliderRow) -> None:
    row.name_width = 0
    assert row.shows_values(area(190))


def test_where_there_is_no_room_for_names_bar_and_value_are_back(
    row: SliderRow,
) -> None:
    assert row.name_area(area(150)).width() == 0
    assert row.shows_values(area(150))


def test_a_name_is_whole_where_it_has_room_and_cut_where_nothing_helps(
    row: SliderRow,
) -> None:
    assert row.written("more warmth", area(320)) == "more warmth"
    assert row.written("a name too long for any row", area(190)).endswith("…")


def test_nothing_lies_upon_another_thing_whatever_gives_way(row: SliderRow) -> None:
    for width in range(150, 700, 5):
        place = area(width)
        assert row.sigma_of(row.x_of(1.25, place), place) == pytest.approx(1.25)
        assert row.number_area(place).right() < row.share_area(place).left()
        assert row.share_area(place).right() < row.lock_area(place).left()
        assert row.lock_area(place).right() < row.name_area(place).left()
        assert row.name_area(place).right() < row.track(place).left()
        if row.shows_values(place):
            assert row.track(place).right() < row.value_area(place).left()
        else:
            assert row.value_area(place).right() < row.track(place).left()
        assert row.track(place).right() < place.right()


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
