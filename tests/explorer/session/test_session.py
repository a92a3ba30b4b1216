import itertools
from operator import attrgetter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine import protocol
from explorer.session.point import origin
from explorer.session.session import Session
from tests.explorer.fake_engine import DEMO, SHIPPED, FakeEngine, fake_basis

L = 5
MANY = 40
SONG = Path("/music/walk.flac")
OTHER = Path("/music/run.flac")
MODEL = Path("/models/piano.safetensors")


def opened(
    *, model_path: Path | None = None, song_path: Path | None = None
) -> tuple[Session, FakeEngine]:
    seconds = itertools.count()
    session = Session(
        rng=np.random.default_rng(3),
        clock_ns=lambda: next(seconds) * 10**9,
        read_basis=lambda _: fake_basis(engine.latent_size),
        model_path=model_path,
        song_path=song_path,
    )
    engine = FakeEngine(session, latent_size=L, kept=8)
    engine.start()
    return session, engine


def said(session: Session) -> str | None:
    newest = session.messages.newest
    return newest.text if newest else None


def repeat(session: Session, verb: str, times: int) -> None:
    for _ in range(times):
        attrgetter(verb)(session)()


verbs = st.one_of(
    st.tuples(
        st.just("move_axis"),
        st.integers(0, L - 1),
        st.floats(-7, 7, allow_nan=False),
    ),
    st.tuples(st.just("reset_axis"), st.integers(0, L - 1)),
    st.tuples(st.just("sources.choose"), st.sampled_from(["song", "noise"])),
    st.tuples(st.just("coordinates.toggle")),
    st.tuples(
        st.sampled_from(
            [
                *("tools.reset", "tools.randomize", "undo", "redo"),
                *("begin_gesture", "end_gesture", "cancel_gesture"),
            ]
        )
    ),
)


@given(st.lists(verbs, max_size=30))
def test_whatever_was_done_can_be_undone_and_redone(
    done: list[tuple[object, ...]],
) -> None:
    session, _ = opened()
    start = session.point
    for name, *arguments in done:
        attrgetter(str(name))(session)(*arguments)
    session.end_gesture()
    repeat(session, "redo", MANY)
    end = session.point
    repeat(session, "undo", MANY)
    assert session.point == start
    repeat(session, "redo", MANY)
    assert session.point == end


@given(st.lists(verbs, max_size=15))
def test_the_engine_always_has_the_point_the_window_shows(
    done: list[tuple[object, ...]],
) -> None:
    session, engine = opened()
    for name, *arguments in done:
        attrgetter(str(name))(session)(*arguments)
    engine.run()
    points = engine.of_kind(protocol.SetPoint)
    assert isinstance(points[-1], protocol.SetPoint)
    assert np.array_equal(points[-1].offset, session.point.offset)
    assert points[-1].voicing.source == session.point.source
    assert session.picture_current


def test_it_opens_the_song_and_the_model_it_was_given() -> None:
    session, _ = opened(song_path=SONG, model_path=MODEL)
    assert session.song is not None
    assert session.model is not None
    assert (session.song.path, session.model.path) == (SONG, MODEL)
    assert session.ready
    assert session.engine.phase == "running"
    assert session.tasks.running == ()


def test_with_nothing_given_it_opens_what_the_program_brings() -> None:
    session, _ = opened()
    assert session.song is not None
    assert session.model is not None
    assert (session.song.path, session.model.path) == (DEMO, SHIPPED)


def test_what_cannot_be_opened_at_the_start_gives_way_and_is_told() -> None:
    session = Session(song_path=SONG, model_path=MODEL)
    engine = FakeEngine(session, latent_size=L, kept=8)
    engine.refused = {SONG: "walk.flac has no sound.", MODEL: "Not a model."}
    engine.start()
    assert session.song is not None
    assert session.song.path == DEMO
    assert session.ready


def test_a_slider_shows_the_mean_of_the_path_plus_the_offset() -> None:
    session, _ = opened()
    mean = float(session.path_mean[2])
    session.move_axis(2, 1.5)
    assert session.values[2] == pytest.approx(1.5)
    assert session.point.offset[2] == pytest.approx(1.5 - mean)
    session.reset_axis(2)
    assert session.values[2] == pytest.approx(mean)
    assert not session.point.moved


def test_sliders_stop_at_five_sigma() -> None:
    session, _ = opened()
    session.move_axis(0, 9.0)
    assert session.values[0] == pytest.approx(5.0)


def test_the_marks_follow_the_path_at_the_playhead() -> None:
    session, engine = opened()
    assert session.song is not None
    session.move_axis(1, session.values[1] + 1.0)
    engine.play_to(float(session.song.latent_times[4]))
    moved = session.song.latent_path[4].copy()
    moved[1] += 1.0
    np.testing.assert_allclose(session.marks, moved, atol=1e-5)


def test_a_drag_is_one_step() -> None:
    session, _ = opened()
    start = session.point
    session.begin_gesture()
    for value in np.linspace(0, 3, 50):
        session.move_axis(0, float(value))
    session.end_gesture()
    session.undo()
    assert session.point == start
    assert session.history.undo_label is None


def test_a_drag_back_to_where_it_began_is_no_step_and_keeps_what_can_be_redone() -> (
    None
):
    session, _ = opened()
    session.move_axis(1, 2.0)
    session.undo()
    session.begin_gesture()
    session.move_axis(0, 1.0)
    session.reset_axis(0)
    session.end_gesture()
    assert session.history.undo_label is None
    session.redo()
    assert session.values[1] == pytest.approx(2.0)


def test_a_setter_that_changes_nothing_announces_nothing() -> None:
    session, engine = opened()
    engine.heard.clear()
    heard: list[str] = []
    session.point_changed.connect(lambda: heard.append("point"))
    session.history.changed.connect(lambda: heard.append("history"))
    session.playback.changed.connect(lambda: heard.append("playback"))
    session.tools.reset()
    session.reset_axis(0)
    session.sources.choose("song")
    session.playback.set_gain_db(0.0)
    assert heard == []
    assert engine.heard == []


def test_random_points_stay_within_three_sigma() -> None:
    session, _ = opened()
    for _ in range(50):
        session.tools.randomize()
        assert np.abs(session.values).max() <= 3.0 + 1e-5


def test_a_new_song_puts_the_sliders_at_its_point_and_the_playhead_at_its_start() -> (
    None
):
    session, engine = opened()
    session.move_axis(0, 2.0)
    session.sources.choose("noise")
    session.transport.seek(20.0)
    session.open_song(OTHER)
    engine.run()
    assert session.song is not None
    assert session.song.path == OTHER
    assert not session.point.moved
    assert session.point.source == "song"
    assert session.playback.position == 0
    assert session.history.undo_label is None
    assert session.places.songs == OTHER.parent


def test_a_song_that_cannot_be_opened_leaves_everything_and_says_why() -> None:
    session, engine = opened(song_path=SONG)
    session.move_axis(0, 2.0)
    point = session.point
    engine.refused[OTHER] = "run.flac is empty."
    session.open_song(OTHER)
    engine.run()
    assert session.song is not None
    assert session.song.path == SONG
    assert session.point == point
    assert said(session) == "run.flac is empty."
    session.open_song(SONG)
    engine.run()
    assert said(session) is None, "the complaint is outdated"


def test_the_song_asked_for_last_wins() -> None:
    session, engine = opened()
    session.open_song(SONG)
    session.open_song(OTHER)
    assert engine.of_kind(protocol.Cancel)
    engine.run()
    assert session.song is not None
    assert session.song.path == OTHER
    assert said(session) is None
    assert session.tasks.running == ()


def test_a_new_model_takes_over_with_point_and_song_where_they_were() -> None:
    session, engine = opened(song_path=SONG)
    session.move_axis(0, 2.0)
    offset = session.point.offset
    session.transport.seek(20.0)
    position = session.playback.position
    session.open_model(MODEL)
    engine.run()
    assert session.model is not None
    assert session.model.path == MODEL
    assert session.song is not None
    assert session.song.path == SONG
    assert session.playback.position == position
    assert np.array_equal(session.point.offset, offset)
    assert session.history.undo_label is not None


def test_a_model_of_another_size_has_the_song_at_its_own_point() -> None:
    session, engine = opened(song_path=SONG)
    session.move_axis(0, 2.0)
    engine.latent_size = L + 2
    session.open_model(MODEL)
    engine.run()
    assert session.point == origin(L + 2)
    assert len(session.values) == L + 2
    assert session.history.undo_label is None


def test_a_model_that_fails_leaves_the_one_before() -> None:
    session, engine = opened()
    engine.refused[MODEL] = "piano.safetensors is no model."
    session.move_axis(0, 2.0)
    session.open_model(MODEL)
    engine.run()
    assert session.model is not None
    assert session.model.path == SHIPPED
    assert session.values[0] == pytest.approx(2.0)
    assert said(session) == "piano.safetensors is no model."
    assert session.ready


def test_a_dead_engine_comes_back_with_point_song_and_position() -> None:
    session, engine = opened(song_path=SONG)
    session.move_axis(0, 2.0)
    session.sources.choose("noise")
    session.transport.set_loop(True)
    session.transport.set_gain_db(-6.0)
    session.transport.seek(20.0)
    session.transport.play()
    engine.run()
    session.reception.lose_engine("was killed", restarting=True)
    assert session.engine.phase == "restarting"
    engine.heard.clear()
    engine.start()
    assert session.song is not None
    assert session.song.path == SONG
    assert session.values[0] == pytest.approx(2.0)
    assert session.playback.playing
    assert engine.of_kind(protocol.Play)
    opening = engine.of_kind(protocol.OpenSong)[-1]
    assert isinstance(opening, protocol.OpenSong)
    assert opening.position == 20 * 44_100
    points = engine.of_kind(protocol.SetPoint)
    assert isinstance(points[-1], protocol.SetPoint)
    assert np.array_equal(points[-1].offset, session.point.offset)
    assert protocol.SetGain(gain_db=-6.0) in engine.heard
    assert protocol.SetLoop(enabled=True) in engine.heard
    session.undo()
    assert session.point.source == "song"


def test_another_model_of_the_same_name_after_a_crash_is_told() -> None:
    session, engine = opened(song_path=SONG, model_path=MODEL)
    session.move_axis(0, 2.0)
    for written_anew in ("", "since then"):
        engine.written_anew = written_anew
        session.reception.lose_engine("was killed", restarting=True)
        engine.start()
        told = [one.text for one in session.messages.standing if one.topic == "model"]
        assert bool(told) == bool(written_anew)
    assert told == [
        "piano.safetensors is not the model it was: what was done with that one is "
        "heard with this one."
    ]
    assert session.values[0] == pytest.approx(2.0)


def test_a_song_that_may_have_killed_the_engine_is_not_tried_again() -> None:
    session = Session(song_path=SONG)
    engine = FakeEngine(session, latent_size=L, kept=8)
    engine.silent = True
    engine.start()
    session.reception.take(
        protocol.ModelOpened(
            request=1,
            path=SHIPPED,
            title="model",
            model_hash="1",
            latent_size=L,
            variance_share=np.full(L, 1 / L, np.float32),
            song_mean=np.zeros(L, np.float32),
            song_spread=np.ones(L, np.float32),
            band_hz=2_756.0,
        )
    )
    session.reception.lose_engine("ran out of memory", restarting=True)
    assert session.tasks.running == ()
    engine.heard.clear()
    engine._waiting.clear()
    engine.silent = False
    engine.start()
    assert session.song is not None
    assert session.song.path == DEMO


def test_playing_waits_until_there_is_something_to_play() -> None:
    session = Session()
    session.transport.play()
    session.transport.seek(3.0)
    session.exports.write(Path("/tmp/never.wav"))
    assert not session.playback.playing
    assert session.tasks.running == ()


def test_the_playhead_stays_where_it_was_put_until_the_engine_follows() -> None:
    now = 0
    session = Session(clock_ns=lambda: now)
    engine = FakeEngine(session, latent_size=L, kept=8)
    engine.start()
    now = 10**9
    session.transport.seek(30.0)
    engine.play_to(2.0)
    assert session.transport.position_s == pytest.approx(30.0)
    now = 2 * 10**9
    engine.play_to(31.0)
    assert session.transport.position_s == pytest.approx(31.0)


def test_the_playhead_stays_within_the_song() -> None:
    session, _ = opened()
    session.transport.seek(1e9)
    assert session.song is not None
    assert session.playback.position == session.song.samples
    session.transport.seek(-3.0)
    assert session.playback.position == 0


def test_the_song_ends_paused() -> None:
    session, _ = opened()
    session.transport.play()
    session.reception.take(protocol.PlaybackEnded())
    assert not session.playback.playing


def test_without_a_sound_card_it_says_so() -> None:
    session = Session()
    FakeEngine(session, latent_size=L, kept=8, device=None).start()
    assert session.messages.newest is not None
    assert session.messages.newest.severity == "warning"
    assert "no output device" in session.messages.newest.text
    assert session.ready
