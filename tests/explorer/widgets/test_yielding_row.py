import pytest
from PySide6.QtWidgets import QApplication

from explorer.widgets.main_window import MainWindow


@pytest.mark.parametrize("row", ["tools_bar", "transport_bar"])
def test_where_room_is_short_buttons_keep_their_icons_alone(
    window: MainWindow, qapp: QApplication, row: str
) -> None:
    bar = getattr(window.explore, row)
    window.resize(1366, 768)
    qapp.processEvents()
    assert not bar.brief
    window.resize(window.minimumSizeHint())
    qapp.processEvents()
    assert bar.brief
    assert window.width() < 900
    rights = [
        child.geometry().right()
        for child in bar.children()
        if child.isWidgetType() and child.isVisible()
    ]
    assert max(rights) < bar.width()
    window.resize(1366, 768)
    qapp.processEvents()
    assert not bar.brief
