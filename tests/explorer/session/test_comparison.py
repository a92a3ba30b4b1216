import numpy as np

from explorer.engine import protocol
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine


def drawn(session: Session, engine: FakeEngine) -> np.ndarray:
    """The picture once the engine has answered."""
    engine.run()
    return session.picture.pixels.copy()


def test_the_song_s_own_picture_is_kept(session: Session, engine: FakeEngine) -> None:
    engine.start()
    own = drawn(session, engine)
    session.comparison.compare("song")
    assert session.comparison.remark.startswith("No difference")
    session.move_axis(0, 4.0)
    moved = drawn(session, engine)
    assert session.comparison.remark == ""
    assert session.comparison.reference is not None
    assert np.array_equal(session.comparison.reference, own)
    assert not np.array_equal(moved, own)


def test_the_step_before_is_what_undo_would_go_to(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    comparison = session.comparison
    comparison.compare("before")
    assert comparison.remark == "Nothing has been changed yet."
    session.move_axis(0, 4.0)
    first = drawn(session, engine)
    session.move_axis(0, -4.0)
    engine.run()
    assert comparison.reference is not None
    assert np.array_equal(comparison.reference, first)
    session.undo()
    engine.run()
    assert not np.array_equal(comparison.reference, first)


def test_where_no_picture_came_it_says_so(session: Session, engine: FakeEngine) -> None:
    engine.start()
    session.comparison.compare("before")
    engine.silent = True
    session.move_axis(0, 1.0)
    session.move_axis(0, 2.0)
    engine.silent = False
    engine.run()
    assert session.comparison.reference is None
    assert "came too soon" in session.comparison.remark
    session.sources.choose("noise")
    session.comparison.compare("song")
    assert "Ctrl+R" in session.comparison.remark


def test_pictures_of_another_song_or_channel_are_not_compared(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.move_axis(0, 1.0)
    engine.run()
    session.comparison.compare("song")

    def comparable() -> bool:
        return session.comparison.reference is not None

    assert comparable()
    session.view.set_channels("mid")
    assert not comparable()
    engine.run()
    session.view.set_channels("both")
    assert comparable()


def test_only_so_many_pictures_are_kept(session: Session, engine: FakeEngine) -> None:
    engine.start()
    for step in range(20):
        session.move_axis(0, step / 5 + 0.1)
        engine.run()
    session.comparison.compare("song")
    assert session.comparison.reference is not None
    session.comparison.compare("before")
    assert session.comparison.reference is not None
    for _ in range(15):
        session.undo()
    assert session.comparison.reference is None


def test_another_engine_is_told_the_channels(
    session: Session, engine: FakeEngine
) -> None:
    engine.start()
    session.view.set_channels("side")
    assert len(engine.of_kind(protocol.SetChannels)) == 1
    session.reception.lose_engine("crashed", restarting=True)
    engine.start()
    told = engine.of_kind(protocol.SetChannels)
    assert [one.channels for one in told if isinstance(one, protocol.SetChannels)] == [
        *("side", "side")
    ]
    assert session.picture_current
