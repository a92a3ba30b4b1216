"""What stands in a row is equally high, and titles stand beside their fields."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QMenu,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.device_dialog import DeviceDialog
from explorer.widgets.main_window import MainWindow
from explorer.widgets.theme import LIGHT, apply_theme

FIELDS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit)


def fields(within: QWidget) -> list[QWidget]:
    """The buttons and fields that are seen, but for check boxes and parts of others."""
    return [
        one
        for one in within.findChildren(QWidget)
        if isinstance(one, FIELDS)
        and not isinstance(one, QCheckBox)
        and not isinstance(one.parentWidget(), FIELDS)
        and one.isVisible()
    ]


def middle(widget: QWidget) -> float:
    top = widget.mapTo(widget.window(), QPoint(0, 0)).y()
    return top + widget.height() / 2


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_all_controls_of_a_bar_are_equally_high(
    window: MainWindow, qapp: QApplication, theme: str
) -> None:
    window.set_theme(theme)
    qapp.processEvents()
    explore = window.explore
    for bar in (explore.point_bar, explore.tools_bar):
        heights = {one.height() for one in fields(bar)}
        assert len(heights) == 1, heights
        assert len({middle(one) for one in fields(bar)}) == 1
    heights = {
        one.height()
        for one in fields(explore.transport_bar)
        if one.objectName() != "play"  # the one that is larger
    }
    assert len(heights) == 1, heights


def test_so_are_those_of_a_plan_and_of_a_dialog(
    window: MainWindow, session: Session, qapp: QApplication
) -> None:
    window.actions_["train_page"].trigger()
    dialog = DeviceDialog(session, window)
    dialog.show()
    apply_theme(qapp, LIGHT)
    qapp.processEvents()
    for within in (window.train.plan, window.train.songs, dialog):
        heights = {one.height() for one in fields(within)}
        assert len(heights) == 1, heights
    dialog.reject()


def test_titles_stand_beside_the_middle_of_their_fields(
    window: MainWindow, qapp: QApplication
) -> None:
    window.actions_["train_page"].trigger()
    qapp.processEvents()
    (form,) = window.train.plan.findChildren(QFormLayout)
    for field in (window.train.plan.preset, *window.train.plan.numbers.values()):
        assert middle(form.labelForField(field)) == pytest.approx(middle(field), abs=1)


def test_the_rows_of_a_menu_are_equally_high_with_and_without_an_icon(
    window: MainWindow,
) -> None:
    menu = next(
        one for one in window.menuBar().findChildren(QMenu) if one.title() == "&Play"
    )
    actions = [one for one in menu.actions() if not one.isSeparator()]
    assert {one.icon().isNull() for one in actions} == {True, False}
    assert len({menu.actionGeometry(one).height() for one in actions}) == 1


def test_the_words_of_menus_and_tabs_are_on_one_line(window: MainWindow) -> None:
    bar, tabs = window.menuBar(), window.pages.tabs
    words = bar.actionGeometry(bar.actions()[0]).center()
    tab = tabs.mapTo(bar, tabs.tabRect(0).center())
    assert words.y() == pytest.approx(tab.y(), abs=1.5)
