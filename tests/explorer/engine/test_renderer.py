import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from numpy.typing import NDArray

from explorer.engine.picture import levels
from explorer.engine.player import Player
from explorer.engine.protocol import (
    UNASKED,
    Failed,
    PictureReady,
    PictureSlice,
    SongOpened,
)
from explorer.engine.renderer import LEAD_S, Renderer
from explorer.engine.tape import FADE_SAMPLES, WHOLE, Loop
from tests.explorer.engine.doubles import (
    CLICK,
    FRAME_SAMPLES,
    KEPT,
    SAMPLE_RATE,
    SONG_FRAMES,
    Events,
    Floats,
    Song,
    listen,
    offset,
    piece,
    player,
    roughness,
    tone,
    wait_until,
)
from vae.synthesis.course import Course
from vae.synthesis.edits import Edit, Source, Voicing

LEAD = round(LEAD_S * SAMPLE_RATE)


@contextmanager
def renderer() -> Iterator[tuple[Renderer, Player, Events]]:
    """A renderer at work for a player whose buffers the test asks for."""
    events = Events()
    with player() as (one, _):
        rendering = Renderer(one, events.append)
        try:
            yield rendering, one, events
        finally:
            rendering.close(20.0)


def set_level(rendering: Renderer, level: float, stamp: int) -> None:
    edit = Edit(offset=offset(level))
    rendering.set_edit(edit, stamp, time.monotonic_ns())


def set_source(rendering: Renderer, source: Source, stamp: int) -> None:
    """Filter something else at the same point."""
    scene = rendering.scene
    assert scene is not None
    edit = replace(scene.edit, voicing=Voicing(source=source))
    rendering.set_edit(edit, stamp, time.monotonic_ns())


def finished(events: Events, stamp: int) -> Callable[[], bool]:
    """Whether the picture of a stamp is complete."""
    return lambda: any(
        event.finished and event.stamp == stamp for event in events.of(PictureSlice)
    )


def heard_until(one: Player, fact: Callable[[Floats], bool]) -> Floats:
    """What is heard, buffer by buffer, until the last one is as wanted."""
    blocks: list[Floats] = []

    def done() -> bool:
        blocks.append(listen(one, 220))
        return fact(blocks[-1])

    wait_until(done)
    return np.concatenate(blocks, axis=1)


def level_of(sound: Floats) -> float:
    return float(np.sqrt(np.mean(np.sum(sound.astype(np.float64) ** 2, axis=0))) / 0.8)


def near(level: float) -> Callable[[Floats], bool]:
    return lambda sound: abs(level_of(sound) - level) < 1e-3


def pixels(event: PictureReady) -> NDArray[np.uint8]:
    memory = SharedMemory(name=event.name)
    shape = (event.frames, event.kept)
    copy = np.ndarray(shape, np.uint8, buffer=memory.buf).copy()
    memory.close()
    return copy


def test_a_shown_piece_is_heard_from_its_position() -> None:
    song = Song()
    with renderer() as (rendering, one, _):
        one.play()
        rendering.show(piece(song), position=30_000)
        heard_until(one, near(1.0))
        at = one.position
        assert 30_000 < at < 30_000 + 20_000
        heard = listen(one, 4_000)
    assert np.array_equal(heard, song.recording[:, at : at + 4_000])


def test_the_first_sound_needs_only_the_frames_at_the_playhead() -> None:
    song = Song()
    with renderer() as (rendering, one, _):
        rendering.show(piece(song), position=30_000)
        wait_until(lambda: listen(one, 220) is not None and one.position == 30_000)
    _, start, stop = song.rendered[0]
    assert start == 30_000 // FRAME_SAMPLES
    assert (30_000 + LEAD) // FRAME_SAMPLES < stop <= start + LEAD // FRAME_SAMPLES + 3


def test_what_is_announced_comes_before_the_picture() -> None:
    said = SongOpened.__new__(SongOpened)
    with renderer() as (rendering, _, events):
        rendering.show(piece(), position=0, saying=(said,))
        wait_until(finished(events, 0))
    assert events[0] is said
    assert isinstance(events[1], PictureReady)


def test_a_new_point_changes_the_sound_without_a_click() -> None:
    with renderer() as (rendering, one, _):
        one.play()
        rendering.show(piece(), position=0)
        heard = [heard_until(one, near(1.0))]
        set_level(rendering, 0.25, 1)
        heard.append(heard_until(one, near(0.25)))
        set_source(rendering, "noise", 2)
        heard.append(heard_until(one, near(0.0)))
        set_source(rendering, "song", 3)
        heard.append(heard_until(one, near(0.25)))
        assert [point.stamp for point in one.sounded][-3:] == [1, 2, 3]
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_a_long_drag_does_not_click_and_ends_where_it_was_let_go() -> None:
    rng = np.random.default_rng(0)
    with renderer() as (rendering, one, _):
        one.play()
        one.set_loop(WHOLE)
        rendering.show(piece(), position=0)
        heard = [heard_until(one, near(1.0))]
        for stamp in range(1, 201):
            set_level(rendering, float(rng.random()), stamp)
            if stamp % 37 == 0:
                rendering.seek(int(rng.integers(70_000)))
            heard.append(listen(one, 220))
        set_level(rendering, 0.5, 201)
        heard.append(heard_until(one, near(0.5)))
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_the_newest_point_wins_while_another_is_rendered() -> None:
    song = Song()
    begun, going_on = threading.Event(), threading.Event()

    def hold(level: float) -> None:
        if level == 0.5:
            begun.set()
            going_on.wait(20.0)

    song.before_sound = hold
    with renderer() as (rendering, one, events):
        rendering.show(piece(song), position=0)
        wait_until(finished(events, 0))
        set_level(rendering, 0.5, 1)
        assert begun.wait(20.0)
        for stamp, level in enumerate((0.6, 0.7, 0.8), start=2):
            set_level(rendering, level, stamp)
        going_on.set()
        wait_until(finished(events, 4))
        one.play()
        heard_until(one, near(0.8))
    levels_rendered = {round(level, 3) for level, _, _ in song.rendered}
    assert levels_rendered == {1.0, 0.5, 0.8}
    assert {event.stamp for event in events.of(PictureSlice)} <= {0, 1, 4}


def test_a_newer_point_begins_the_picture_anew() -> None:
    song = Song(tone(400 * FRAME_SAMPLES))
    drawn = threading.Event()
    with renderer() as (rendering, _, events):
        coefficients = song.coefficients

        def one_slice(*args: object, **named: object) -> Floats:
            if drawn.is_set():
                set_level(rendering, 0.5, 1)
                drawn.clear()
            return coefficients(*args, **named)  # type: ignore[arg-type]  # passed on

        drawn.set()
        song.coefficients = one_slice  # type: ignore[method-assign]  # on purpose
        rendering.show(piece(song), position=200 * FRAME_SAMPLES)
        wait_until(finished(events, 1))
        ready = events.of(PictureReady)
        assert len(ready) == 1
        seen = pixels(ready[0])
    slices = events.of(PictureSlice)
    assert [event.stamp for event in slices].count(0) == 1
    newer = [event for event in slices if event.stamp == 1]
    assert newer[0].start <= 200 < newer[0].stop
    assert sum(event.stop - event.start for event in newer) == 400
    assert [event.finished for event in newer] == [False] * (len(newer) - 1) + [True]
    expected = levels(np.full((2, 400, KEPT), 0.5, np.float32), FRAME_SAMPLES)
    assert np.array_equal(seen, expected)


def test_no_sound_waits_for_the_picture() -> None:
    song = Song()
    begun, going_on = threading.Event(), threading.Event()
    coefficients = song.coefficients

    def slow(*args: object, **named: object) -> Floats:
        begun.set()
        going_on.wait(20.0)
        return coefficients(*args, **named)  # type: ignore[arg-type]  # passed on

    song.coefficients = slow  # type: ignore[method-assign]  # on purpose
    with renderer() as (rendering, one, events):
        rendering.show(piece(song), position=0)
        one.play()
        assert begun.wait(20.0)
        set_level(rendering, 0.5, 1)
        heard_until(one, near(0.5))
        assert not rendering.resting
        assert not events.of(PictureSlice)
        going_on.set()
        wait_until(finished(events, 1))


def test_no_slice_is_begun_while_a_new_point_is_still_to_be_heard() -> None:
    song = Song(tone(400 * FRAME_SAMPLES))
    rendered, another = threading.Event(), threading.Event()
    too_early: list[bool] = []
    coefficients, slices = song.coefficients, []

    def hold(level: float) -> None:
        if level == 0.5 and not rendered.is_set():
            rendered.set()
            too_early.append(another.wait(0.2))

    def one_slice(course: Course, start: int, stop: int) -> Floats:
        slices.append(start)
        if len(slices) == 2:
            set_level(rendering, 0.5, 1)
            assert rendered.wait(20.0)
        elif len(slices) > 2:
            another.set()
        return coefficients(course, start, stop)

    song.before_sound = hold
    song.coefficients = one_slice  # type: ignore[method-assign]  # on purpose
    with renderer() as (rendering, _, events):
        rendering.show(piece(song), position=0)
        wait_until(finished(events, 1))
    assert too_early == [False]
    assert [event.stamp for event in events.of(PictureSlice)] == [0] * 2 + [1] * 7


def test_a_picture_that_cannot_be_drawn_leaves_the_sound_and_is_reported_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    song = Song()
    coefficients = song.coefficients

    def failing(course: Course, start: int, stop: int) -> Floats:
        if course.path[0, 0] == 0.5:
            raise RuntimeError("the model is broken")
        return coefficients(course, start, stop)

    song.coefficients = failing  # type: ignore[method-assign]  # on purpose
    with renderer() as (rendering, one, events):
        rendering.show(piece(song), position=0)
        one.play()
        set_level(rendering, 0.5, 1)
        heard_until(one, near(0.5))
        wait_until(lambda: bool(events.of(Failed)))
        set_level(rendering, 0.75, 2)
        wait_until(finished(events, 2))
    assert len(events.of(Failed)) == 1
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_other_channels_begin_the_picture_anew_and_leave_the_sound() -> None:
    song = Song()
    with renderer() as (rendering, one, events):
        rendering.show(piece(song), position=0)
        one.play()
        heard_until(one, near(1.0))
        wait_until(finished(events, 0))
        wait_until(lambda: rendering.resting)
        rendered, sounded = len(song.rendered), len(one.sounded)
        rendering.set_channels("side", 1)
        wait_until(finished(events, 1))
        assert not pixels(events.of(PictureReady)[0]).any()
        heard_until(one, near(1.0))
        assert (len(song.rendered), len(one.sounded)) == (rendered, sounded)
        set_level(rendering, 0.5, 2)
        wait_until(finished(events, 2))
        assert not pixels(events.of(PictureReady)[0]).any()
        rendering.set_channels("both", 3)
        wait_until(finished(events, 3))
        expected = levels(np.full((2, 1, 1), 0.5, np.float32), FRAME_SAMPLES)
        assert np.all(pixels(events.of(PictureReady)[0]) == expected)
        assert len(events.of(PictureReady)) == 1
        heard_until(one, near(0.5))
        assert [point.stamp for point in one.sounded][-1] == 2


def test_a_region_of_a_long_song_goes_round_while_points_come() -> None:
    song = Song(tone(400 * FRAME_SAMPLES))
    loop = Loop(start=150 * FRAME_SAMPLES + 77, stop=250 * FRAME_SAMPLES + 999)
    rng = np.random.default_rng(1)
    with renderer() as (rendering, one, _):
        one.set_loop(loop)
        one.play()
        rendering.show(piece(song), position=140 * FRAME_SAMPLES)
        heard = [heard_until(one, near(1.0))]
        turns, before, stamp = 0, one.position, 0
        while turns < 3:
            stamp += 1
            set_level(rendering, float(rng.random()), stamp)
            heard.append(heard_until(one, lambda _: True))
            heard.append(listen(one, 9_000))
            turns += one.position < before
            before = one.position
            assert one.position < 250 * FRAME_SAMPLES + 999 + FADE_SAMPLES
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_what_is_compared_comes_in_at_the_same_place_as_loud_as_the_edit() -> None:
    with renderer() as (rendering, one, events):
        one.play()
        rendering.show(piece(), position=0)
        set_level(rendering, 0.25, 1)
        heard = [heard_until(one, near(0.25))]
        wait_until(finished(events, 1))
        before, pictures = one.position, len(events.of(PictureSlice))
        rendering.listen("original")
        scene = rendering.scene
        assert scene is not None
        assert scene.heard.path[0, 0] == 1.0  # the song's own
        assert scene.heard.gain == pytest.approx(0.25, rel=0.01)
        wait_until(lambda: rendering._served is rendering._wish)
        heard.append(listen(one, 8_000))
        assert one.position == before + 8_000
        rendering.listen("reconstruction")
        assert rendering.scene is not None
        assert rendering.scene.heard.voicing.source == "noise"
        rendering.listen("edit")
        heard.append(heard_until(one, near(0.25)))
        assert len(events.of(PictureSlice)) == pictures
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_another_piece_gets_a_picture_of_its_own() -> None:
    with renderer() as (rendering, _, events):
        rendering.show(piece(), position=0)
        wait_until(finished(events, 0))
        set_source(rendering, "song", 7)
        rendering.show(piece(Song(tone(10 * FRAME_SAMPLES))), position=0)
        wait_until(lambda: len(events.of(PictureReady)) == 2)
        wait_until(finished(events, 7))
        first, second = events.of(PictureReady)
        assert (first.frames, second.frames) == (SONG_FRAMES, 10)
        assert second.kept == KEPT
        assert second.frame_s == pytest.approx(FRAME_SAMPLES / SAMPLE_RATE)
        with pytest.raises(FileNotFoundError):
            SharedMemory(name=first.name)
    with pytest.raises(FileNotFoundError):
        SharedMemory(name=second.name)


def test_the_playhead_jumps_while_playing_and_while_paused() -> None:
    song = Song()
    with renderer() as (rendering, one, _):
        rendering.show(piece(song), position=0)
        wait_until(lambda: bool(song.rendered))
        rendering.seek(50_000)
        wait_until(lambda: listen(one, 220) is not None and one.position == 50_000)
        one.play()
        heard = [heard_until(one, near(1.0))]
        rendering.seek(10_000)
        heard.append(heard_until(one, lambda _: one.position < 30_000))
        rendering.seek(-5)
        heard.append(heard_until(one, lambda _: one.position < 10_000))
        rendering.seek(10**9)
        heard.append(heard_until(one, lambda _: one.ended == 1))
        assert one.position == song.samples
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_a_song_is_played_to_its_end_and_round_a_loop() -> None:
    song = Song()
    with renderer() as (rendering, one, _):
        one.set_loop(WHOLE)
        one.play()
        rendering.show(piece(song), position=song.samples - 20_000)
        round_it = heard_until(one, lambda _: 2_000 < one.position < 20_000)
        at = one.position
        one.set_loop(None)
        to_the_end = heard_until(one, lambda _: one.ended == 1)
    expected = song.recording[:, at : at + 20_000]
    assert np.array_equal(to_the_end[:, :20_000], expected)
    assert roughness(np.concatenate([round_it, to_the_end], axis=1)) < CLICK


def test_a_new_model_keeps_the_point_and_a_new_song_does_not() -> None:
    with renderer() as (rendering, one, _):
        one.play()
        one.set_loop(WHOLE)
        rendering.show(piece(), position=30_000)
        set_level(rendering, 0.5, 1)
        heard = [heard_until(one, near(0.5))]
        before = one.position
        rendering.show(piece(Song(tone(81_000, level=0.4))), keep_offset=True)
        heard.append(heard_until(one, near(0.25)))
        assert one.position > before
        rendering.show(piece(), position=0)
        heard.append(heard_until(one, near(1.0)))
        assert one.position < before
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_a_point_that_cannot_be_rendered_leaves_the_one_before(
    caplog: pytest.LogCaptureFixture,
) -> None:
    song = Song()

    def fail(level: float) -> None:
        if level == 0.5:
            raise RuntimeError("the model is broken")

    song.before_sound = fail
    with renderer() as (rendering, one, events):
        one.play()
        one.set_loop(WHOLE)
        rendering.show(piece(song), position=0)
        heard_until(one, near(1.0))
        set_level(rendering, 0.5, 1)
        wait_until(lambda: bool(events.of(Failed)))
        for _ in range(200):
            assert near(1.0)(heard_until(one, near(1.0))[:, -220:])
        set_level(rendering, 0.3, 2)
        heard_until(one, near(0.3))
    failure = events.of(Failed)[0]
    assert failure.request == UNASKED
    assert "the model is broken" in failure.message
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_numbers_that_are_none_are_silence() -> None:
    song = Song()
    song.recording = song.recording.copy()
    song.recording[:, 5_000:5_010] = np.nan
    song.recording[:, 5_010:5_020] = np.inf
    with renderer() as (rendering, one, _):
        one.play()
        rendering.show(piece(song), position=0)
        heard = heard_until(one, lambda _: one.position > 6_000)
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 0.8 + 1e-6


def test_only_a_handful_of_tapes_is_ever_made() -> None:
    with renderer() as (rendering, one, _):
        rendering.show(piece(), position=0)
        one.play()
        for stamp in range(300):
            set_level(rendering, stamp / 300, stamp)
            if stamp % 3 == 0:
                listen(one, 100)
        heard_until(one, near(299 / 300))
        assert len(rendering._tapes) <= 10
