import os
from pathlib import Path

import pytest

from explorer.session.file_name import file_name, fresh_path


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


def test_a_name_that_is_taken_gets_a_number_and_keeps_its_ending(
    tmp_path: Path,
) -> None:
    names = []
    for _ in range(3):
        path = tmp_path / f"{'a long name ' * 5}(edit).wav"
        fresh = fresh_path(path, ending=" (edit)")
        fresh.touch()
        names.append(fresh.name)
    assert names[0] == path.name
    assert names[1] == "a long name a long name a lon (edit) 2.wav"
    assert names[2] == "a long name a long name a lon (edit) 3.wav"
