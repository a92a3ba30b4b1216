from pathlib import Path

import numpy as np
import pytest

from explorer.engine.protocol import SetPoint
from explorer.session.responses import REMEMBERED, Responses
from tests.explorer.session.test_session import opened

MS = 1_000_000


class Clock:
    def __init__(self) -> None:
        self.now_ns = 0

    def __call__(self) -> int:
        return self.now_ns


def move(stamp: int, *, at_ms: int) -> SetPoint:
    return SetPoint(stamp=stamp, offset=np.zeros(2, np.float32), time_ns=at_ms * MS)


def test_nothing_is_said_before_any_move() -> None:
    responses = Responses(Clock())
    assert responses.sound is None
    assert responses.picture is None


def test_to_open_a_song_is_no_move() -> None:
    session, engine = opened()
    session.open_song(Path("/music/run.flac"))
    engine.run()
    assert session.picture_current
    assert measured(session.responses) == [False, False]
    session.move_axis(0, 1.0)
    engine.run()
    assert measured(session.responses) == [True, True]


def measured(responses: Responses) -> list[bool]:
    return [responses.sound is not None, responses.picture is not None]


def test_the_slow_ones_show_in_the_tail_and_not_in_the_median() -> None:
    responses = Responses(Clock())
    for milliseconds in [5.0] * 90 + [500.0] * 10:
        responses.add_sound(milliseconds, stamp=1)
    assert responses.sound is not None
    assert responses.sound.median_ms == pytest.approx(5.0)
    assert responses.sound.tail_ms == pytest.approx(500.0)


def test_only_the_latest_count() -> None:
    responses = Responses(Clock())
    for milliseconds in [900.0] * 50 + [7.0] * REMEMBERED:
        responses.add_sound(milliseconds, stamp=1)
    assert responses.sound is not None
    assert responses.sound.tail_ms == pytest.approx(7.0)


def test_a_picture_takes_from_the_move_to_its_last_slice() -> None:
    clock = Clock()
    responses = Responses(clock)
    responses.hear(move(1, at_ms=100))
    clock.now_ns = 180 * MS
    responses.finish_picture(1)
    assert responses.picture is not None
    assert responses.picture.median_ms == pytest.approx(80.0)


def test_a_move_that_was_overtaken_does_not_count() -> None:
    clock = Clock()
    responses = Responses(clock)
    for stamp in (1, 2, 3):
        responses.hear(move(stamp, at_ms=100 * stamp))
    clock.now_ns = 340 * MS
    responses.finish_picture(3)
    responses.finish_picture(2)
    assert responses.picture is not None
    assert responses.picture.tail_ms == pytest.approx(40.0)


def test_a_picture_that_answers_no_move_is_passed_over() -> None:
    responses = Responses(Clock())
    responses.finish_picture(4)
    assert responses.picture is None
