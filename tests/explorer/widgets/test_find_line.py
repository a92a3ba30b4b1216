import pytest
from PySide6.QtWidgets import QApplication, QToolButton

from explorer.widgets.main_window import MainWindow


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_cross_stands_in_the_middle_in_the_colours_of_the_theme(
    window: MainWindow, theme: str
) -> None:
    window.set_theme(theme)
    line = window.explore.slider_filter
    line.setText("bass")
    QApplication.processEvents()
    (cross,) = line.findChildren(QToolButton)
    assert abs(cross.geometry().center().y() - line.rect().center().y()) <= 1
    image = cross.icon().pixmap(16, 16).toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(16)
        for y in range(16)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert line.palette().buttonText().color().name() in drawn
