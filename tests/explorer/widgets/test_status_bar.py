import pytest
from PySide6.QtWidgets import QApplication, QLabel

from explorer.engine import protocol
from explorer.session.responses import REMEMBERED, Responses
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine


def said(window: MainWindow) -> str:
    labels = window.statusBar().findChildren(QLabel)
    return " | ".join(one.text() for one in labels if one.isVisible())


def label_that_says(window: MainWindow, words: str) -> QLabel:
    labels = window.statusBar().findChildren(QLabel)
    return next(one for one in labels if words in one.text())


def test_it_tells_where_the_sound_goes_and_why_it_goes_nowhere(
    window: MainWindow, session: Session
) -> None:
    assert "Sound: Test device" in said(window)
    session.reception.take(protocol.SoundLost(reason="The device was unplugged."))
    assert "The device was unplugged." in said(window)


def test_it_tells_how_quickly_the_sound_and_the_picture_follow(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.move_axis(0, 1.0)
    engine.run()
    assert "Slider to sound: 12 ms, 95 %: 12 ms" in said(window)
    assert "to picture: " in said(window)


def test_without_sound_it_still_says_what_follows_what(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "Slider to" not in said(window), "none has been moved"
    monkeypatch.setattr(Responses, "sound", None)
    session.move_axis(0, 1.0)
    engine.run()
    assert "Slider to picture: " in said(window)


def test_numbers_move_nothing_when_they_get_shorter(
    window: MainWindow, session: Session
) -> None:
    places = []
    for milliseconds in (150.0, 1.0):
        for _ in range(REMEMBERED):
            session.responses.add_sound(milliseconds, stamp=99)
        QApplication.processEvents()
        places.append(label_that_says(window, "Slider to sound").x())
    assert "1 ms, 95 %: 1 ms" in said(window)
    assert places[0] == places[1]


def test_underruns_are_counted(window: MainWindow, session: Session) -> None:
    assert "Underruns: 0" in said(window)
    session.playback.underruns = 3
    session.playback.underruns_changed.emit()
    assert "Underruns: 3" in said(window)


def test_a_dead_engine_is_told_until_it_is_back(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.reception.lose_engine("was killed", restarting=True)
    assert "Starting the engine again…" in said(window)
    engine.start()
    assert "Ready" in said(window)
