import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine import protocol
from explorer.session.point import LatentPoint
from explorer.session.session import Session
from tests.explorer.fake_engine import SAMPLE_RATE
from tests.explorer.session.test_session import L, opened

samples = st.integers(-SAMPLE_RATE, 140 * SAMPLE_RATE)
verbs = st.one_of(
    st.tuples(st.just("add"), samples, samples),
    st.tuples(st.just("move"), st.integers(0, 3), samples, samples),
    st.tuples(st.just("set_fade"), st.integers(0, 3), samples),
    st.tuples(st.just("remove"), st.integers(0, 3)),
    st.tuples(st.just("focus_on"), st.none() | st.integers(0, 3)),
    st.tuples(st.just("slide"), st.integers(0, L - 1), st.floats(-5, 5)),
    st.tuples(st.sampled_from(["step_focus", "edit_here", "remove_focused"])),
)


def do(session: Session, name: str, *arguments: object) -> None:
    if name == "slide":
        session.move_axis(*arguments)  # type: ignore[arg-type]  # an axis and a value
    elif name in {"move", "set_fade", "remove"}:
        index, *rest = arguments
        if int(str(index)) < len(session.span_edits.all):
            getattr(session.span_edits, name)(index, *rest)
    else:
        getattr(session.span_edits, name)(*arguments)


@given(st.lists(verbs, max_size=12))
def test_stretches_stay_within_the_song_and_all_can_be_undone(
    done: list[tuple[object, ...]],
) -> None:
    session, engine = opened()
    start = session.point
    for name, *arguments in done:
        do(session, str(name), *arguments)
        for span in session.span_edits.all:
            assert 0 <= span.start < span.stop <= 128 * SAMPLE_RATE
        assert session.span_edits.focus in {None, *range(len(session.span_edits.all))}
    engine.run()
    told = engine.of_kind(protocol.SetPoint)[-1]
    assert isinstance(told, protocol.SetPoint)
    assert LatentPoint(whole=told.offset, spans=told.spans) == session.point
    while session.history.undo_label is not None:
        session.undo()
    assert session.point == start


def stretch(session: Session, start_s: float = 10.0, stop_s: float = 20.0) -> None:
    session.span_edits.add(round(start_s * SAMPLE_RATE), round(stop_s * SAMPLE_RATE))


def test_the_sliders_move_the_stretch_alone_and_then_the_song_again() -> None:
    session, _ = opened()
    session.move_axis(0, 1.0)
    whole = session.point.whole
    stretch(session)
    assert np.array_equal(session.point.offset, whole), "nothing is heard of it yet"
    session.move_axis(1, 2.0)
    assert session.values[1] == np.float32(2.0)
    assert np.array_equal(session.point.whole, whole)
    session.span_edits.focus_on(None)
    assert session.values[1] != np.float32(2.0)
    session.move_axis(1, -1.0)
    assert session.span_edits.all[0].offset[1] != session.point.whole[1]


def test_where_the_focus_is_is_no_step_and_undo_brings_it_back() -> None:
    session, engine = opened()
    stretch(session)
    session.move_axis(1, 2.0)
    steps = len(session.history.steps)
    engine.run()
    engine.heard.clear()
    session.span_edits.focus_on(None)
    assert len(session.history.steps) == steps
    assert engine.heard == [], "nothing is heard of it"
    session.move_axis(0, 1.0)
    session.undo()
    session.undo()
    assert session.span_edits.focus == 0, "it was the stretch that was moved"


def test_the_tools_move_what_is_in_focus() -> None:
    session, _ = opened()
    stretch(session)
    session.tools.randomize()
    assert not session.point.whole.any()
    assert session.span_edits.all[0].offset.any()
    session.tools.reset()
    assert not session.span_edits.all[0].offset.any()


def test_the_loops_stretch_is_edited_and_found_again() -> None:
    session, _ = opened()
    session.transport.set_loop_region(30.0, 40.0)
    session.span_edits.edit_here()
    span = session.span_edits.focused
    assert span is not None
    assert (span.start, span.stop) == (30 * SAMPLE_RATE, 40 * SAMPLE_RATE)
    session.span_edits.focus_on(None)
    session.span_edits.edit_here()
    assert len(session.span_edits.all) == 1
    assert session.span_edits.focus == 0


def test_without_a_loop_it_is_what_lies_at_the_playhead() -> None:
    session, _ = opened()
    session.transport.seek(12.0)
    session.span_edits.edit_here()
    session.span_edits.focus_on(None)
    session.transport.seek(14.0)
    session.span_edits.edit_here()
    assert len(session.span_edits.all) == 1
    assert session.span_edits.focus == 0


def test_slots_keep_stretches_and_go_between_them() -> None:
    session, _ = opened()
    stretch(session)
    session.slots.keep("A")
    session.move_axis(0, 2.0)
    session.slots.keep("B")
    session.slots.morph(0.5)
    a, b = session.slots["A"], session.slots["B"]
    assert a is not None
    assert b is not None
    middle = (a.spans[0].offset + b.spans[0].offset) / 2
    np.testing.assert_allclose(session.point.spans[0].offset, middle, atol=1e-6)
