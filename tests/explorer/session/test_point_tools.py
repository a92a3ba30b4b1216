from collections.abc import Callable
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.session import Session
from tests.explorer.fake_engine import SHIPPED
from tests.explorer.session.test_session import MODEL, L, opened, repeat

MANY = 80
amounts = st.floats(0, 1)
axes = st.integers(0, L - 1)
tool_verbs = st.one_of(
    st.tuples(st.just("randomize"), amounts),
    st.tuples(st.just("mutate"), amounts),
    st.tuples(st.just("pull_to_mean"), amounts),
    st.tuples(st.just("reset")),
)
TOOL_OF = {"randomize": "random", "mutate": "mutate", "pull_to_mean": "mean"}
verbs = st.one_of(
    tool_verbs,
    st.tuples(st.just("move_axis"), axes, st.floats(-7, 7)),
    st.tuples(st.just("toggle_lock"), axes),
    st.tuples(st.just("toggle_latents")),
    st.tuples(st.just("first"), st.one_of(st.none(), st.integers(1, L))),
    st.tuples(st.just("song"), st.integers(0, 7)),
    st.tuples(st.just("keep"), st.sampled_from("AB")),
    st.tuples(st.just("slot"), st.sampled_from("AB")),
    st.tuples(st.just("morph"), amounts),
    st.tuples(st.just("swap")),
    st.tuples(st.just("copy"), st.sampled_from("AB")),
    st.tuples(st.just("bookmark")),
    st.tuples(st.just("paste")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("step"), st.integers(0, 9)),
)


def do(session: Session, name: str, *arguments: object) -> None:
    """One verb, wherever in the session it lives."""
    tools, slots = session.tools, session.slots
    if name in TOOL_OF:
        tools.set_amount(TOOL_OF[name], *arguments)  # type: ignore[arg-type]
        getattr(tools, name)()
        return
    known = {
        "reset": tools.reset,
        "first": session.locks.set_first,
        "song": tools.go_to_song,
        "keep": slots.keep,
        "slot": slots.go,
        "morph": slots.morph,
        "swap": slots.swap,
        "copy": slots.copy,
        "bookmark": session.bookmarks.add,
        "paste": lambda: session.presets.paste(session.presets.line),
        "step": session.go_to_step,
        "toggle_lock": session.coordinates.locks.toggle,
        "toggle_latents": session.coordinates.toggle,
    }
    verb = cast("Callable[..., object]", known.get(name) or getattr(session, name))
    verb(*arguments)


@given(st.lists(verbs, max_size=30))
def test_whatever_the_tools_did_is_undone_and_redone(
    done: list[tuple[object, ...]],
) -> None:
    session, _ = opened()
    start = session.point
    for name, *arguments in done:
        do(session, str(name), *arguments)
    repeat(session, "redo", MANY)
    end = session.point
    repeat(session, "undo", MANY)
    assert session.point == start
    repeat(session, "redo", MANY)
    assert session.point == end


@given(
    st.lists(tool_verbs, min_size=1, max_size=8),
    st.frozensets(axes),
    st.one_of(st.none(), st.integers(1, L)),
)
def test_tools_move_no_axis_that_is_locked_or_comes_too_late(
    done: list[tuple[object, ...]], locked: frozenset[int], first: int | None
) -> None:
    session, _ = opened()
    for axis in range(L):
        session.move_axis(axis, 0.3 * axis - 0.5)
    for axis in locked:
        session.locks.toggle(axis)
    session.locks.set_first(first)
    before = session.point.offset
    for name, *arguments in done:
        do(session, str(name), *arguments)
    kept = list(locked)
    assert np.array_equal(session.point.offset[kept], before[kept])
    if first is not None and not any(name == "reset" for name, *_ in done):
        assert np.array_equal(session.point.offset[first:], before[first:])
    assert np.abs(session.values).max() <= 5.0 + 1e-5


def test_the_amount_says_how_far_a_tool_goes() -> None:
    session, _ = opened()
    model = session.model
    assert model is not None
    do(session, "pull_to_mean", 1.0)
    np.testing.assert_allclose(session.values, model.song_mean, atol=1e-5)
    assert session.history.undo_label == "100 % of the way to the mean"
    session.move_axis(0, 2.0)
    do(session, "pull_to_mean", 0.25)
    assert session.values[0] == pytest.approx(1.5)
    here = session.values
    do(session, "mutate", 0.1)
    assert 0 < np.abs(session.values - here).max() < 0.3
    do(session, "randomize", 0.0)
    np.testing.assert_allclose(session.values, model.song_mean, atol=1e-5)


def test_a_tool_that_goes_nowhere_is_no_step() -> None:
    session, _ = opened()
    do(session, "mutate", 0.0)
    do(session, "pull_to_mean", 0.0)
    assert session.history.undo_label is None


def test_locks_are_told_once() -> None:
    session, _ = opened()
    told: list[bool] = []
    session.locks.changed.connect(lambda: told.append(True))
    session.locks.lock(3)
    session.locks.lock(3)
    assert session.locks.is_locked(3)
    assert len(told) == 1


def test_each_model_has_its_own_locks_and_one_trained_further_keeps_them() -> None:
    session, engine = opened()
    session.locks.lock(3)
    session.open_model(MODEL)
    engine.run()
    assert not session.locks.locked
    session.locks.lock(1)
    session.open_model(SHIPPED)
    engine.run()
    assert session.locks.locked == {3}
    model = session.model
    assert model is not None
    session.locks.show_model("the same, an epoch later", model.path)
    assert session.locks.locked == {3}


def test_reset_leaves_locked_sliders_and_says_so() -> None:
    session, _ = opened()
    session.move_axis(0, 1.0)
    session.move_axis(1, 1.0)
    session.locks.toggle(1)
    session.tools.reset()
    assert session.values[1] == pytest.approx(1.0)
    assert session.point.offset[0] == 0.0
    assert session.history.undo_label == "Reset all but the locked"


def test_it_goes_to_a_training_song_and_knows_that_it_is_there() -> None:
    session, _ = opened()
    model = session.model
    assert model is not None
    session.tools.go_to_song(2)
    assert session.history.undo_label == "Song Canon"
    assert model.songs.nearest(session.values, 3)[0] == 2
    np.testing.assert_allclose(session.values, model.songs.points[2], atol=1e-5)
