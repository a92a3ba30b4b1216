import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.session.cloud import SongCloud, song_cloud
from explorer.session.song_mix import mix_of, place

N, L = 12, 20
TITLES = tuple(f"song {number}" for number in range(N))
songs = st.integers(0, N - 1)


def cloud(seed: int, *, titles: tuple[str, ...] = TITLES, size: int = L) -> SongCloud:
    """The same songs, as another model has them."""
    rng = np.random.default_rng(seed)
    points = 0.6 * rng.standard_normal((len(titles), size)).astype(np.float32)
    return song_cloud(titles, points, points.mean(axis=0), points.std(axis=0))


@given(songs)
def test_a_song_is_found_as_itself_in_another_model(number: int) -> None:
    here, there = cloud(1), cloud(2, size=L + 4)
    mix = mix_of(here.points[number], here)
    placed = place(mix, there)
    assert placed is not None
    assert there.nearest(placed.values, 1) == (number,)
    assert mix.told > 0.9
    assert placed.kept == pytest.approx(mix.told)


@given(songs, songs, st.floats(0, 1))
def test_what_lies_between_two_songs_lies_between_them_there(
    one: int, other: int, share: float
) -> None:
    here, there = cloud(1), cloud(2)
    between = (1 - share) * here.points[one] + share * here.points[other]
    placed = place(mix_of(between, here), there)
    wanted = (1 - share) * there.points[one] + share * there.points[other]
    assert placed is not None
    assert np.linalg.norm(placed.values - wanted) < 0.3 * np.sqrt(L) * 0.6


def test_the_middle_is_the_middle() -> None:
    here, there = cloud(1), cloud(2)
    placed = place(mix_of(here.mean, here), there)
    assert placed is not None
    np.testing.assert_allclose(placed.values, there.mean, atol=1e-5)


def test_what_no_song_tells_is_told_to_be_lost() -> None:
    here = cloud(1)
    spanned = (here.points - here.mean) / here.spread
    aside = np.linalg.svd(spanned)[2][-1]  # on which no song lies
    mix = mix_of((here.mean + 3 * here.spread * aside).astype(np.float32), here)
    assert mix.told < 0.05


def test_songs_that_the_other_does_not_know_are_missed() -> None:
    here = cloud(1)
    mix = mix_of(here.points[0], here)
    unknowing = cloud(2, titles=TITLES[1:])
    placed = place(mix, unknowing)
    assert placed is not None
    assert placed.songs == N - 1
    assert placed.kept < 0.5  # the one that mattered most
    strangers = cloud(2, titles=tuple(f"tune {number}" for number in range(N)))
    assert place(mix, strangers) is None


def test_songs_of_one_title_tell_nothing() -> None:
    twice = cloud(1, titles=("same",) * 6 + TITLES[6:])
    assert "same" not in mix_of(twice.points[0], twice).weights
    assert place(mix_of(twice.points[7], twice), cloud(2)) is not None
