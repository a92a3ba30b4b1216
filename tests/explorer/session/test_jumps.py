import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine import protocol
from explorer.engine.protocol import LandJump, SetPoint
from explorer.session.coordinates import CoordinateKind
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.session.test_session import MODEL, L, opened, said

RANGE = 5.0
NS_PER_S = 10**9


def nearer(jump: LandJump) -> NDArray[np.float32]:
    """Half the way, wherever an axis may be moved."""
    return np.clip(jump.offset / 2, jump.least, jump.most)


def jumpy() -> tuple[Session, FakeEngine]:
    session, engine = opened()
    engine.landing = nearer
    return session, engine


def asked(engine: FakeEngine) -> LandJump:
    jump = engine.of_kind(LandJump)[-1]
    assert isinstance(jump, LandJump)
    return jump


def told(engine: FakeEngine) -> list[SetPoint]:
    return [one for one in engine.heard if isinstance(one, SetPoint)]


@pytest.mark.parametrize("verb", ["randomize", "mutate"])
def test_the_sliders_go_at_once_and_the_sound_where_the_jump_lands(verb: str) -> None:
    session, engine = jumpy()
    before = len(told(engine))
    getattr(session.tools, verb)()
    there, steps = session.point.offset, len(session.history.steps)
    assert np.any(there)
    assert len(told(engine)) == before
    current = [session.picture_current]
    engine.run()
    current.append(session.picture_current)
    assert current == [False, True]
    np.testing.assert_allclose(session.point.offset, there / 2, atol=1e-6)
    assert len(session.history.steps) == steps
    (sent,) = told(engine)[before:]
    np.testing.assert_array_equal(sent.offset, session.point.whole)
    session.undo()
    assert not session.point.moved
    session.redo()
    np.testing.assert_allclose(session.point.offset, there / 2, atol=1e-6)


def test_the_wait_for_the_landing_counts_as_time_until_it_is_heard() -> None:
    session, engine = jumpy()
    session.tools.randomize()
    pressed_ns = session.orders.withhold(session.point) - NS_PER_S
    engine.run()
    assert told(engine)[-1].time_ns == pressed_ns


def test_random_is_as_loud_as_the_song_and_mutate_as_where_it_began() -> None:
    session, engine = jumpy()
    session.move_axis(1, 0.5)
    engine.run()
    here = session.point.offset
    session.tools.mutate()
    like = asked(engine).like
    assert like is not None
    np.testing.assert_array_equal(like, here)
    session.tools.mutate()  # nothing was heard of the first one yet
    like = asked(engine).like
    assert like is not None
    np.testing.assert_array_equal(like, here)
    session.tools.randomize()
    assert asked(engine).like is None


@pytest.mark.parametrize("kind", ["axes", "latents"])
def test_random_is_as_loud_as_the_song_with_what_is_locked(
    kind: CoordinateKind,
) -> None:
    session, engine = jumpy()
    session.coordinates.choose(kind)
    session.move_axis(2, 1.5)
    louder = session.point.offset
    session.coordinates.locks.lock(2)
    session.move_axis(3, -2.0)
    session.tools.randomize()
    like = asked(engine).like
    assert like is not None
    np.testing.assert_allclose(like, louder, atol=1e-5)
    session.coordinates.unlock_all()
    session.tools.randomize()
    assert asked(engine).like is None


def test_what_is_locked_is_out_of_reach() -> None:
    session, engine = jumpy()
    session.move_axis(1, 0.5)
    session.locks.lock(1)
    held = session.point.offset[1]
    session.tools.randomize()
    jump = asked(engine)
    assert jump.least[1] == jump.most[1] == held
    free = np.arange(L) != 1
    mean = session.path_mean[free]
    np.testing.assert_allclose(jump.least[free] + mean, -RANGE, atol=1e-5)
    np.testing.assert_allclose(jump.most[free] + mean, RANGE, atol=1e-5)
    engine.run()
    assert session.point.offset[1] == held


def test_locked_raw_latents_stay_wherever_a_jump_lands() -> None:
    session, engine = jumpy()
    session.coordinates.choose("latents")
    session.coordinates.locks.lock(2)
    before = session.coordinates.step(session.point.offset)
    session.tools.randomize()
    fixed = asked(engine).fixed
    assert fixed is not None
    np.testing.assert_allclose(
        fixed @ session.point.offset,
        session.coordinates.step(session.point.offset)[[2]],
        atol=1e-5,
    )
    engine.run()
    after = session.coordinates.step(session.point.offset)
    assert after[2] == pytest.approx(before[2], abs=1e-5)
    assert np.abs(after - before).max() > 0.1


def test_a_stretch_jumps_alone() -> None:
    session, engine = jumpy()
    session.span_edits.add(44_100, 441_000)
    session.tools.randomize()
    jump = asked(engine)
    assert (jump.start, jump.stop) == (44_100, 441_000)
    engine.run()
    assert not np.any(session.point.whole)
    assert np.any(session.point.spans[0].offset)


def test_a_move_of_the_persons_own_goes_first_and_the_step_still_lands() -> None:
    session, engine = jumpy()
    session.tools.randomize()
    there = session.point.offset
    session.move_axis(0, 1.0)
    moved = session.point
    engine.run()
    assert session.point == moved
    np.testing.assert_array_equal(told(engine)[-1].offset, moved.whole)
    session.undo()
    np.testing.assert_allclose(session.point.offset, there / 2, atol=1e-6)


def test_a_gesture_begun_in_flight_and_given_up_comes_back_to_where_it_landed() -> None:
    session, engine = jumpy()
    session.tools.randomize()
    there = session.point.offset
    session.begin_gesture()
    session.move_axis(0, 1.0)
    engine.run()
    session.cancel_gesture()
    np.testing.assert_allclose(session.point.offset, there / 2, atol=1e-6)
    np.testing.assert_array_equal(told(engine)[-1].offset, session.point.whole)


def test_what_cannot_land_goes_where_it_goes_and_says_why() -> None:
    session, engine = jumpy()
    engine.silent = True
    session.tools.randomize()
    there = session.point
    failed = protocol.Failed(request=asked(engine).request, message="It is too far.")
    session.reception.take(failed)
    assert session.point == there
    np.testing.assert_array_equal(told(engine)[-1].offset, there.whole)
    assert said(session) == "It is too far."


def test_without_an_engine_a_jump_goes_where_it_goes() -> None:
    session, engine = jumpy()
    session.tools.randomize()
    there = session.point
    session.reception.lose_engine("was killed", restarting=True)
    assert session.point == there
    session.tools.mutate()
    onward = session.point
    assert onward != there
    engine.start()
    assert session.point == onward
    np.testing.assert_array_equal(told(engine)[-1].offset, onward.whole)
    assert not session.tools.jumps.in_flight


def test_another_model_is_told_of_what_was_in_flight() -> None:
    session, engine = jumpy()
    session.tools.randomize()
    there = session.point
    jump = asked(engine)
    engine._waiting.clear()
    session.open_model(MODEL)
    engine.run()
    assert session.point == there
    np.testing.assert_array_equal(told(engine)[-1].offset, there.whole)
    late = protocol.JumpLanded(request=jump.request, offset=nearer(jump))
    session.reception.take(late)
    assert session.point == there
