from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.session.session import Session
from explorer.widgets.axis_slider import AxisSlider
from explorer.widgets.main_window import MainWindow
from explorer.widgets.slider_words import slider_words
from tests.explorer.fake_engine import FakeEngine
from vae.latents.traits import AxisTraits, Change


def mark_is_at(slider: AxisSlider, sigma: float) -> bool:
    return slider.state.mark_shown and abs(slider.state.mark - sigma) < 0.05


def test_all_64_sliders_are_in_sight_on_a_small_screen(window: MainWindow) -> None:
    window.resize(1366, 700)
    QApplication.processEvents()
    assert window.size().height() == 700
    sliders = window.explore.slider_bank.sliders
    assert len(sliders) == 64
    for slider in sliders:
        assert slider.visibleRegion().boundingRect() == slider.rect()
        assert slider.height() >= slider.row.smallest_height


def test_a_slider_stands_where_the_session_is(
    window: MainWindow, session: Session
) -> None:
    session.move_axis(3, -1.25)
    slider = window.explore.slider_bank.sliders[3]
    assert slider.state.value == pytest.approx(-1.25)
    assert slider.state.home == pytest.approx(float(session.path_mean[3]))
    assert slider.state.moved
    session.undo()
    assert not slider.state.moved


def test_showing_a_value_says_nothing_back(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.run()
    engine.heard.clear()
    before = session.history.steps
    session.song_changed.emit()
    session.point_changed.emit()
    assert engine.heard == []
    assert session.history.steps == before


def test_a_mark_follows_the_path_while_the_song_plays(
    window: MainWindow, session: Session, engine: FakeEngine, qtbot: QtBot
) -> None:
    slider = window.explore.slider_bank.sliders[2]
    assert not slider.state.mark_shown
    session.transport.play()
    for position_s in (20.0, 60.0):
        engine.play_to(position_s)
        qtbot.waitUntil(lambda: mark_is_at(slider, float(session.marks[2])))


def test_a_mark_that_moved_unseen_is_in_its_place_when_it_is_seen_again(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    slider = window.explore.slider_bank.sliders[2]
    session.transport.play()
    window.actions_["train_page"].trigger()
    engine.play_to(60.0)
    window.actions_["train_page"].trigger()
    assert mark_is_at(slider, float(session.marks[2]))


def test_the_sliders_sleep_until_there_is_a_song(
    window: MainWindow, session: Session
) -> None:
    slider = window.explore.slider_bank.sliders[0]
    assert slider.isEnabled()
    session.reception.lose_engine("crashed", restarting=True)
    assert not slider.isEnabled()


def test_another_number_of_axes_gives_other_sliders(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.latent_size = 10
    session.open_model(Path("/models/small.safetensors"))
    engine.run()
    assert len(window.explore.slider_bank.sliders) == 10
    session.move_axis(9, 1.0)
    assert window.explore.slider_bank.sliders[9].state.value == pytest.approx(1.0)


def test_sliders_say_what_the_model_was_measured_to_do(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    change = Change(trait="width", per_sigma=0.4, correlation=0.9, weight=0.3)
    wide = AxisTraits(name="wider", opposite="narrower", changes=(change,))
    engine.traits = (AxisTraits(), wide, *[AxisTraits()] * 62)
    session.open_model(Path("/models/named.safetensors"))
    engine.run()
    first, second = window.explore.slider_bank.sliders[:2]
    assert first.accessibleName() == "Axis 1"
    assert second.accessibleName() == "Axis 2, wider"
    words = slider_words(1, second.state, second.notes)
    assert "narrower ↔ wider" in words
    assert "+1 σ: width +0.4 dB" in words
    brief = slider_words(1, second.state, second.notes, moving=True)
    assert "wider" in brief
    assert "+1.31 σ" in brief
    assert "narrower" not in brief
    session.names.rename(1, "hall")
    assert second.accessibleName() == "Axis 2, hall"
    assert "narrower ↔ wider" in slider_words(1, second.state, second.notes)
    session.coordinates.choose("latents")
    assert second.accessibleName() == "Latent 2"
    assert "wider" not in slider_words(1, second.state, second.notes)
