import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vae.latents.basis import fit_basis

SIZE = 6


def paths(songs: int, seed: int, length: int = 50) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(seed)
    mixing = rng.standard_normal((SIZE, SIZE)) * np.arange(1, SIZE + 1)
    return [
        (rng.standard_normal((length, SIZE)) @ mixing + 3).astype(np.float32)
        for _ in range(songs)
    ]


@given(songs=st.integers(1, 5), length=st.integers(1, 60), seed=st.integers(0, 50))
def test_sigmas_and_latents_are_one_place(songs: int, length: int, seed: int) -> None:
    known = paths(songs, seed, length)
    basis = fit_basis(known)
    there = basis.to_sigmas(known[0])
    assert np.allclose(basis.to_latents(there), known[0], atol=1e-3)
    assert np.allclose(basis.axes @ basis.axes.T, np.eye(SIZE), atol=1e-5)
    assert (basis.sigma > 0).all()


def test_songs_have_unit_variance_along_every_axis() -> None:
    known = paths(4, seed=1)
    sigmas = fit_basis(known).to_sigmas(np.concatenate(known))
    assert np.allclose(sigmas.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(sigmas.std(axis=0), 1, atol=0.02)


def test_the_first_axis_carries_most() -> None:
    share = fit_basis(paths(4, seed=2)).variance_share
    assert (np.diff(share) <= 1e-6).all()
    assert share.sum() == pytest.approx(1, abs=1e-5)


def test_an_offset_moves_the_whole_path_along_one_axis() -> None:
    known = paths(2, seed=3)
    basis = fit_basis(known)
    offset = np.zeros(SIZE, np.float32)
    offset[2] = 1.5
    moved = basis.to_sigmas(basis.offset_path(known[0], offset))
    change = moved - basis.to_sigmas(known[0])
    assert np.allclose(change, offset, atol=1e-3)


def test_a_refit_does_not_turn_an_axis_round() -> None:
    known = paths(4, seed=5)
    again = fit_basis([*known, known[0] + 0.01])
    assert (np.sum(fit_basis(known).axes * again.axes, axis=1) > 0.9).all()


def test_an_axis_goes_up_where_its_largest_component_does() -> None:
    axes = fit_basis(paths(4, seed=5)).axes
    largest = np.abs(axes).argmax(axis=1)
    assert (axes[np.arange(SIZE), largest] > 0).all()


def test_axes_on_which_nothing_lies_can_still_be_moved_along() -> None:
    line = np.linspace(-1, 1, 50)[:, None] * np.eye(SIZE)[:1]
    sigma = fit_basis([line.astype(np.float32)]).sigma
    assert np.allclose(sigma[1:], 1e-3 * sigma[0])


def test_songs_are_spread_as_far_as_their_own_means_differ() -> None:
    within = 2 * np.resize([1, -1], 100)[:, None] * np.eye(SIZE)[:1]
    songs = [
        (within + middle * np.eye(SIZE)[:1]).astype(np.float32) for middle in (-1, 1)
    ]
    basis = fit_basis(songs)  # a variance of 4 within songs, and of 1 between them
    assert basis.song_spread[0] == pytest.approx(1 / np.sqrt(5), rel=0.01)
    assert basis.song_mean[0] == pytest.approx(0, abs=1e-6)
