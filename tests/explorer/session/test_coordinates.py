from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine, fake_basis
from tests.explorer.session.test_session import MODEL, L, opened, said
from vae.errors import CheckpointError
from vae.latents.basis import LatentBasis

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
