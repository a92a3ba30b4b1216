import os

import pytest

from explorer.session.file_name import file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Walk", "Walk (edit).wav"),
        ("AC/DC: live?", "AC-DC- live- (edit).wav"),
        ("...two\nlines\t.", "twolines (edit).wav"),
        ("", "x (edit).wav"),
        ("na\udcefve", "na\udcefve (edit).wav"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert file_name(title, " (edit).wav") == name


@pytest.mark.parametrize("letter", ["a", "音", "🎵"])
def test_a_name_is_never_too_long(letter: str) -> None:
    name = file_name(letter * 300, " (edit).wav")
    assert len(os.fsencode(name)) <= 255
    assert name.startswith(letter * 40)
