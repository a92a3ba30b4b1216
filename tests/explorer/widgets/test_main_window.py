from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets import file_dialogs
from explorer.widgets.gain_slider import GainSlider
from explorer.widgets.key_sheet import key_table
from explorer.widgets.main_window import MainWindow
from explorer.widgets.menus.table import MENUS
from explorer.widgets.slider_bank import LARGEST_ROW_HEIGHT
from tests.explorer.fake_engine import FakeEngine

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def press(window: MainWindow, keys: str) -> None:
    """Press a shortcut as the window has registered it."""
    QTest.keySequence(window, keys)
    QApplication.processEvents()


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drop files on the window; True where they were welcome."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = window.rect().center()
    entering = QDragEnterEvent(middle, COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(window, entering)
    QApplication.sendEvent(window, QDropEvent(QPointF(middle), COPY, data, LEFT, PLAIN))
    return entering.isAccepted()


def texts(window: MainWindow) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel) if one.isVisible()]


def answering(name: str, kind: str = "") -> Callable[..., tuple[str, str]]:
    """A file dialog in which a person has chosen."""
    return lambda *_, **__: (name, kind)


def several(*names: str) -> Callable[..., tuple[list[str], str]]:
    """A file dialog in which a person has chosen as many as they like."""
    return lambda *_, **__: (list(names), "")


def test_space_plays_and_pauses(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    press(window, "Space")
    assert engine.of_kind(protocol.Play)
    press(window, "Space")
    assert engine.of_kind(protocol.Pause)
    assert not session.playback.playing


def test_space_plays_also_when_a_button_or_a_slider_has_the_focus(
    window: MainWindow, session: Session
) -> None:
    window.explore.slider_bank.sliders[3].setFocus()
    QTest.keyClick(window.explore.slider_bank.sliders[3], Qt.Key.Key_Space)
    assert window.actions_["play"].text() == "&Pause"
    window.explore.point_bar.focusNextChild()
    focused = QApplication.focusWidget() or window
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert not session.playback.playing


def test_the_keys_do_what_the_reference_says(
    window: MainWindow, session: Session
) -> None:
    press(window, "L")
    assert session.playback.loop
    points = [session.point]
    for keys in ("R", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+R"):
        press(window, keys)
        points.append(session.point)
    start, random, undone, redone, reset = points
    assert start == undone == reset
    assert start != random == redone
    press(window, "Ctrl+2")
    assert session.point.source == "noise"
    press(window, "Ctrl+Right")
    assert session.transport.position_s == pytest.approx(5.0)
    press(window, "Home")
    assert session.transport.position_s == 0.0
    press(window, "Ctrl+Down")
    assert session.playback.gain_db == pytest.approx(-1.0)


def test_every_action_has_a_key_of_its_own_that_is_in_the_reference(
    window: MainWindow,
) -> None:
    table = key_table(window.actions_)
    actions = [one for menu in MENUS for _, one in window.actions_.of_menu(menu)]
    assert not [one.text() for one in actions if not one.shortcuts()]
    seen = [keys.toString() for action in actions for keys in action.shortcuts()]
    assert len(seen) == len(set(seen))
    assert all(keys in table for keys in seen)
    assert "Page Up" in table


def test_the_usual_layout_comes_back_from_wherever_things_were_put(
    window: MainWindow,
) -> None:
    splitter, docks = window.explore.splitter, window.panels.docks
    usual = splitter.sizes()
    press(window, "Ctrl+Shift+Up")
    press(window, "Ctrl+M")
    docks["map"].setFloating(True)
    docks["history"].show()
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks["history"])
    press(window, "Ctrl+T")
    press(window, "Ctrl+Shift+Y")
    QApplication.processEvents()
    assert window.pages.currentWidget() is window.explore
    assert not any(dock.isVisible() for dock in docks.values())
    assert splitter.sizes() == usual
    window.actions_["map"].trigger()
    assert docks["map"].isVisible()
    assert not docks["map"].isFloating()


def test_every_action_does_something(window: MainWindow) -> None:
    assert window.actions_.unbound == ()


def test_what_cannot_be_done_is_grey(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    actions = window.actions_
    assert not actions["undo"].isEnabled()
    assert not actions["reset"].isEnabled()
    session.move_axis(0, 2.0)
    assert actions["undo"].isEnabled()
    assert actions["undo"].text() == "&Undo: Axis 1 to +2.00 σ"
    session.reception.lose_engine("crashed", restarting=True)
    assert not actions["play"].isEnabled()
    engine.start()
    assert actions["play"].isEnabled()


def test_choosing_the_source_that_is_chosen_leaves_it_chosen(
    window: MainWindow, session: Session
) -> None:
    window.actions_["source_song"].trigger()
    assert window.actions_["source_song"].isChecked()
    window.actions_["source_noise"].trigger()
    assert session.point.source == "noise"
    assert not window.actions_["source_song"].isChecked()


def test_a_dropped_song_is_opened(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    assert drop(window, Path("/music/run.mp3"))
    engine.run()
    assert session.song is not None
    assert session.song.title == "run"
    assert window.windowTitle().startswith("run")
    assert "run" in texts(window)


def test_a_dropped_model_is_opened(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    assert drop(window, Path("/models/piano.safetensors"))
    engine.run()
    assert session.model is not None
    assert session.model.title == "piano"


def test_text_is_not_welcome(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("la la la")
    entering = QDragEnterEvent(window.rect().center(), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(window, entering)
    assert not entering.isAccepted()


def test_songs_and_models_are_opened_by_dialog(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several("/a/hop.wav"))
    window.actions_["open_song"].trigger()
    engine.run()
    assert session.song is not None
    assert session.song.path == Path("/a/hop.wav")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answering("/b/m.safetensors"))
    window.actions_["open_model"].trigger()
    engine.run()
    assert session.model is not None
    assert session.model.path == Path("/b/m.safetensors")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", several())
    engine.heard.clear()
    window.actions_["open_song"].trigger()
    assert engine.heard == []


def test_a_file_that_is_being_written_is_not_given_up_unasked(
    window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[None] = []
    window.closed.connect(lambda: closed.append(None))
    window.guards_work = True
    session.exports.write(Path("/music/out.wav"))
    monkeypatch.setattr(file_dialogs, "agreed", lambda *_: False)
    assert not window.close()
    assert closed == []
    monkeypatch.setattr(file_dialogs, "agreed", lambda *_: True)
    assert window.close()
    assert closed == [None]


def test_a_message_stands_until_it_is_dismissed(
    window: MainWindow, session: Session
) -> None:
    assert not window.message_bar.isVisible()
    session.messages.error("song", "walk.mp3 is empty.")
    session.messages.warning("sound", "There is no sound card.")
    assert window.message_bar.isVisible()
    assert "There is no sound card." in texts(window)
    window.message_bar.dismiss()
    assert "walk.mp3 is empty." in texts(window)
    window.message_bar.dismiss()
    assert not window.message_bar.isVisible()


def test_progress_is_shown_and_can_be_given_up(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.silent = True
    session.open_song(Path("/music/run.mp3"))
    task = session.tasks.newest
    assert task is not None
    session.reception.take(
        protocol.Progress(request=task.request, fraction=0.25, label="Encoding run.mp3")
    )
    bar = window.task_bar
    assert bar.isVisible()
    assert "Encoding run.mp3" in texts(window)
    assert bar.fraction == pytest.approx(0.25)
    bar.cancel.click()
    assert engine.heard[-1] == protocol.Cancel(request=task.request)


def test_the_gain_slider_sets_and_shows_the_gain(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    gain = window.findChild(GainSlider)
    assert isinstance(gain, GainSlider)
    gain.setValue(-20)
    assert session.playback.gain_db == pytest.approx(-10.0)
    assert engine.heard[-1] == protocol.SetGain(gain_db=-10.0)
    assert "−10.0 dB" in texts(window)
    engine.heard.clear()
    session.playback.set_gain_db(6.0)
    assert gain.value() == 12
    assert engine.heard == []
    session.transport.set_gain_db(-100.0)
    assert "silent" in texts(window)


def test_the_clock_follows_the_playhead(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    session.transport.play()
    engine.play_to(65.37)
    assert "1:05.3 / 2:08" in texts(window)


def test_the_status_says_where_the_sound_goes_and_how_quickly(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    assert "Sound: Test device" in texts(window)
    session.move_axis(0, 1.0)
    engine.run()
    assert "Slider to sound: 12 ms, 95 %: 12 ms" in texts(window)
    assert any(one.startswith("to picture: ") for one in texts(window))
    session.reception.take(protocol.SoundLost(reason="The device was unplugged."))
    assert "The device was unplugged." in texts(window)


def test_every_control_has_words(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QScrollBar

    for control in window.findChildren(QAbstractButton) + window.findChildren(
        QAbstractSlider
    ):
        if control.isVisible() and not isinstance(control, QScrollBar):
            words = control.accessibleName() or getattr(control, "text", str)()
            assert words, control


def test_the_picture_and_the_sliders_share_the_room_as_they_did(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1366, 1000)
    QApplication.processEvents()
    before = window.explore.image_view.height()
    window.explore.splitter.moveSplitter(before - 60, 1)
    QApplication.processEvents()
    moved = window.explore.image_view.height()
    assert moved < before
    later = MainWindow(Session())
    qtbot.addWidget(later)
    later.resize(window.size())
    later.restore_layout(*window.layout_state)
    with qtbot.waitExposed(later):
        later.show()
    assert later.explore.image_view.height() == pytest.approx(moved, abs=4)


def test_rows_are_higher_in_a_higher_window(qtbot: QtBot) -> None:
    heights = []
    for height in (768, 1440):
        window = MainWindow(Session())
        qtbot.addWidget(window)
        window.resize(1366, height)
        with qtbot.waitExposed(window):
            window.show()
        heights.append(window.explore.slider_bank.sliders[0].height())
        assert window.explore.image_view.height() > window.height() / 4
    assert heights[0] < heights[1] <= LARGEST_ROW_HEIGHT


@pytest.mark.parametrize("height", [768, 1440])
def test_a_message_moves_no_slider_away_from_under_the_hand(
    window: MainWindow, session: Session, height: int
) -> None:
    window.resize(1366, height)
    QApplication.processEvents()
    slider = window.explore.slider_bank.sliders[20]

    def place() -> QRect:
        QApplication.processEvents()
        return QRect(slider.mapToGlobal(QPoint(0, 0)), slider.size())

    before, picture = place(), window.explore.image_view.height()
    session.messages.error("song", "That is no sound file.")
    assert place() == before
    assert window.explore.image_view.height() < picture
    window.message_bar.dismiss()
    assert place() == before
    assert window.explore.image_view.height() == picture


def test_both_tabs_are_in_sight_while_a_run_tells_how_far_it_is(
    window: MainWindow,
) -> None:
    tabs, bar = window.pages.tabs, window.menuBar()
    for title in ("Train · 100 %", "Train"):
        window.pages.name_page(window.train, title)
        QApplication.processEvents()
        assert tabs.geometry().right() <= bar.width()
        assert tabs.width() >= tabs.sizeHint().width()
        for index in range(tabs.count()):
            assert tabs.rect().contains(tabs.tabRect(index))
