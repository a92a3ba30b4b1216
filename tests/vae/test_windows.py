import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vae.windows import Windows

lengths = st.integers(1, 3000)


@given(frames=lengths)
def test_every_frame_is_spoken_for_once_in_all(frames: int) -> None:
    windows = Windows(frames=frames, window_frames=512)
    weights = windows.weights(0, frames)
    assert np.allclose(weights.sum(axis=0), 1)
    assert (weights >= 0).all()


@given(frames=lengths)
def test_a_window_speaks_only_for_frames_it_covers(frames: int) -> None:
    windows = Windows(frames=frames, window_frames=512)
    for start, weight in zip(windows.starts, windows.weights(0, frames), strict=True):
        inside = np.flatnonzero(weight)
        if len(inside):
            assert inside[0] >= start
            assert inside[-1] < start + 512


@given(frames=lengths)
def test_the_last_window_ends_with_the_song(frames: int) -> None:
    windows = Windows(frames=frames, window_frames=512)
    assert windows.starts[-1] == max(0, frames - 512)
    assert len(set(windows.starts)) == len(windows.starts)


@given(frames=st.integers(600, 2000), cut=st.integers(1, 599))
def test_a_band_has_the_weights_of_the_whole(frames: int, cut: int) -> None:
    windows = Windows(frames=frames, window_frames=512)
    assert np.array_equal(
        windows.weights(0, frames)[:, cut:], windows.weights(cut, frames)
    )


def test_windows_overlap_by_the_two_seconds_of_their_fade_and_no_more() -> None:
    windows = Windows(frames=2000, window_frames=512)
    assert windows.fade_frames == 8
    assert windows.starts == (0, 504, 1008, 1488)


def test_of_two_windows_neither_counts_more_where_they_overlap() -> None:
    weights = Windows(frames=1016, window_frames=512).weights(504, 512)
    assert np.allclose(weights[0], weights[1, ::-1])
    assert np.allclose(weights[1], (np.arange(8) + 0.5) / 8)
