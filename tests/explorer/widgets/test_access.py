"""Every control says what it is, and can be reached and used without a mouse."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QTabBar,
    QToolTip,
    QWidget,
)

from explorer.session.session import Session
from explorer.widgets.device_dialog import DeviceDialog
from explorer.widgets.key_sheet import KeySheet
from explorer.widgets.main_window import MainWindow
from tests.explorer.hand import turn_wheel

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QTabBar,
)
TURNED = (QAbstractSlider, QAbstractSpinBox, QComboBox)
TAB = Qt.FocusPolicy.TabFocus


@pytest.fixture
def all_of_it(window: MainWindow, session: Session) -> MainWindow:
    """The window with every panel open and every button of some use."""
    session.move_axis(0, 1.0)
    session.slots.keep("A")
    session.move_axis(1, 1.0)
    session.slots.keep("B")
    session.undo()
    for dock in window.panels.docks.values():
        dock.show()
    window.resize(1800, 1000)
    QApplication.processEvents()
    return window


def controls(widget: QWidget) -> Iterator[QWidget]:
    """What a person can use in a widget, but for what Qt itself puts there."""
    for one in widget.findChildren(QWidget):
        owned = one.objectName().startswith(("qt_", "Scroll"))
        owned = owned or isinstance(one, (QHeaderView, QScrollBar))
        inner = isinstance(one.parentWidget(), (QComboBox, QAbstractSpinBox))
        inner = inner or isinstance(one.window().parentWidget(), QComboBox)
        used = isinstance(one, CONTROLS) or one.focusPolicy() & TAB
        if used and not (owned or inner):
            yield one


def tip_of(widget: QWidget) -> str:
    """What comes up where the pointer rests."""
    if widget.toolTip():
        return widget.toolTip()
    QToolTip.hideText()
    place = widget.rect().center()
    at = widget.mapToGlobal(place)
    QApplication.sendEvent(widget, QHelpEvent(QHelpEvent.Type.ToolTip, place, at))
    return QToolTip.text()


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or own


def test_every_control_has_a_name_and_a_tip(all_of_it: MainWindow) -> None:
    nameless = [
        f"{type(one).__name__} in {type(one.parentWidget()).__name__}"
        for one in controls(all_of_it)
        if not name_of(one) or not tip_of(one)
    ]
    assert not nameless


def test_no_bubble_lies_across_half_the_screen(all_of_it: MainWindow) -> None:
    """Rich text wraps by itself, unless it is told to keep its lines."""
    all_of_it.actions_["train_page"].trigger()
    tips = [tip_of(one) for one in all_of_it.findChildren(QWidget)]
    plain = [re.sub("<br>", "\n", one) for one in tips if "<p>" not in one]
    lines = [line for one in plain for line in re.sub("<.*?>", "", one).splitlines()]
    assert max(map(len, lines)) > 50
    assert not [line for line in lines if len(line) > 84]


@pytest.mark.parametrize("kind", ["device", "keys"])
def test_so_has_every_control_of_the_dialogs(
    window: MainWindow, session: Session, kind: str
) -> None:
    dialog: QDialog = DeviceDialog(session, window)
    if kind == "keys":
        dialog = KeySheet(window.actions_, window)
    dialog.show()
    nameless = [
        type(one).__name__
        for one in controls(dialog)
        if not name_of(one) or not tip_of(one)
    ]
    dialog.reject()
    assert not nameless


@pytest.mark.parametrize("bar", ["transport_bar", "point_bar", "tools_bar"])
def test_tab_goes_through_a_bar_as_it_is_read(all_of_it: MainWindow, bar: str) -> None:
    widget = getattr(all_of_it.explore, bar)
    ways: list[int] = []
    one = widget
    for _ in range(500):
        one = one.nextInFocusChain()
        tabbed = one.isVisible() and one.focusPolicy() & TAB
        if tabbed and widget.isAncestorOf(one):
            ways.append(one.mapTo(widget, QPoint(0, 0)).x())
        if one is widget:
            break
    assert len(ways) > 5
    assert ways == sorted(ways)


def test_tab_comes_to_every_control_and_the_focus_is_seen(
    all_of_it: MainWindow,
) -> None:
    wanted = {
        one
        for one in controls(all_of_it)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & TAB
    }
    all_of_it.setFocus()
    reached: set[QWidget] = set()
    unseen: list[str] = []
    for _ in range(2 * len(wanted)):
        before = QApplication.focusWidget()
        QTest.keyClick(before or all_of_it, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now in wanted and now not in reached and not _shows_focus(now):
            unseen.append(f"{type(now).__name__} {name_of(now)}")
        reached.add(now)
    missed = [f"{type(one).__name__} {name_of(one)}" for one in wanted - reached]
    assert not missed
    assert not unseen


def test_the_wheel_changes_nothing_that_has_no_focus(all_of_it: MainWindow) -> None:
    all_of_it.setFocus()
    turned = [
        f"{type(one).__name__} {name_of(one)}"
        for one in controls(all_of_it)
        if isinstance(one, TURNED) and one.isVisible() and turn_wheel(one, 1)
    ]
    assert not turned


def test_every_action_says_what_it_does_and_letters_lead_to_it(
    window: MainWindow,
) -> None:
    for menu in window.menuBar().actions():
        letters = []
        for action in menu.menu().actions():  # type: ignore[attr-defined]  # a QMenu
            if action.isSeparator() or action.menu() is not None:
                continue
            assert action.toolTip(), action.text()
            text = action.text().split("&")
            letters.append(text[1][0].lower() if len(text) > 1 else action.text())
        twice = {one for one in letters if letters.count(one) > 1}
        assert not twice, f"{menu.text()}: {twice}"


def _shows_focus(widget: QWidget) -> bool:
    """True where it looks otherwise with the focus than without."""
    focused = _drawn(widget)
    widget.clearFocus()
    QApplication.processEvents()
    rested = _drawn(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return focused != rested


def _drawn(widget: QWidget) -> QImage:
    room = widget.rect().adjusted(-2, -2, 2, 2)
    room.translate(widget.mapTo(widget.window(), QPoint()))
    return widget.window().grab(room).toImage()
