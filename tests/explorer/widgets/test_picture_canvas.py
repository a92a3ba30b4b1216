import numpy as np
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from explorer.widgets.pixels import NO_CHANGE
from tests.explorer.fake_engine import FakeEngine


def test_the_difference_shows_what_has_changed(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    view = window.explore.image_view
    QTest.keySequence(window, "D")
    assert np.all(view.shown == NO_CHANGE)
    assert view.remark.startswith("No difference")
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: view.shown.max() > NO_CHANGE > view.shown.min())
    assert view.shown[-1].max() > NO_CHANGE > view.shown[0].min()
    assert view.remark == "Difference from the song"
    assert window.actions_["difference_song"].isChecked()
    QTest.keySequence(window, "D")
    assert session.comparison.kind == "none"
    assert view.remark == ""


def test_a_difference_drawn_in_slices_is_the_same(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    view = window.explore.image_view
    session.comparison.compare("song")
    session.move_axis(0, 5.0)
    engine.run()
    qtbot.waitUntil(lambda: view.shown.max() > NO_CHANGE)
    sliced = view.shown.copy()
    session.view.set_floor_db(session.view.floor_db - 1)
    session.view.set_floor_db(session.view.floor_db + 1)
    np.testing.assert_array_equal(view.shown, sliced)


def test_the_log_axis_gives_low_notes_more_room(
    window: MainWindow, session: Session
) -> None:
    QTest.keySequence(window, "G")
    assert session.view.frequency_axis == "log"
    assert window.actions_["log_frequency"].isChecked()
    view = window.explore.image_view
    assert view.shown.shape[0] == round(view.plot.area.height())
    session.view.set_frequency_axis("linear")
    assert view.shown.shape[0] == 64
    assert not window.actions_["log_frequency"].isChecked()
