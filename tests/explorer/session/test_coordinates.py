from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.session import Session
from tests.explorer.fake_engine import SHIPPED, FakeEngine, fake_basis
from tests.explorer.session.test_session import MODEL, L, opened, said
from vae.errors import CheckpointError
from vae.latents.basis import LatentBasis
from vae.latents.directions import Direction
from vae.latents.traits import AxisTraits

sliders = st.integers(0, L - 1)
sigmas = st.floats(-4, 4)


def shown(session: Session) -> np.ndarray:
    """What the sliders show."""
    return session.coordinates.shown(session.values)


@given(st.lists(st.tuples(sliders, sigmas), max_size=6))
def test_showing_raw_latents_moves_nothing(moves: list[tuple[int, float]]) -> None:
    session, engine = opened()
    for axis, sigma in moves:
        session.move_axis(axis, sigma)
    before, told = session.point, len(engine.heard)
    steps = len(session.history.steps)
    session.coordinates.toggle()
    assert session.coordinates.kind == "latents"
    assert session.point == before
    session.coordinates.toggle()
    assert session.point == before
    assert len(engine.heard) == told
    assert len(session.history.steps) == steps


@given(sliders, sigmas, sliders, sigmas)
def test_a_raw_latent_goes_where_it_is_put_and_the_others_stay(
    first: int, there: float, second: int, elsewhere: float
) -> None:
    session, _ = opened()
    session.coordinates.choose("latents")
    session.move_axis(first, there)
    before = shown(session)
    assert before[first] == pytest.approx(there, abs=1e-4)
    session.move_axis(second, elsewhere)
    after = shown(session)
    assert after[second] == pytest.approx(elsewhere, abs=1e-4)
    others = np.arange(L) != second
    np.testing.assert_allclose(after[others], before[others], atol=1e-4)


def heard() -> tuple[Direction, Direction]:
    """Two directions at right angles, in both of which many axes go."""
    rng = np.random.default_rng(4)
    first, second = np.linalg.qr(rng.standard_normal((L, 2)))[0].T
    louder = AxisTraits(name="louder", opposite="softer")
    brighter = AxisTraits(name="brighter", opposite="darker")
    return (
        Direction(vector=first.astype(np.float32), does=louder),
        Direction(vector=second.astype(np.float32), does=brighter),
    )


def by_ear() -> tuple[Session, FakeEngine]:
    """A session whose sliders are directions in which one thing is heard."""
    session, engine = opened()
    engine.directions = heard()
    session.open_model(MODEL)
    engine.run()
    session.coordinates.choose("ear")
    return session, engine


@given(sigmas)
def test_a_direction_moves_every_axis_its_own_way_and_no_other_slider(
    there: float,
) -> None:
    session, _ = by_ear()
    home = session.values.copy()
    session.move_axis(1, there)
    assert shown(session)[1] == pytest.approx(there, abs=1e-4)
    others = np.arange(L) != 1
    still = session.coordinates.shown(home)[others]
    np.testing.assert_allclose(shown(session)[others], still, atol=1e-4)
    moved = session.values - home
    along = heard()[1].vector
    np.testing.assert_allclose(moved, along * (moved @ along), atol=1e-4)


def test_directions_are_called_after_what_is_heard_and_the_rest_are_not() -> None:
    session, _ = by_ear()
    coordinates = session.coordinates
    assert [coordinates.name(one) for one in range(4)] == ["louder", "brighter", "", ""]
    assert coordinates.traits(0).opposite == "softer"
    assert coordinates.label(2) == "Direction 3"
    session.move_axis(1, 1.5)
    assert session.history.undo_label == "brighter to +1.50 σ"
    session.move_axis(3, 0.5)
    assert session.history.undo_label == "Direction 4 to +0.50 σ"
    assert coordinates.share.sum() == pytest.approx(1.0, abs=1e-5)


def test_locked_directions_are_left_alone_and_axes_keep_their_own_locks() -> None:
    session, _ = by_ear()
    session.coordinates.locks.lock(0)
    before = shown(session)[0]
    session.tools.randomize()
    session.tools.mutate()
    assert shown(session)[0] == pytest.approx(before, abs=1e-4)
    session.coordinates.choose("axes")
    assert session.locks.locked == frozenset()


def test_the_first_few_are_the_first_that_are_heard() -> None:
    session, _ = by_ear()
    session.locks.set_first(4)
    session.coordinates.locks.set_first(2)
    before = shown(session)
    session.tools.randomize()
    session.tools.pull_to_mean()
    after = shown(session)
    np.testing.assert_allclose(after[2:], before[2:], atol=1e-4)
    assert np.abs(after[:2] - before[:2]).min() > 1e-3
    session.coordinates.choose("axes")
    assert session.coordinates.locks.first == 4


def test_a_direction_that_is_locked_is_locked_again_with_its_model() -> None:
    session, engine = by_ear()
    session.coordinates.locks.lock(0)
    session.open_model(SHIPPED)
    engine.run()
    assert not session.coordinates.locks.locked
    session.open_model(MODEL)
    engine.run()
    assert session.coordinates.locks.locked == {0}


def test_a_model_without_directions_shows_its_axes_until_another_has_them() -> None:
    session, engine = by_ear()
    engine.directions = ()
    session.open_model(MODEL)
    engine.run()
    assert (session.coordinates.kind, session.coordinates.wanted) == ("axes", "ear")
    assert not session.coordinates.audible
    engine.directions = heard()
    session.open_model(MODEL)
    engine.run()
    assert session.coordinates.kind == "ear"
    assert session.coordinates.audible


@given(st.lists(st.tuples(sliders, sigmas), min_size=1, max_size=6))
def test_every_direction_put_back_is_the_song_itself(
    moves: list[tuple[int, float]],
) -> None:
    session, _ = by_ear()
    for slider, value in moves:
        session.move_axis(slider, value)
    for slider in range(L):
        session.reset_axis(slider)
    assert not session.point.moved


@given(st.lists(st.tuples(sliders, sigmas), min_size=1, max_size=6))
def test_every_raw_latent_put_back_is_the_song_itself(
    moves: list[tuple[int, float]],
) -> None:
    session, _ = opened()
    session.coordinates.choose("latents")
    for latent, value in moves:
        session.move_axis(latent, value)
    for latent in range(L):
        session.reset_axis(latent)
    assert not session.point.moved


def test_raw_latents_are_what_the_model_itself_takes() -> None:
    session, _ = opened()
    session.coordinates.choose("latents")
    np.testing.assert_allclose(
        shown(session), fake_basis(L).to_latents(session.values), atol=1e-5
    )
    session.move_axis(2, 1.25)
    assert session.history.undo_label == "Latent 3 to +1.25"
    assert session.coordinates.share.sum() == pytest.approx(1.0, abs=1e-5)


def test_each_kind_has_locks_of_its_own_and_the_tools_respect_them() -> None:
    session, _ = opened()
    session.locks.lock(1)
    session.coordinates.choose("latents")
    assert not session.coordinates.locks.is_locked(1)
    session.coordinates.locks.lock(3)
    before = shown(session)
    session.tools.randomize()
    session.tools.mutate()
    after = shown(session)
    assert after[3] == pytest.approx(before[3], abs=1e-4)
    assert not np.isclose(after[1], before[1], atol=1e-3)
    session.coordinates.choose("axes")
    assert session.locks.locked == {1}


def test_a_choice_that_changes_nothing_is_not_told() -> None:
    session, _ = opened()
    told: list[bool] = []
    session.coordinates.changed.connect(lambda: told.append(True))
    session.coordinates.choose("axes")
    assert not told
    session.coordinates.choose("latents")
    session.coordinates.choose("latents")
    assert len(told) == 1


def test_another_model_shows_its_own_latents() -> None:
    session, engine = opened()
    session.coordinates.choose("latents")
    engine.latent_size = L + 2
    session.open_model(MODEL)
    engine.run()
    assert session.coordinates.kind == "latents"
    np.testing.assert_allclose(
        shown(session), fake_basis(L + 2).to_latents(session.values), atol=1e-5
    )


def _gone(path: Path) -> LatentBasis:
    raise CheckpointError(f"{path.name} cannot be opened: No such file")


@pytest.mark.parametrize(
    ("read", "words"),
    [(_gone, "cannot be opened"), (lambda _: fake_basis(L + 1), "has changed since")],
)
def test_where_the_file_has_gone_or_changed_it_says_so_and_stays(
    read: object, words: str
) -> None:
    session = Session(read_basis=read)  # type: ignore[arg-type]  # a callable
    FakeEngine(session, latent_size=L, kept=8).start()
    session.coordinates.choose("latents")
    assert session.coordinates.kind == "axes"
    assert words in str(said(session))


def test_locks_that_were_all_undone_come_back() -> None:
    session, _ = opened()
    session.coordinates.unlock_all()
    assert session.messages.undoable is None
    session.locks.lock(3)
    session.locks.lock(9)
    session.coordinates.unlock_all()
    assert session.locks.locked == frozenset()
    session.messages.take_back()
    assert session.locks.locked == {3, 9}
