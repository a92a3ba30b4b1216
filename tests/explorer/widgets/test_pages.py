from PySide6.QtWidgets import QApplication

from explorer.widgets.main_window import MainWindow


def test_a_page_behind_asks_for_no_room(window: MainWindow, qapp: QApplication) -> None:
    needed = window.minimumSizeHint().width()
    window.pages.show_page(window.train)
    qapp.processEvents()
    assert window.pages.minimumSizeHint() == window.train.minimumSizeHint()
    window.pages.show_page(window.explore)
    qapp.processEvents()
    assert window.minimumSizeHint().width() == needed < 900


def test_panels_are_put_away_on_another_page_and_come_back(
    window: MainWindow, qapp: QApplication
) -> None:
    docks = window.panels.docks
    docks["history"].show()
    docks["songs"].show()
    window.resize(1280, 720)
    qapp.processEvents()
    window.pages.show_page(window.train)
    qapp.processEvents()
    assert docks["history"].isHidden()
    assert window.width() == 1280
    window.pages.show_page(window.explore)
    qapp.processEvents()
    assert not docks["history"].isHidden()
    assert docks["map"].isHidden()


def test_where_the_panels_are_is_remembered_on_another_page_too(
    window: MainWindow, qapp: QApplication
) -> None:
    window.panels.docks["map"].show()
    window.pages.show_page(window.train)
    state = window.layout_state
    window.panels.docks["map"].hide()
    window.restore_layout(*state)
    assert not window.panels.docks["map"].isHidden()
