import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from explorer.widgets.pixels import FittedPixels, difference

sizes = st.integers(1, 40)


def fitted(frames: tuple[int, int], rows: int, kept: int, width: int) -> FittedPixels:
    return FittedPixels(frames, np.linspace(0, kept, rows + 1), width=width)


@given(frames=sizes, kept=sizes, width=sizes, rows=sizes, seed=st.integers(0, 99))
def test_nothing_loud_is_lost_and_nothing_is_louder_than_it_is(
    frames: int, kept: int, width: int, rows: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.integers(0, 256, (frames, kept), dtype=np.uint8)
    pixels = fitted((0, frames), rows, kept, width)
    pixels.draw(levels, 0, frames)
    image, across = pixels.image, pixels.frames_each
    assert image.flags.c_contiguous
    assert image.shape == (rows, -(-frames // across))
    for column in range(image.shape[1]):
        covered = levels[column * across : (column + 1) * across]
        assert image[:, column].max() == covered.max()
        for row in range(rows):
            low, high = row * kept // rows, -(-(row + 1) * kept // rows)
            assert image[row, column] in covered[:, max(low - 1, 0) : high + 1].max(0)


@given(frames=sizes, kept=sizes, width=sizes, cut=st.integers(0, 40))
def test_a_picture_drawn_in_slices_is_the_same(
    frames: int, kept: int, width: int, cut: int
) -> None:
    levels = np.random.default_rng(1).integers(0, 256, (frames, kept), dtype=np.uint8)
    whole = fitted((0, frames), 7, kept, width)
    whole.draw(levels, 0, frames)
    sliced = fitted((0, frames), 7, kept, width)
    cut = min(cut, frames)
    sliced.draw(levels, cut, frames)
    sliced.draw(levels, 0, cut)
    np.testing.assert_array_equal(sliced.image, whole.image)


def test_a_part_shows_the_frames_that_are_seen() -> None:
    levels = np.arange(100, dtype=np.uint8)[:, None].repeat(4, axis=1)
    part = fitted((41, 61), 4, 4, 10)
    assert part.draw(levels, 0, 30) == (0, 0)
    assert part.draw(levels, 0, 100) == (0, part.image.shape[1])
    assert part.frames == (40, 62)
    assert part.image[0, 0] == 41
    assert part.image[0, -1] == 61


def test_a_difference_is_louder_and_quieter_and_passes_over_silence() -> None:
    now = np.array([[200, 10, 0, 255, 50]], np.uint8)
    before = np.array([[190, 0, 30, 0, 200]], np.uint8)
    assert difference(now, before, 40).tolist() == [[138, 128, 128, 255, 1]]
