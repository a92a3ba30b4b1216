import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyqtgraph
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QMessageBox,
    QProgressBar,
    QWidget,
)

from explorer.session.session import Session
from explorer.session.training.course import Baseline, Course, Curve, Pictures
from explorer.session.training.forecast import Rehearsal
from explorer.session.training.plan import OPEN_MODEL
from explorer.session.training.requests import (
    LookAtSongs,
    PauseRun,
    StartRun,
    StopRun,
)
from explorer.session.training.songs import Found, Refused
from explorer.widgets import run_files
from explorer.widgets.main_window import MainWindow
from explorer.widgets.refusal_dialog import RefusalDialog
from explorer.widgets.train_page import TrainPage
from tests.explorer.session.training.desk import FOUND, MUSIC, Desk, a_run

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
BEST = Path("/runs/run/best.safetensors")
GIB = 1 << 30


@pytest.fixture
def page(window: MainWindow) -> TrainPage:
    """The page, as Ctrl+T brings it to the front."""
    QTest.keySequence(window, "Ctrl+T")
    assert window.train.isVisible()
    return window.train


@pytest.fixture
def desk(session: Session, window: MainWindow) -> Iterator[Desk]:
    """Ends every run before the window is closed, which would ask."""
    listening = Desk(session)
    yield listening
    window.guards_work = False
    listening.training.show_runs(())


def click(button: QAbstractButton) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = widget.rect().center()
    entering = QDragEnterEvent(middle, COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), COPY, data, LEFT, PLAIN))


def course_of(*losses: float) -> Course:
    epochs = np.arange(1.0, len(losses) + 1)
    values = np.array(losses)
    return Course(
        folder=Path("/runs/run"),
        training=Curve(epochs=epochs, values=values - 0.1),
        validation=Curve(epochs=epochs, values=values),
        baselines=(Baseline(name="mean spectrum", nats=0.33),),
        usage=np.array([0.1, 2.0, 1.0]),
        live_axes=2.0,
        participation_ratio=1.7,
    )


def test_the_open_model_learns_songs_besides(page: TrainPage, desk: Desk) -> None:
    desk.find_songs()
    choice, model = page.plan.preset, desk.training.planning.base
    assert model is not None
    for _ in range(choice.count()):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentData() == OPEN_MODEL
    assert not page.plan.numbers["overlap"].isEnabled()
    desk.training.start()
    (started,) = desk.of_kind(StartRun)
    assert started.plan.options(started.folders).base == model.path
    QTest.keyClick(choice, Qt.Key.Key_Up)
    assert page.plan.numbers["overlap"].isEnabled()


def test_the_same_key_comes_back_to_the_explorer(
    window: MainWindow, page: TrainPage
) -> None:
    QTest.keySequence(window, "Ctrl+T")
    assert window.explore.isVisible()
    assert not page.isVisible()


def test_dropped_folders_are_songs_to_train_on(page: TrainPage, desk: Desk) -> None:
    drop(page, MUSIC, Path("/music/folk"))
    assert desk.of_kind(LookAtSongs)[-1].folders == (MUSIC, Path("/music/folk"))
    assert page.songs.progress.isVisible()
    click(page.songs.stop)
    assert "not looked through" in page.songs.told.text()


def test_a_folder_is_chosen_in_a_dialog(
    page: TrainPage, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_, **__: str(MUSIC)
    )
    window.actions_["train_add"].trigger()
    assert desk.of_kind(LookAtSongs)[-1].folders == (MUSIC,)


def test_what_was_found_and_refused_is_told_before_anything_begins(
    page: TrainPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = (
        Refused(path=MUSIC / "notes.txt", reason="notes.txt is no sound"),
        Refused(path=MUSIC / "cover.jpg", reason="cover.jpg is no sound"),
    )
    desk.find_songs(replace(FOUND, refused=refused))
    assert page.songs.told.text() == "12 songs, 30 minutes; 2 files refused."
    rows: list[tuple[str, str]] = []

    def read(dialog: RefusalDialog) -> int:
        table = dialog.table
        for row in range(table.rowCount()):
            name, reason = table.item(row, 0), table.item(row, 1)
            assert name is not None
            assert reason is not None
            rows.append((name.text(), reason.text()))
        return 0

    monkeypatch.setattr(RefusalDialog, "exec", read)
    click(page.songs.why)
    assert ("notes.txt", "notes.txt is no sound") in rows


def test_folders_without_a_song_cannot_be_trained_on(
    page: TrainPage, desk: Desk
) -> None:
    desk.find_songs(Found(songs=0, seconds=0.0, refused=()))
    assert "nothing here to train on" in page.songs.told.text()
    assert page.songs.told.property("severity") == "error"
    assert not page.start.start.isEnabled()


def test_a_typed_number_becomes_the_plan(page: TrainPage, desk: Desk) -> None:
    planning = desk.training.planning
    for name, text, value in (
        ("epochs", "12", 12),
        ("learning_rate", "2e-4", 2e-4),
        ("beta", "0.5", 0.5),
        ("epochs", "9999999", 10_000),  # the most
    ):
        box = page.plan.numbers[name]
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, Qt.Key.Key_Return)
        assert planning.plan.value(name) == pytest.approx(value), name
    page.plan.preset.setCurrentIndex(page.plan.preset.findData("seed"))
    page.plan.preset.activated.emit(page.plan.preset.currentIndex())
    assert planning.plan.preset == "seed"
    assert page.plan.numbers["overlap"].value() == 0


def test_typing_in_a_number_does_nothing_else(
    page: TrainPage, session: Session
) -> None:
    box = page.plan.numbers["learning_rate"]
    box.setFocus()
    box.selectAll()
    point = session.point
    QTest.keyClicks(box, "0-+m")
    assert session.point == point
    assert not session.output.muted


def test_time_and_memory_are_told_before_it_begins(page: TrainPage, desk: Desk) -> None:
    desk.find_songs()
    forecast = desk.training.forecast
    forecast.measure(desk.training.planning.plan)
    assert "Trying a few steps" in page.start.estimate.text()
    rehearsal = Rehearsal(
        device="cpu",
        samples_per_s=50.0,
        validated_per_s=10.0,
        memory_bytes=2 * GIB,
        memory_there_bytes=GIB,
    )
    forecast.take(rehearsal)
    told = page.start.estimate.text()
    assert "minutes on the processor" in told
    assert "needs 2.0 GiB" in told
    assert "halve Batch" in told


def test_start_is_a_click_and_shows_the_run(page: TrainPage, desk: Desk) -> None:
    desk.find_songs()
    click(page.start.start)
    (start,) = desk.of_kind(StartRun)
    run = replace(a_run(), folder=start.out)
    desk.training.show_runs((run,))
    assert desk.training.runs.shown == run
    assert not page.start.start.isEnabled()
    assert "under way" in page.start.estimate.text()


def test_the_run_is_told_in_words_and_can_be_paused_and_stopped(
    page: TrainPage, desk: Desk, window: MainWindow
) -> None:
    run = a_run(best_loss=-0.5, best_epoch=2, seconds_left=600.0)
    desk.training.show_runs((run,))
    told = page.header.told.text()
    assert "epoch 3 of 20" in told
    assert "10 minutes left" in told
    assert window.pages.tabs.tabText(1) == "Train · 15 %"
    click(page.header.pause)
    assert desk.of_kind(PauseRun)
    desk.training.show_runs((replace(run, wish="pause"),))
    assert "pauses as soon as it can" in page.header.told.text()
    assert page.header.pause.text() == "Go on training"
    desk.training.show_runs((replace(run, phase="paused"),))
    assert page.header.pause.text() == "Go on training"
    click(page.header.stop)
    assert desk.of_kind(StopRun)
    desk.training.show_runs((replace(run, wish="stop"),))
    assert "stops as soon as it can" in page.header.told.text()
    assert not page.header.stop.isEnabled()
    desk.training.show_runs((replace(run, phase="stopped"),))
    assert not page.header.stop.isEnabled()
    assert window.pages.tabs.tabText(1) == "Train"


def test_enter_presses_a_button(page: TrainPage, desk: Desk) -> None:
    desk.training.show_runs((a_run(),))
    page.header.stop.setFocus()
    QTest.keyClick(page.header.stop, Qt.Key.Key_Return)
    assert desk.of_kind(StopRun)


def test_what_follows_the_last_epoch_is_told_with_a_bar_of_its_own(
    page: TrainPage, desk: Desk
) -> None:
    run = a_run(doing="Naming the sliders", fraction=0.25, epochs_done=20)
    desk.training.show_runs((run,))
    assert page.header.told.text() == "Naming the sliders · epoch 20 of 20"
    (bar,) = page.header.findChildren(QProgressBar)
    assert bar.value() == bar.maximum() / 4
    assert not page.header.names.isVisible()


def test_a_run_without_names_offers_to_find_some(
    page: TrainPage, desk: Desk, session: Session
) -> None:
    asked: list[object] = []
    session.naming.requested.connect(asked.append)
    run = a_run(phase="stopped", checkpoint=BEST)
    desk.training.show_runs((run,))
    assert "no names yet" in page.header.told.text()
    item = page.runs.item(0, 1)
    assert item is not None
    assert "no names yet" in item.toolTip()
    click(page.header.names)
    assert len(asked) == 1
    assert not page.header.names.isEnabled()
    session.naming.finish("")
    desk.training.show_runs((replace(run, named=True),))
    assert not page.header.names.isVisible()
    assert "no names" not in page.header.told.text()


def test_a_failure_says_what_to_change(page: TrainPage, desk: Desk) -> None:
    words = "It was stopped for want of memory. Halve Batch."
    desk.training.show_runs((a_run(phase="failed", fault=words, resumable=True),))
    assert page.header.fault.isVisible()
    assert page.header.fault.text() == words
    assert page.header.pause.text() == "Go on training"


def test_curves_bars_and_pictures_follow_the_run(
    page: TrainPage, desk: Desk, tmp_path: Path
) -> None:
    desk.training.show_runs((a_run(),))
    desk.training.show_course(course_of(0.3))
    desk.training.show_course(course_of(0.3, -0.2, -0.1))
    epochs, losses = page.curves.validation.getData()
    assert losses == pytest.approx([0.3, -0.2, -0.1])
    assert epochs == pytest.approx([1, 2, 3])
    low, high = page.curves.plot.getViewBox().viewRange()[1]
    assert low < -0.3 < 0.33 < high  # the baseline is seen, too
    assert "epoch 3" in page.curves.readout.text()
    assert page.usage.bars.opts["height"] == pytest.approx([2.0, 1.0, 0.1])
    assert page.usage.told.text() == "2 of 3 sliders live · evenness 1.7"
    empty = page.pictures.original.empty
    drawn = [tmp_path / f"{name}.png" for name in ("original", "reconstruction")]
    for path, grey in zip(drawn, (200, 180), strict=True):
        image = QImage(40, 30, QImage.Format.Format_Grayscale8)
        image.fill(QColor(grey, grey, grey))
        image.save(str(path))
    pictures = Pictures(
        epoch=3, title="Bach", original=drawn[0], reconstruction=drawn[1]
    )
    desk.training.show_course(replace(course_of(0.3), pictures=pictures))
    assert empty
    assert not page.pictures.original.empty
    assert not page.pictures.reconstruction.empty
    assert page.pictures.told.text() == "after epoch 3"


def test_a_step_that_led_astray_does_not_flatten_the_curves(
    page: TrainPage, desk: Desk
) -> None:
    losses = (2.0, 0.9, 0.5, 5e8, 0.3, 0.2, 0.1, 700.0, 0.0, -0.1, -0.2)
    desk.training.show_runs((a_run(),))
    desk.training.show_course(course_of(*losses))
    low, high = page.curves.plot.getViewBox().viewRange()[1]
    assert low < -0.2
    assert 2.0 < high < 10.0


@pytest.mark.parametrize("apart", [0.0, 0.01, 0.8])
def test_the_names_of_baselines_do_not_lie_on_each_other(
    page: TrainPage, desk: Desk, apart: float
) -> None:
    names = ("mean spectrum", "64 principal components")
    lines = tuple(
        Baseline(name=name, nats=0.33 + place * apart)
        for place, name in enumerate(names)
    )
    desk.training.show_runs((a_run(),))
    desk.training.show_course(replace(course_of(1.5, 0.3, -0.2), baselines=lines))
    plot = page.curves.plot
    labels = [
        one.label
        for one in plot.getPlotItem().items
        if isinstance(one, pyqtgraph.InfiniteLine)
    ]
    assert {one.toPlainText() for one in labels} == set(names)
    QApplication.processEvents()
    first, second = (one.sceneBoundingRect() for one in labels)
    assert not first.intersects(second)


def test_a_run_is_chosen_from_the_list(page: TrainPage, desk: Desk) -> None:
    runs = tuple(a_run(name, changed_s=s) for name, s in (("b", 2e9), ("a", 1e9)))
    desk.training.show_runs(tuple(replace(one, phase="finished") for one in runs))
    item = page.runs.item(1, 0)
    assert item is not None
    row = page.runs.visualItemRect(item).center()
    QTest.mouseClick(page.runs.viewport(), LEFT, PLAIN, row)
    assert desk.training.runs.chosen == Path("/runs/a")
    page.runs.setFocus()
    QTest.keyClick(page.runs, Qt.Key.Key_Up)
    assert desk.training.runs.chosen == Path("/runs/b")


def test_exploring_the_best_leaves_the_page(
    window: MainWindow, page: TrainPage, desk: Desk, session: Session
) -> None:
    desk.training.show_runs((a_run(checkpoint=BEST, best_epoch=3),))
    click(page.header.explore)
    assert window.explore.isVisible()
    assert session.tasks.busy("model")


@pytest.mark.parametrize(
    ("answer", "closes_and_stops"),
    [("&Stop it", (True, True)), ("&Leave it", (True, False)), ("", (False, False))],
)
def test_closing_the_window_asks_what_becomes_of_a_training(
    window: MainWindow,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    closes_and_stops: tuple[bool, bool],
) -> None:
    desk.training.show_runs((a_run(),))

    def answering(box: QMessageBox) -> int:
        assert box.defaultButton().text().startswith("&Leave"), "Enter ends nothing"
        buttons = [one for one in box.buttons() if one.text().startswith(answer)]
        (buttons[0] if answer else box.escapeButton()).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answering)
    window.guards_work = True
    assert (window.close(), bool(desk.of_kind(StopRun))) == closes_and_stops


def test_everything_has_a_name_and_a_tip(page: TrainPage) -> None:
    for kind in ("QPushButton", "QComboBox", "QDoubleSpinBox", "QCheckBox"):
        for one in page.findChildren(QWidget):
            if one.inherits(kind):
                assert one.accessibleName(), one
                assert one.toolTip(), one.accessibleName()


def test_it_fits_a_small_screen(window: MainWindow, page: TrainPage) -> None:
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.width() == 1366
    assert window.height() == 768


@pytest.mark.parametrize("agreed", [True, False])
def test_a_run_goes_to_the_trash_only_when_the_person_agrees(
    page: TrainPage,
    desk: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    agreed: bool,
) -> None:
    monkeypatch.setattr(run_files, "agreed", lambda *_: agreed)
    Path(os.environ["XDG_DATA_HOME"]).mkdir(exist_ok=True)  # where the trash is
    folder = tmp_path / "run"
    folder.mkdir()
    desk.training.show_runs((replace(a_run(phase="finished"), folder=folder),))
    page.runs.setFocus()
    QTest.keyClick(page.runs, Qt.Key.Key_Delete)
    assert folder.exists() != agreed


def test_a_run_under_way_cannot_be_thrown_away(
    page: TrainPage, desk: Desk, window: MainWindow
) -> None:
    desk.training.show_runs((a_run(),))
    assert page.isVisible()
    assert not window.actions_["train_remove"].isEnabled()


def test_on_a_narrow_screen_the_buttons_do_without_words(window: MainWindow) -> None:
    window.resize(1024, 640)
    window.actions_["train_page"].trigger()
    QApplication.processEvents()
    header = window.train.header
    assert window.width() == 1024
    assert header.stop.text() == ""
    assert header.stop.accessibleName() == "Stop and keep the best"
    window.resize(1366, 768)
    QApplication.processEvents()
    assert header.stop.text() == "Stop and keep the best"
