import pytest

from explorer.widgets.clock_text import clock_text


@pytest.mark.parametrize(
    ("seconds", "words", "with_tenths"),
    [
        (0.0, "0:00", "0:00.0"),
        (-1.0, "0:00", "0:00.0"),
        (59.96, "1:00", "0:59.9"),
        (65.3, "1:05", "1:05.3"),
        (3_725.0, "1:02:05", "1:02:05.0"),
    ],
)
def test_times_are_written_as_musicians_read_them(
    seconds: float, words: str, with_tenths: str
) -> None:
    assert clock_text(seconds) == words
    assert clock_text(seconds, tenths=True) == with_tenths
