import pytest
from PySide6.QtWidgets import QApplication

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow


@pytest.mark.parametrize("width", [900, 1366, 2560])
def test_names_never_leave_a_slider_without_its_track(
    window: MainWindow, session: Session, width: int
) -> None:
    for axis in range(64):
        session.names.rename(axis, f"A long name of axis {axis}")
    window.resize(width, 768)
    QApplication.processEvents()
    slider = window.explore.slider_bank.sliders[17]
    assert slider.row.track(slider.rect()).width() >= 70
    named = slider.row.name_area(slider.rect()).width()
    assert (named > 40) == (width > 1000)
