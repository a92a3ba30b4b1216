import numpy as np

from explorer.session.guide import PATIENCE
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits


def test_it_says_nothing_before_there_is_something_to_play(session: Session) -> None:
    assert session.guide.words == ""


def test_each_thing_is_told_until_it_has_been_done(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    assert session.guide.words.startswith("Space plays")
    session.transport.play()
    engine.run()
    assert session.guide.words.startswith("Drag a slider")
    session.move_axis(2, 1.0)
    assert "Ctrl+Z" in session.guide.words
    session.undo()
    assert session.guide.words == ""


def test_whoever_goes_on_by_himself_is_left_in_peace(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.transport.play()
    engine.run()
    for step in range(PATIENCE):
        session.move_axis(step, 1.0)
    assert session.guide.words == ""


def test_sliders_by_ear_are_told_of_last_where_the_model_has_some(
    session: Session, engine: FakeEngine
) -> None:
    upward = np.eye(engine.latent_size, dtype=np.float32)[3]
    engine.directions = (Direction(vector=upward, does=AxisTraits(name="louder")),)
    engine.start()
    session.guide.restore(["play", "move"])
    assert "Shift+Y" not in session.guide.words
    session.guide.restore(["compare"])
    assert "Shift+Y" in session.guide.words
    assert "louder" in session.guide.words
    session.coordinates.choose("ear")
    assert session.guide.words == ""
    session.coordinates.choose("axes")
    assert session.guide.words == ""


def test_what_was_done_the_last_time_is_not_told_again(
    session: Session, engine: FakeEngine
) -> None:
    session.guide.restore(["move", "play"])
    engine.start()
    assert "Ctrl+Z" in session.guide.words
