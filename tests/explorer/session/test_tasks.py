from pathlib import Path

from explorer.engine.protocol import Cancel, Command
from explorer.session.tasks import Task, Tasks

SONG = Path("/music/walk.flac")


def made() -> tuple[Tasks, list[Command]]:
    sent: list[Command] = []
    return Tasks(sent.append), sent


def newest(tasks: Tasks) -> Task | None:
    return tasks.newest


def test_the_newest_that_is_still_wanted_is_shown() -> None:
    tasks, _ = made()
    song = tasks.start("song", SONG, "Opening walk.flac…")
    export = tasks.start("export", SONG, "Writing walk.wav…")
    assert newest(tasks) == export
    tasks.finish(export.request)
    assert newest(tasks) == song
    assert tasks.supersede("song") == (song,)
    assert tasks.supersede("song") == ()
    assert newest(tasks) is None
    assert not tasks.busy("song")
    assert tasks.find(song.request) is not None


def test_its_share_is_held_between_nothing_and_all() -> None:
    tasks, _ = made()
    task = tasks.start("song", SONG, "Opening walk.flac…")
    for told, shown in ((0.5, 0.5), (1.7, 1.0), (-1.0, 0.0)):
        tasks.advance(task.request, told, "Reading walk.flac")
        now = tasks.find(task.request)
        assert now is not None
        assert (now.fraction, now.label) == (shown, "Reading walk.flac")


def test_the_engine_is_told_to_give_up_what_is_its_own() -> None:
    tasks, sent = made()
    folder = tasks.start("folder", SONG.parent, "Looking into music…")
    song = tasks.start("song", SONG, "Opening walk.flac…")
    tasks.cancel(folder.request)
    assert sent == []
    assert tasks.find(folder.request) is None
    tasks.cancel(song.request)
    assert sent == [Cancel(request=song.request)]
    assert tasks.find(song.request) == song  # until the engine says so
    assert tasks.abandon() == (song,)
    assert tasks.running == ()
