import numpy as np
import pytest
from numpy.typing import NDArray

from vae.synthesis.course import Course
from vae.synthesis.matching import as_loud

SILENT, QUIET, LOUD = (
    Course(path=np.full((1, 1), db, np.float32)) for db in (-120, -50, 0)
)


class Noise:
    """Noise, as loud as the path of a course says in dB."""

    frames = 40

    def sound(self, course: Course, start: int, stop: int) -> NDArray[np.float32]:
        """See `Synthesizer`."""
        rng = np.random.default_rng(start)
        drawn = rng.standard_normal((2, (stop - start) * 11_025)).astype(np.float32)
        level = 0.1 * course.gain * 10 ** (float(course.path[0, 0]) / 20)
        return drawn * np.float32(level)


@pytest.mark.parametrize(
    ("course", "like", "gain_db"), [(QUIET, LOUD, 24), (LOUD, QUIET, -24)]
)
def test_nothing_is_matched_by_more_than_24_db(
    course: Course, like: Course, gain_db: float
) -> None:
    matched = as_loud(Noise(), course, like)
    assert 20 * np.log10(matched.gain) == pytest.approx(gain_db)


def test_what_is_matched_is_as_loud_and_silence_is_left() -> None:
    near = Course(path=np.full((1, 1), -12, np.float32), gain=0.5)
    matched = as_loud(Noise(), near, LOUD)
    assert matched.gain == pytest.approx(10 ** (12 / 20), rel=1e-3)
    assert as_loud(Noise(), SILENT, LOUD) is SILENT
    assert as_loud(Noise(), LOUD, SILENT) is LOUD
