from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.session.messages import Offer
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.message_bar import NOTICE_MS, UNDO_MS


def test_a_notice_goes_by_itself_later_where_it_can_be_taken_back(
    window: MainWindow, session: Session
) -> None:
    bar = window.message_bar
    (expiry,) = bar.findChildren(QTimer)
    for undo, wait_ms in ((None, NOTICE_MS), (lambda: None, UNDO_MS)):
        session.messages.notice("point", "A is replaced.", undo=undo)
        assert bar.isVisible()
        assert bar.undo.isVisible() == (undo is not None)
        assert expiry.isActive()
        assert expiry.interval() == wait_ms
        expiry.timeout.emit()
        assert bar.text == ""
        assert not bar.isVisible()


def test_a_long_message_takes_lines_and_makes_no_window_larger(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    window.resize(1024, 640)
    QApplication.processEvents()
    size = window.size()
    session.messages.error("song", "A song that is called very much. " * 12)
    label = window.message_bar.findChild(QLabel)
    assert isinstance(label, QLabel)
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))
    assert window.size() == size
    assert label.height() >= 2 * label.fontMetrics().height()


def test_an_error_stays_until_it_is_read(window: MainWindow, session: Session) -> None:
    bar = window.message_bar
    (expiry,) = bar.findChildren(QTimer)
    session.messages.notice("export", "Saved walk.wav.")
    session.messages.error("song", "b.mp3 is empty.")
    assert bar.text == "b.mp3 is empty."
    assert not expiry.isActive()
    bar.dismiss()
    assert bar.text == "Saved walk.wav."
    assert expiry.isActive()


def test_what_a_message_offers_is_done_at_a_press_and_waits_for_it(
    window: MainWindow, session: Session
) -> None:
    bar, done = window.message_bar, list[str]()
    (expiry,) = bar.findChildren(QTimer)
    offer = Offer(text="Mend it", tip="Make it whole", do=lambda: done.append("yes"))
    session.messages.suggestion("model", "It is broken.", offer)
    assert (bar.offer.isVisible(), bar.undo.isVisible()) == (True, False)
    assert bar.offer.text() == "Mend it"
    assert expiry.interval() == UNDO_MS
    bar.offer.click()
    assert done == ["yes"]
    assert not bar.isVisible()
    session.messages.notice("model", "It is whole.")
    assert not bar.offer.isVisible()
