from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.explorer.session.test_session import opened, repeat


def test_a_morph_drag_is_one_step_and_its_ends_are_the_slots() -> None:
    session, _ = opened()
    session.slots.keep("A")
    session.move_axis(1, 2.0)
    session.sources.choose("noise")
    session.slots.keep("B")
    session.begin_gesture()
    for share in (0.9, 0.5, 0.2):
        session.slots.morph(share)
    session.end_gesture()
    start = session.slots["A"]
    assert start is not None
    assert session.history.undo_label == "Between A and B, 20 %"
    assert session.point.source == "song"  # the nearer slot's
    assert session.slots.share == pytest.approx(0.2)
    session.slots.morph(0.0)
    assert session.point == start
    repeat(session, "undo", 2)
    assert session.point == session.slots["B"]


@given(st.floats(0, 1))
def test_the_share_is_where_the_morph_went(share: float) -> None:
    session, _ = opened()
    session.slots.keep("A")
    session.tools.randomize()
    session.slots.keep("B")
    session.slots.morph(share)
    assert session.slots.share == pytest.approx(share, abs=1e-4)


def test_swap_and_copy() -> None:
    session, _ = opened()
    first = session.point
    session.slots.keep("A")
    session.move_axis(0, 1.0)
    second = session.point
    session.slots.keep("B")
    session.slots.swap()
    assert (session.slots["A"], session.slots["B"]) == (second, first)
    session.slots.copy("A")
    assert session.slots["B"] == second
    session.slots.clear()
    assert not session.slots.full


def test_an_empty_slot_leads_nowhere() -> None:
    session, _ = opened()
    session.move_axis(0, 1.0)
    here = session.point
    session.slots.go("A")
    session.slots.morph(0.5)
    assert session.point == here
    assert np.isfinite(session.slots.share)


def test_what_a_slot_held_is_brought_back() -> None:
    session, _ = opened()
    first = session.point
    session.slots.keep("A")
    assert session.messages.undoable is None  # nothing was lost
    session.move_axis(0, 1.0)
    second = session.point
    for lose in (partial(session.slots.keep, "A"), session.slots.clear):
        lose()
        assert session.slots["A"] != first
        session.messages.take_back()
        assert session.slots["A"] == first
    session.slots.keep("B")
    session.slots.copy("A")
    assert session.slots["B"] == first
    session.messages.take_back()
    assert session.slots["B"] == second
