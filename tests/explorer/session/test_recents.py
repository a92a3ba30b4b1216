from pathlib import Path

from explorer.session.recents import MOST, Recents


def test_the_newest_few_are_kept_each_once() -> None:
    recents = Recents()
    paths = [Path(f"/music/{number}.flac") for number in range(MOST + 3)]
    for path in paths:
        recents.add_song(path)
    assert recents.songs == tuple(reversed(paths))[:MOST]
    recents.add_song(recents.songs[4])
    assert recents.songs[0] == paths[-5]
    assert len(set(recents.songs)) == len(recents.songs) == MOST


def test_what_is_gone_is_forgotten_and_nothing_new_is_not_told() -> None:
    recents, told = Recents(), list[None]()
    recents.changed.connect(lambda: told.append(None))
    recents.add_song(Path("a.flac"))
    recents.add_project(Path("a.dctvae"))
    recents.add_song(Path("a.flac"))
    assert len(told) == 2
    recents.forget(Path("a.flac"))
    assert (recents.songs, recents.projects) == ((), (Path("a.dctvae"),))
    recents.clear()
    assert not recents.any
