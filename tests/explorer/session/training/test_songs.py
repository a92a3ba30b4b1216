from pathlib import Path

import pytest

from explorer.session.session import Session
from explorer.session.training.requests import LookAtSongs, StopLooking
from explorer.session.training.songs import Found
from tests.explorer.session.training.desk import FOUND, MUSIC, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk(Session())


def test_a_folder_is_looked_at_as_soon_as_it_is_chosen(desk: Desk) -> None:
    songs = desk.training.songs
    songs.add([MUSIC, MUSIC])
    assert desk.heard == [LookAtSongs(folders=(MUSIC,))]
    assert songs.phase == "looking"
    assert not songs.usable
    songs.take(FOUND)
    assert songs.usable


def test_the_last_folder_gone_is_nothing_to_train_on(desk: Desk) -> None:
    desk.find_songs()
    desk.training.songs.remove([MUSIC])
    assert desk.training.songs.phase == "empty"
    assert isinstance(desk.heard[-1], StopLooking)
    assert not desk.training.songs.usable


def test_a_look_that_is_given_up_is_none(desk: Desk) -> None:
    songs = desk.training.songs
    songs.add([MUSIC])
    songs.advance(0.5)
    songs.stop_looking()
    songs.take(FOUND)  # it was on its way
    assert songs.phase == "stopped"
    assert songs.found is None
    songs.look()
    songs.take(FOUND)
    assert songs.usable


def test_a_folder_without_songs_is_told_and_cannot_be_used(desk: Desk) -> None:
    songs = desk.training.songs
    songs.add([MUSIC])
    songs.fail("There is no file at all below /music/jazz.")
    assert songs.fault.startswith("There is no file")
    assert not songs.usable
    songs.look()
    songs.take(Found(songs=0, seconds=0.0, refused=()))
    assert not songs.usable


def test_remembered_folders_are_looked_at_when_the_page_is_opened(desk: Desk) -> None:
    desk.training.songs.restore([Path("/a"), Path("/b")])
    assert not desk.of_kind(LookAtSongs)
    desk.training.open_page()
    assert desk.of_kind(LookAtSongs) == [LookAtSongs(folders=(Path("/a"), Path("/b")))]
