import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.widgets.pixels import FittedPixels

sizes = st.integers(1, 40)


@given(frames=sizes, kept=sizes, width=sizes, height=sizes, seed=st.integers(0, 99))
def test_each_pixel_shows_the_loudest_of_what_it_covers(
    frames: int, kept: int, width: int, height: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.integers(0, 256, (frames, kept), dtype=np.uint8)
    fitted = FittedPixels(frames, kept, width=width, height=height)
    fitted.draw(levels, 0, frames)
    across, up = fitted.frames_each, fitted.kept_each
    assert fitted.image.flags.c_contiguous
    for row in range(fitted.image.shape[0]):
        for column in range(fitted.image.shape[1]):
            covered = levels[
                column * across : (column + 1) * across, row * up : (row + 1) * up
            ]
            assert fitted.image[row, column] == covered.max()


@given(frames=sizes, kept=sizes, width=sizes, cut=st.integers(0, 40))
def test_a_picture_drawn_in_slices_is_the_same(
    frames: int, kept: int, width: int, cut: int
) -> None:
    levels = np.random.default_rng(1).integers(0, 256, (frames, kept), dtype=np.uint8)
    whole = FittedPixels(frames, kept, width=width, height=7)
    whole.draw(levels, 0, frames)
    sliced = FittedPixels(frames, kept, width=width, height=7)
    cut = min(cut, frames)
    sliced.draw(levels, cut, frames)
    sliced.draw(levels, 0, cut)
    np.testing.assert_array_equal(sliced.image, whole.image)
