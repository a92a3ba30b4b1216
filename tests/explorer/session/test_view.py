import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.span import Span
from explorer.session.view import SMALLEST_FREQUENCY, SMALLEST_TIME, View

shares = st.floats(0, 1)
deeds = st.one_of(
    st.tuples(st.just("zoom_time"), st.floats(0.01, 100), shares),
    st.tuples(st.just("zoom_frequency"), st.floats(0.01, 100), shares),
    st.tuples(st.just("pan"), st.floats(-3, 3), st.floats(-3, 3)),
    st.tuples(st.just("follow"), shares),
)


@given(st.lists(deeds, max_size=30))
def test_nothing_beyond_the_picture_is_ever_seen(
    done: list[tuple[object, ...]],
) -> None:
    view = View()
    for name, *arguments in done:
        getattr(view, str(name))(*arguments)
        smallest = {view.time: SMALLEST_TIME, view.frequency: SMALLEST_FREQUENCY}
        for span, size in smallest.items():
            assert 0 <= span.low < span.high <= 1
            assert span.size >= size * 0.999 or span.size >= SMALLEST_TIME * 0.999
    view.fit()
    assert view.whole


@given(low=st.floats(0, 0.9), size=st.floats(0.05, 0.1), factor=st.floats(0.5, 4))
def test_what_is_under_the_pointer_stays_there(
    low: float, size: float, factor: float
) -> None:
    span = Span(low, low + size)
    about = low + size / 4
    zoomed = span.zoomed(factor, about, 0.001)
    inside = zoomed.low > 0 and zoomed.high < 1
    if inside:
        assert (about - zoomed.low) / zoomed.size == pytest.approx(0.25)


def test_it_pages_on_with_the_playhead() -> None:
    view = View()
    view.follow(0.5)
    view.zoom_time(10)
    assert view.time.holds(0.5)
    for share in (0.52, 0.54, 0.56):
        view.follow(share)
    assert view.time.low == pytest.approx(0.56 - 0.005)


def test_who_has_panned_away_is_left_in_peace_until_the_playhead_jumps() -> None:
    view = View()
    view.zoom_time(10, 0.0)
    view.follow(0.05)
    view.pan(5.0)
    away = view.time
    view.follow(0.06)
    assert view.time == away
    view.follow(0.2)
    assert view.time.holds(0.2)


def test_it_stays_where_it_is_when_told_not_to_follow() -> None:
    view = View()
    view.zoom_time(10, 0.0)
    view.set_following(False)
    view.follow(0.5)
    assert view.time.low == 0.0


@given(st.lists(st.tuples(st.sampled_from(["floor", "top"]), st.floats(-200, 100))))
def test_the_colours_always_have_a_range(moves: list[tuple[str, float]]) -> None:
    view = View()
    for end, db in moves:
        getattr(view, f"set_{end}_db")(db)
        assert -120 <= view.floor_db <= view.top_db - 10 <= -10
    view.reset_range()
    assert (view.floor_db, view.top_db) == (-100.0, -10.0)


def test_another_frequency_axis_is_seen_as_a_whole() -> None:
    view, told = View(), list[bool]()
    view.zoom_frequency(4.0, 0.25)
    view.zoom_time(2.0, 0.5)
    part = view.time
    view.changed.connect(lambda: told.append(view.frequency.whole))
    view.set_frequency_axis("log")
    view.set_frequency_axis("log")
    assert told == [True]
    assert view.time == part
