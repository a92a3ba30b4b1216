from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.widgets.key_sheet import KeySheet
from explorer.widgets.main_window import MainWindow


@pytest.fixture
def sheet(window: MainWindow) -> Iterator[KeySheet]:
    shown = KeySheet(window.actions_, window)
    shown.show()
    yield shown
    shown.reject()


def found(sheet: KeySheet, typed: str) -> list[str]:
    """The lines that are left when something is typed."""
    sheet.filter.clear()
    QTest.keyClicks(sheet.filter, typed)
    return sheet.text.toPlainText().splitlines()


def test_one_types_at_once_and_enter_does_not_close_it(sheet: KeySheet) -> None:
    assert sheet.focusWidget() is sheet.filter
    QTest.keyClick(sheet.filter, Qt.Key.Key_Return)
    assert sheet.isVisible()
    QTest.keyClick(sheet.filter, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_it_finds_by_words_by_keys_and_by_what_the_menu_says(sheet: KeySheet) -> None:
    everything = found(sheet, "")
    lines = found(sheet, "loop here begins")
    assert lines == [
        "Play menu",
        "[",
        "Loop a stretch of the song that begins at the playhead",
    ]
    assert "Go to a random point near the present one" in found(sheet, "MUTATE")
    both = found(sheet, "ctrl+z")  # "Ctrl + Z" stands above, "Ctrl+Z" in a menu
    assert "To begin with" in both
    assert "Edit menu" in both
    assert "Play menu" not in both
    assert found(sheet, "") == everything


def test_what_is_not_there_is_said(sheet: KeySheet) -> None:
    assert found(sheet, "espresso") == [
        "No key does that, and nothing is done by a key of that name."
    ]


def test_what_can_be_done_on_each_part_of_the_window_is_told(sheet: KeySheet) -> None:
    for part, words in (
        ("stretches", "Make its fades longer or shorter by 0.1 s"),
        ("whole song", "See another part"),
        ("colours", "Move the upper mark by 5 dB; with Shift the lower"),
        ("gain", "0 dB; half way from A to B"),
        ("list of songs", "Take it out of the list"),
        ("bookmarks", "Give a bookmark another name"),
        ("map", "Put both axes back to the song's own values"),
    ):
        assert words in found(sheet, f"on the {part}"), part
