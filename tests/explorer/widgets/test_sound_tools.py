from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from explorer.engine import protocol
from explorer.engine.protocol import Export, SetListening, Voicing
from explorer.session.session import Session
from explorer.widgets import blind_dialog, file_dialogs
from explorer.widgets.blind_dialog import BlindDialog
from explorer.widgets.export_dialog import ExportDialog
from explorer.widgets.main_window import MainWindow
from explorer.widgets.record_light import RecordLight
from explorer.widgets.source_button import SourceButton
from tests.explorer.fake_engine import SAMPLE_RATE, FakeEngine
from tests.explorer.hand import LEFT
from tests.explorer.widgets.test_main_window import COPY, answering, press

RAIN = Path("/music/rain & thunder.wav")


def the(window: MainWindow, kind: type[SourceButton]) -> SourceButton:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


def heard(engine: FakeEngine) -> list[str]:
    return [one.listening for one in engine.heard if isinstance(one, SetListening)]


def exports(engine: FakeEngine) -> list[Export]:
    return [one for one in engine.heard if isinstance(one, Export)]


# ---------------------------------------------------------------- source


def test_the_source_button_says_what_is_filtered(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    button = the(window, SourceButton)
    assert button.text() == "Source: Song"
    press(window, "Ctrl+3")
    assert session.point.source == "tones"
    session.sources.set_detail(0.4)
    assert button.text() == "Source: Tones · 40 %"
    session.sources.choose(RAIN)
    engine.run()
    assert button.accessibleName() == "Source: rain & thunder · 40 %"


def test_the_panel_sets_and_shows_detail_and_highs(
    window: MainWindow, session: Session
) -> None:
    button = the(window, SourceButton)
    QTest.mouseClick(button, LEFT)
    panel = button.panel
    assert panel.isVisible()
    steps = len(session.history.steps)
    panel.detail.setSliderDown(True)
    for value in (80, 60, 30):
        panel.detail.setValue(value)
    panel.detail.setSliderDown(False)
    assert session.point.voicing.detail == pytest.approx(0.3)
    assert len(session.history.steps) == steps + 1, "a drag is one step"
    panel.highs.click()
    assert session.point.voicing.highs_follow
    session.undo()
    session.undo()
    assert (panel.detail.value(), panel.highs.isChecked()) == (100, False)
    panel.close()


def test_detail_goes_by_keys(window: MainWindow, session: Session) -> None:
    press(window, "Ctrl+Alt+Down")
    press(window, "Ctrl+Alt+Down")
    press(window, "Ctrl+Alt+Up")
    press(window, "Ctrl+Alt+H")
    assert session.point.voicing == Voicing(detail=0.9, highs_follow=True)
    assert not window.actions_["source_file"].isChecked()


def test_another_file_is_chosen_or_dropped_with_alt(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answering(str(RAIN)))
    press(window, "Ctrl+4")
    assert session.point.source == RAIN
    assert window.actions_["source_file"].isChecked()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/music/wind.wav")])
    middle, alt = window.rect().center(), Qt.KeyboardModifier.AltModifier
    entering = QDragEnterEvent(middle, COPY, data, LEFT, alt)
    QApplication.sendEvent(window, entering)
    dropping = QDropEvent(QPointF(middle), COPY, data, LEFT, alt)
    QApplication.sendEvent(window, dropping)
    engine.run()
    assert session.point.source == Path("/music/wind.wav")
    assert len(session.songs.entries) == 1, "it is no song of the list"


# ---------------------------------------------------------------- hearing


def test_o_goes_to_the_original_and_back(
    window: MainWindow, engine: FakeEngine
) -> None:
    press(window, "O")
    assert window.actions_["hear_original"].isChecked()
    press(window, "O")
    press(window, "Shift+O")
    assert window.actions_["hear_model"].isChecked()
    press(window, "I")
    assert heard(engine) == ["original", "edit", "reconstruction", "edit"]


def test_the_blind_test_is_done_by_keys_and_tells_nothing(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    dialog = BlindDialog(session, window)
    dialog.show()
    assert session.playback.playing
    assert not window.actions_["hear_original"].isEnabled()
    assert not window.actions_["hear_edit"].isChecked()
    for _ in range(blind_dialog.ENOUGH):
        QTest.keyClick(dialog, Qt.Key.Key_X)
        x = heard(engine)[-1]
        assert not window.actions_["hear_original"].isChecked()
        QTest.keyClick(dialog, Qt.Key.Key_1 if x == "original" else Qt.Key.Key_2)
    assert "5 of 5 right" in dialog.text
    assert "3.1 %" in dialog.text
    assert "You do hear a difference" in dialog.text
    dialog.pair.setCurrentIndex(1)
    dialog.pair.activated.emit(1)
    assert session.blind_test.tally.total == 0
    dialog.reject()
    assert session.hearing.heard == "edit"
    assert window.actions_["hear_original"].isEnabled()
    dialog.deleteLater()


# ---------------------------------------------------------------- export


def test_the_export_has_a_format_and_a_part_and_asks_before_it_replaces(
    window: MainWindow, session: Session, engine: FakeEngine, tmp_path: Path
) -> None:
    session.transport.set_loop_region(10.0, 20.0)
    session.span_edits.add(SAMPLE_RATE, 3 * SAMPLE_RATE)
    session.places.exports = tmp_path
    replaced: list[Path] = []

    def may_replace(path: Path) -> bool:
        replaced.append(path)
        return len(replaced) > 1

    dialog = ExportDialog(session, may_replace, window)
    parts = [dialog.part.itemText(row) for row in range(dialog.part.count())]
    assert parts == [
        "The whole song",
        "The loop, 0:10.0 to 0:20.0",
        "The stretch in focus, 0:01.0 to 0:03.0",
    ]
    assert dialog.place.text() == str(tmp_path / "walk (edit).wav")
    dialog.form.setCurrentIndex(dialog.form.findData("flac16"))
    assert dialog.place.text() == str(tmp_path / "walk (edit).flac")
    dialog.part.setCurrentIndex(1)
    (tmp_path / "walk (edit).flac").touch()
    dialog.accept()
    assert exports(engine) == [], "the person said no"
    dialog.accept()
    (done,) = exports(engine)
    assert (done.format, done.start, done.stop) == ("flac16", 441_000, 882_000)
    again = ExportDialog(session, may_replace, window)
    assert again.form.currentData() == "flac16", "it is remembered"
    engine.run()
    for one in (dialog, again):
        one.deleteLater()


def test_an_export_into_no_folder_is_told(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    dialog = ExportDialog(session, lambda _: True, window)
    dialog.place.setText("/no/such/folder/out")
    dialog.accept()
    assert "There is no folder /no/such/folder." in dialog._facts.text()
    assert exports(engine) == []
    dialog.deleteLater()


@pytest.mark.parametrize("place", ["", "  ", "/", ".", "..", "~", "/tmp/"])
def test_an_export_without_a_name_is_told(
    window: MainWindow, engine: FakeEngine, place: str
) -> None:
    dialog = ExportDialog(engine.session, lambda _: True, window)
    dialog.place.setText(place)
    dialog.accept()
    assert dialog._facts.text() == "The file needs a name."
    assert exports(engine) == []
    dialog.deleteLater()


@pytest.mark.parametrize("name", ["é" * 300, "~nobody known/out"])
def test_an_export_of_an_impossible_name_is_told_and_breaks_nothing(
    window: MainWindow, engine: FakeEngine, tmp_path: Path, name: str
) -> None:
    dialog = ExportDialog(engine.session, lambda _: True, window)
    dialog.place.setText(str(tmp_path / name) if "~" not in name else name)
    dialog.accept()  # how long a name may be the engine finds out
    engine.run()
    dialog.deleteLater()


def test_an_export_over_the_song_itself_is_told(
    window: MainWindow, session: Session, engine: FakeEngine, tmp_path: Path
) -> None:
    song = tmp_path / "song.wav"
    song.touch()
    session.songs.add([song])
    engine.run()
    dialog = ExportDialog(session, lambda _: True, window)
    dialog.place.setText(str(song))
    dialog.accept()
    assert "song.wav is the song itself" in dialog._facts.text()
    assert exports(engine) == []
    dialog.deleteLater()


def test_a_recording_has_a_light_and_a_time(
    window: MainWindow, session: Session, engine: FakeEngine, tmp_path: Path
) -> None:
    session.places.exports = tmp_path
    light = window.findChild(RecordLight)
    assert isinstance(light, RecordLight)
    assert light.text == ""
    QTest.mouseClick(light.button, LEFT)
    (command,) = engine.of_kind(protocol.StartRecording)
    assert isinstance(command, protocol.StartRecording)
    assert command.path.parent == tmp_path
    assert light.button.isChecked()
    assert light.text.startswith("0:0")
    press(window, "Ctrl+Shift+R")
    engine.run()
    assert light.text == ""
    assert not light.button.isChecked()
    assert window.message_bar.text.startswith("Saved Recording ")


def test_the_picture_is_saved_as_it_is_seen(
    window: MainWindow,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = answering(str(tmp_path / "walk"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    press(window, "Ctrl+Alt+P")
    image = QImage(str(tmp_path / "walk.png"))
    assert image.width() == window.explore.image_view.width()
    monkeypatch.setattr(file_dialogs, "agreed", lambda *_: False)
    (tmp_path / "walk.png").write_bytes(b"")
    press(window, "Ctrl+Alt+P")
    assert (tmp_path / "walk.png").read_bytes() == b"", "the person said no"
    assert session.places.exports == tmp_path
