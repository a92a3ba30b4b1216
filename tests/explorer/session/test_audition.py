from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine import protocol
from explorer.session.audition import REACH_SIGMA
from explorer.session.point import RANGE_SIGMA
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine

L = 8


def opened() -> tuple[Session, FakeEngine]:
    session = Session()
    engine = FakeEngine(session, latent_size=L, kept=8)
    engine.start()
    return session, engine


def last_offset(engine: FakeEngine) -> NDArray[np.float32]:
    last = engine.of_kind(protocol.SetPoint)[-1]
    assert isinstance(last, protocol.SetPoint)
    return last.offset


def test_the_axis_swings_to_both_sides_and_comes_back_without_a_step() -> None:
    session, engine = opened()
    session.move_axis(2, 0.5)
    point, steps = session.point, session.history.steps
    session.audition.begin(2)
    seen = []
    for fraction in np.linspace(0, 0.999, 50):
        session.audition.show(float(fraction))
        seen.append(float(last_offset(engine)[2] - point.offset[2]))
    session.audition.show(1.0)
    assert max(seen) == pytest.approx(REACH_SIGMA)
    assert min(seen) == pytest.approx(-REACH_SIGMA)
    np.testing.assert_array_equal(last_offset(engine), point.offset)
    assert session.point == point
    assert session.history.steps == steps
    assert session.audition.axis is None


def test_it_stays_within_the_range() -> None:
    session, engine = opened()
    session.move_axis(1, 4.8)
    session.audition.begin(1)
    session.audition.show(0.25)
    shown = session.path_mean[1] + last_offset(engine)[1]
    assert shown == pytest.approx(RANGE_SIGMA)


def test_a_move_of_the_persons_own_ends_it() -> None:
    session, engine = opened()
    session.audition.begin(0)
    session.audition.show(0.3)
    session.move_axis(3, 1.0)
    assert session.audition.axis is None
    session.audition.show(0.4)
    np.testing.assert_array_equal(last_offset(engine), session.point.offset)


def test_an_export_holds_the_persons_point_and_not_the_swing() -> None:
    session, engine = opened()
    session.move_axis(0, 1.0)
    session.audition.begin(0)
    session.audition.show(0.3)
    session.exports.write(Path("/music/out.wav"))
    engine.run()
    kinds = [type(one) for one in engine.heard[-2:]]
    assert kinds == [protocol.SetPoint, protocol.Export]
    np.testing.assert_array_equal(last_offset(engine), session.point.offset)


def test_it_ends_with_the_engine() -> None:
    session, _ = opened()
    session.audition.begin(0)
    session.reception.lose_engine("crashed", restarting=True)
    assert session.audition.axis is None
    session.audition.begin(0)
    assert session.audition.axis is None
