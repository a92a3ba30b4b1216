from pathlib import Path

from explorer.engine import protocol
from explorer.session.session import Session
from tests.explorer.fake_engine import DEMO, FakeEngine
from tests.explorer.session.test_session import MODEL, OTHER, SONG, opened, said

THIRD = Path("/music/fly.flac")


def titles(session: Session) -> list[str]:
    return [one.title for one in session.songs.entries]


def shown(session: Session) -> Path:
    assert session.song is not None
    return session.song.path


def region(session: Session) -> tuple[int, int] | None:
    return session.playback.region


def both() -> tuple[Session, FakeEngine]:
    session, engine = opened(song_path=SONG)
    session.songs.add([OTHER])
    engine.run()
    return session, engine


def test_the_first_song_is_in_the_list() -> None:
    session, _ = opened()
    assert [one.path for one in session.songs.entries] == [DEMO]
    current = session.songs.current
    assert current is not None
    assert current.duration_s == 128.0


def test_of_several_songs_the_first_is_opened_and_all_are_listed_once() -> None:
    session, engine = opened(song_path=SONG)
    session.songs.add([OTHER, THIRD, OTHER, SONG])
    engine.run()
    assert shown(session) == OTHER
    assert titles(session) == ["walk", "run", "fly"]
    assert [one.duration_s for one in session.songs.entries] == [128.0, 128.0, None]


def test_each_song_keeps_its_point_its_history_and_its_place() -> None:
    session, engine = both()
    session.songs.show(SONG)
    engine.run()
    session.move_axis(1, 2.0)
    session.sources.choose("noise")
    session.transport.seek(40.0)
    session.transport.set_loop_region(10.0, 20.0)
    session.view.zoom_time(4.0, 0.25)
    point, time = session.point, session.view.time
    session.songs.show(OTHER)
    engine.run()
    assert not session.point.moved
    assert session.transport.position_s == 0.0
    assert region(session) is None
    assert session.view.time.whole
    session.songs.show(SONG)
    engine.run()
    assert session.point == point
    assert session.transport.position_s == 40.0
    assert region(session) == (441_000, 882_000)
    assert session.view.time == time
    assert session.history.undo_label == "Source: noise"
    session.undo()
    session.undo()
    assert not session.point.moved


def test_the_engine_hears_of_a_point_that_was_kept() -> None:
    session, engine = both()
    session.move_axis(0, 3.0)
    point = session.point
    session.songs.show(SONG)
    engine.run()
    session.go("The same", point)
    session.songs.show(OTHER)
    engine.run()
    told = engine.of_kind(protocol.SetPoint)[-1]
    assert isinstance(told, protocol.SetPoint)
    assert (told.offset == point.offset).all()
    assert session.picture_current


def test_one_goes_round_the_list_by_steps() -> None:
    session, engine = both()
    for _ in range(2):
        session.songs.step(1)
        engine.run()
    assert shown(session) == OTHER
    session.songs.step(-1)
    assert session.songs.wanted == SONG
    session.songs.step(-1)
    engine.run()
    assert shown(session) == OTHER


def test_a_song_taken_out_gives_way_to_its_neighbour_and_the_last_stays() -> None:
    session, engine = both()
    session.songs.remove(OTHER)
    engine.run()
    assert (titles(session), shown(session)) == (["walk"], SONG)
    assert not session.songs.can_remove(SONG)
    session.songs.remove(SONG)
    assert titles(session) == ["walk"]


def test_what_was_done_with_a_removed_song_does_not_come_back() -> None:
    session, engine = both()
    session.move_axis(0, 3.0)
    session.songs.remove(OTHER)
    engine.run()
    session.songs.add([OTHER])
    engine.run()
    assert not session.point.moved


def test_a_song_that_cannot_be_opened_is_marked_and_the_next_is_tried() -> None:
    session, engine = opened(song_path=SONG)
    engine.refused[OTHER] = "run.flac has no sound."
    session.songs.add([OTHER, THIRD])
    engine.run()
    assert shown(session) == THIRD
    entry = session.songs.find(OTHER)
    assert entry is not None
    assert entry.fault == "run.flac has no sound."
    assert said(session) == "run.flac has no sound."
    engine.refused.clear()
    session.songs.show(OTHER)
    engine.run()
    entry = session.songs.find(OTHER)
    assert entry is not None
    assert entry.fault == ""
    assert session.songs.wanted is None


def test_how_many_songs_were_passed_over_is_told_once() -> None:
    session, engine = opened(song_path=SONG)
    empty = [Path(f"/music/empty {number}.wav") for number in range(3)]
    engine.refused = dict.fromkeys(empty, "It is empty.")
    session.songs.add([*empty, OTHER])
    engine.run()
    assert shown(session) == OTHER
    assert said(session) == "empty 0.wav and 2 more could not be opened."
    session.songs.show(SONG)
    engine.run()
    assert said(session) is None


def test_a_song_given_up_leaves_the_one_before() -> None:
    session, engine = opened(song_path=SONG)
    engine.silent = True
    session.songs.add([OTHER])
    task = session.tasks.newest
    assert task is not None
    session.reception.take(
        protocol.Failed(request=task.request, message="cancelled", cancelled=True)
    )
    assert session.songs.wanted is None
    assert shown(session) == SONG
    assert said(session) is None


def test_another_model_of_the_same_size_leaves_every_edit() -> None:
    session, engine = both()
    session.move_axis(0, 1.0)
    offset = session.point.offset
    session.songs.show(SONG)
    session.open_model(MODEL)
    engine.run()
    session.songs.show(OTHER)
    engine.run()
    assert (session.point.offset == offset).all()


def test_a_model_of_another_size_leaves_no_edit() -> None:
    session, engine = both()
    session.move_axis(0, 1.0)
    session.songs.show(SONG)
    engine.latent_size = 7
    session.open_model(MODEL)
    engine.run()
    session.songs.show(OTHER)
    engine.run()
    assert session.point.latent_size == 7
    assert not session.point.moved


def test_a_song_asked_for_while_the_engine_is_away_is_opened_once_it_is_back() -> None:
    session, engine = both()
    session.reception.lose_engine("crashed", restarting=True)
    session.songs.show(SONG)
    engine.start()
    assert shown(session) == SONG
    assert session.songs.wanted is None
    assert len(session.tasks.running) == 0


def test_a_removed_song_is_brought_back_with_what_was_done_to_it() -> None:
    session, engine = both()
    session.songs.show(SONG)
    engine.run()
    session.move_axis(1, 2.0)
    steps = session.history.steps
    session.songs.remove(SONG)
    engine.run()
    assert titles(session) == ["run"]
    assert "Removed walk from the list." in [
        one.text for one in session.messages.standing
    ]
    session.messages.take_back()
    engine.run()
    assert titles(session) == ["walk", "run"]
    assert shown(session) == SONG
    assert session.history.steps == steps
    session.messages.take_back()
    assert titles(session) == ["walk", "run"]


def test_a_song_that_was_not_open_comes_back_without_being_opened() -> None:
    session, engine = both()
    session.songs.remove(SONG)
    session.messages.take_back()
    engine.run()
    assert titles(session) == ["walk", "run"]
    assert shown(session) == OTHER
