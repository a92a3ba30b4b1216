import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.engine.handover import Jump
from explorer.engine.mixing import LAYERS, RAMP_SAMPLES
from explorer.engine.protocol import LIMIT_DB
from explorer.engine.tape import FADE_SAMPLES, WHOLE, Loop, Tape
from tests.explorer.engine.doubles import (
    CLICK,
    FRAME_SAMPLES,
    handover,
    listen,
    player,
    roughness,
    staircase,
    status,
    tape_of,
    tone,
)

SAMPLES = 60_000
SHORT = 16_000
BLOCKS = pytest.mark.parametrize("block", [64, 220, 441, 1_024, 3_000])


@BLOCKS
def test_the_song_is_heard_to_the_sample(block: int) -> None:
    song = staircase(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.play()
        heard = listen(one, 30_000, block=block)
        assert one.position == 30_000
    assert np.array_equal(heard[:, RAMP_SAMPLES:], song[:, RAMP_SAMPLES:30_000])


def test_nothing_is_heard_before_there_is_something_to_play() -> None:
    with player() as (one, _):
        one.play()
        assert not listen(one, 2_000).any()
        assert one.position == 0


@BLOCKS
def test_pause_and_play_fade_and_lose_nothing(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.play()
        before = listen(one, 9_000, block=block)
        one.pause()
        pausing = listen(one, 3_000, block=block)
        stopped_at = one.position
        silence = listen(one, 3_000, block=block)
        assert one.position == stopped_at
        one.play()
        after = listen(one, 9_000, block=block)
    assert stopped_at == 9_000 + RAMP_SAMPLES
    assert not silence.any()
    assert np.array_equal(
        after[:, RAMP_SAMPLES:],
        song[:, stopped_at + RAMP_SAMPLES : stopped_at + 9_000],
    )
    whole = np.concatenate([before, pausing, silence, after], axis=1)
    assert roughness(whole) < CLICK


@BLOCKS
def test_a_new_point_fades_in_where_the_playhead_is(block: int) -> None:
    old, new = tone(SAMPLES, level=0.2), tone(SAMPLES, level=0.85)
    with player() as (one, _):
        one.hand_over(handover(tape_of(old)))
        one.play()
        before = listen(one, 9_000, block=block)
        one.hand_over(handover(tape_of(new)))
        after = listen(one, 9_000, block=block)
    fade = np.minimum(np.arange(1, 9_001) / FADE_SAMPLES, 1.0)
    part = slice(9_000, 18_000)
    expected = (1 - fade) * old[:, part] + fade * new[:, part]
    assert np.allclose(after, expected, atol=1e-6)
    assert np.array_equal(after[:, 2_000:], new[:, 11_000:18_000])
    assert roughness(np.concatenate([before, after], axis=1)) < CLICK


@settings(max_examples=40)
@given(
    levels=st.lists(st.floats(0.0, 0.875, width=32), min_size=1, max_size=30),
    block=st.integers(100, 1_500),
)
def test_a_drag_does_not_click_and_its_last_point_is_heard(
    levels: list[float], block: int
) -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SHORT))))
        one.set_loop(WHOLE)
        one.play()
        heard = [listen(one, 2_000, block=block)]
        for level in levels:
            one.hand_over(handover(tape_of(tone(SHORT, level=level))))
            heard.append(listen(one, block, block=block))
        heard.append(listen(one, 5_000, block=block))
        at = one.position
        last = listen(one, 100)
    assert roughness(np.concatenate(heard, axis=1)) < CLICK
    expected = tone(SHORT, level=levels[-1])[:, at : at + 100]
    if FADE_SAMPLES < at < SHORT - FADE_SAMPLES - 100:
        assert np.array_equal(last, expected)


def test_a_storm_of_points_never_holds_more_than_a_few_tapes() -> None:
    with player() as (one, _):
        tapes = [tape_of(tone(SAMPLES)) for _ in range(20)]
        one.play()
        for tape in tapes:
            one.hand_over(handover(tape))
            listen(one, 32, block=32)
            assert sum(map(one.holds, tapes)) <= LAYERS + 2
        listen(one, 4_000)
        assert [one.holds(tape) for tape in tapes] == [False] * 19 + [True]


def test_a_tape_is_held_until_the_buffer_that_may_have_taken_it_is_over() -> None:
    with player() as (one, _):
        first, second = tape_of(tone(SAMPLES)), tape_of(tone(SAMPLES))
        assert not one.holds(first)
        one.hand_over(handover(first))
        assert one.holds(first)
        one.hand_over(handover(second))
        assert one.holds(first)
        listen(one, 100)
        assert not one.holds(first)
        assert one.holds(second)


@BLOCKS
def test_a_jump_fades_and_is_exact(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.play()
        before = listen(one, 9_000, block=block)
        one.hand_over(handover(tape_of(song), jump=Jump(position=40_123)))
        after = listen(one, 6_000, block=block)
        assert one.position == 46_123
    assert np.array_equal(after[:, 1_000:], song[:, 41_123:46_123])
    assert roughness(np.concatenate([before, after], axis=1)) < CLICK


def test_a_jump_is_obeyed_once_and_not_lost_when_a_point_overtakes_it() -> None:
    tape = tape_of(tone(SAMPLES))
    jump = Jump(position=40_000)
    with player() as (one, _):
        one.hand_over(handover(tape))
        one.play()
        listen(one, 1_000)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        listen(one, 1_000)
        assert one.position == 41_000
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        listen(one, 1_000)
        assert one.position == 42_000


def test_a_jump_while_paused_moves_the_playhead_in_silence() -> None:
    with player() as (one, board):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        listen(one, 1_000)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=Jump(position=5_000)))
        assert not listen(one, 1_000).any()
        assert one.position == 5_000
        assert status(board, "position") == 5_000


@BLOCKS
def test_a_loop_goes_round_without_a_click_or_a_lost_sample(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.set_loop(WHOLE)
        one.play()
        heard = listen(one, 3 * SAMPLES, block=block)
        assert one.position == 0
        assert one.ended == 0
    assert roughness(heard) < CLICK
    inside = slice(1_000, SAMPLES - FADE_SAMPLES)
    for turn in range(3):
        once = heard[:, turn * SAMPLES : (turn + 1) * SAMPLES]
        assert np.array_equal(once[:, inside], song[:, inside])


@BLOCKS
def test_at_the_end_it_rests_and_play_begins_again(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, board):
        one.hand_over(handover(tape_of(song)))
        one.play()
        heard = listen(one, SAMPLES + 5_000, block=block)
        assert (one.ended, one.playing, one.position) == (1, False, SAMPLES)
        assert status(board, "playing") == 0
        one.play()
        again = listen(one, 5_000, block=block)
        assert (one.ended, one.playing, one.position) == (1, True, 5_000)
    assert roughness(np.concatenate([heard, again], axis=1)) < CLICK
    assert not heard[:, SAMPLES:].any()
    assert np.array_equal(again[:, RAMP_SAMPLES:], song[:, RAMP_SAMPLES:5_000])


@pytest.mark.parametrize("target", [SAMPLES, SAMPLES - 1, SAMPLES - 300])
@BLOCKS
def test_a_jump_to_the_end_ends_softly(block: int, target: int) -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.play()
        before = listen(one, 9_000, block=block)
        jump = Jump(position=target)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        after = listen(one, 3_000, block=block)
        assert (one.ended, one.playing, one.position) == (1, False, SAMPLES)
    assert roughness(np.concatenate([before, after], axis=1)) < CLICK


def test_another_song_may_be_shorter() -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.play()
        before = listen(one, 50_000)
        one.hand_over(handover(tape_of(tone(20_000), frame_samples=700)))
        after = listen(one, 5_000)
        assert (one.playing, one.position) == (False, 20_000)
        one.hand_over(
            handover(tape_of(tone(30_000)), jump=Jump(position=10_000), stamp=2)
        )
        one.play()
        listen(one, 1_000)
        assert one.position == 11_000
    assert roughness(np.concatenate([before, after], axis=1)) < CLICK


@BLOCKS
def test_where_frames_are_missing_it_waits_in_silence(block: int) -> None:
    song = tone(SAMPLES)
    tape = Tape(samples=SAMPLES, frame_samples=FRAME_SAMPLES, slots=40)
    frames = song[:, : 29 * FRAME_SAMPLES].reshape(2, 29, FRAME_SAMPLES)
    for frame in range(5):
        tape.write(frame, frames[:, frame], playhead=0)
    with player() as (one, board):
        one.hand_over(handover(tape))
        one.play()
        before = listen(one, 12_000, block=block)
        assert one.playing
        assert one.position <= 5 * FRAME_SAMPLES
        assert status(board, "underruns") > 0
        waited_at, underruns = one.position, status(board, "underruns")
        for frame in range(5, 29):
            tape.write(frame, frames[:, frame], playhead=0)
        after = listen(one, 9_000, block=block)
        assert one.position == waited_at + 9_000
        assert status(board, "underruns") == underruns
    assert not before[:, -500:].any()
    assert roughness(np.concatenate([before, after], axis=1)) < CLICK
    start = waited_at + RAMP_SAMPLES
    assert np.array_equal(after[:, RAMP_SAMPLES:], song[:, start : waited_at + 9_000])


def test_a_tape_that_is_not_ready_is_not_taken() -> None:
    song = tone(SAMPLES)
    late = Tape(samples=SAMPLES, frame_samples=FRAME_SAMPLES, slots=40)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song), stamp=1))
        one.play()
        listen(one, 1_000)
        one.hand_over(handover(late, stamp=2))
        heard = listen(one, 5_000)
        assert [point.stamp for point in one.sounded] == [1]
    assert np.array_equal(heard, song[:, 1_000:6_000])


@BLOCKS
def test_the_gain_is_followed_without_a_click(block: int) -> None:
    song = tone(SAMPLES, level=0.2)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.play()
        heard = [listen(one, 5_000, block=block)]
        for gain in (4.0, 0.0, 1.0):
            one.set_gain(gain)
            heard.append(listen(one, 9_000, block=block))
            at = one.position
            settled = gain * song[:, at - 900 : at]
            assert np.allclose(heard[-1][:, -900:], settled, atol=1e-4)
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_without_limiter_what_leaves_full_scale_is_clipped_and_told() -> None:
    with player() as (one, board):
        one.set_limiter(False)
        one.hand_over(handover(tape_of(tone(SAMPLES, level=1.5))))
        one.play()
        heard = listen(one, 5_000)
        assert status(board, "peak_left") == pytest.approx(1.5, abs=0.01)
        assert status(board, "clipped") > 0
        assert status(board, "reduction_db") == 0.0
    assert np.abs(heard).max() == 1.0


@BLOCKS
def test_the_limiter_holds_a_rise_softly_and_lets_go_of_it(block: int) -> None:
    soft, loud = tone(SAMPLES, level=0.5), tone(SAMPLES, level=2.0)
    with player() as (one, board):
        one.hand_over(handover(tape_of(soft)))
        one.play()
        heard = [listen(one, 9_000, block=block)]
        assert status(board, "reduction_db") == 0.0
        assert status(board, "clipped") == 0
        one.hand_over(handover(tape_of(loud), stamp=2))
        heard.append(listen(one, 9_000, block=block))
        reduction_db = status(board, "reduction_db")
        assert status(board, "clipped") > 0
        one.hand_over(handover(tape_of(soft), stamp=3))
        heard.append(listen(one, 18_000, block=block))
        assert status(board, "reduction_db") == 0.0
    ceiling = 10 ** (LIMIT_DB / 20)
    assert reduction_db == pytest.approx(LIMIT_DB - 20 * np.log10(2.0), abs=0.01)
    assert np.abs(heard[1]).max() == pytest.approx(ceiling, abs=1e-4)
    settled = heard[1][:, 3_000:]
    assert np.allclose(settled, loud[:, 12_000:18_000] * ceiling / 2, atol=1e-3)
    assert np.array_equal(heard[2][:, 15_000:], soft[:, 33_000:36_000])
    assert np.abs(np.diff(np.concatenate(heard, axis=1))).max() < 0.07


@BLOCKS
def test_a_loud_song_is_heard_as_it_is_and_the_next_one_under_its_own_ceiling(
    block: int,
) -> None:
    master, edit = tone(SAMPLES, level=0.99), tone(SAMPLES, level=1.5)
    with player() as (one, board):
        one.hand_over(handover(tape_of(master, ceiling_db=0.0)))
        one.play()
        heard = [listen(one, 9_000, block=block)]
        assert status(board, "reduction_db") == 0.0
        one.hand_over(handover(tape_of(edit, ceiling_db=0.0), stamp=2))
        heard.append(listen(one, 9_000, block=block))
        assert status(board, "reduction_db") == pytest.approx(-3.52, abs=0.01)
        one.hand_over(handover(tape_of(edit), stamp=3))
        heard.append(listen(one, 18_000, block=block))
    assert np.array_equal(heard[0][:, RAMP_SAMPLES:], master[:, RAMP_SAMPLES:9_000])
    peaks = [np.abs(part[:, 3_000:]).max() for part in heard[1:]]
    assert peaks == pytest.approx([1.0, 10 ** (LIMIT_DB / 20)], abs=1e-4)
    assert np.abs(np.diff(np.concatenate(heard, axis=1)[:, RAMP_SAMPLES:])).max() < 0.07


@BLOCKS
def test_the_limiter_comes_and_goes_without_a_step(block: int) -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SAMPLES, level=1.2))))
        one.play()
        heard = [listen(one, 4_000, block=block)]
        for enabled in (False, True, False):
            one.set_limiter(enabled)
            heard.append(listen(one, 9_000, block=block))
    assert np.abs(np.diff(np.concatenate(heard, axis=1)[:, RAMP_SAMPLES:])).max() < 0.07
    assert np.abs(heard[1]).max() == 1.0
    assert np.abs(heard[2][:, -5_000:]).max() == pytest.approx(10 ** (LIMIT_DB / 20))


def test_muting_is_silent_soft_and_goes_on() -> None:
    song = tone(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song)))
        one.play()
        heard = [listen(one, 9_000)]
        one.set_mute(True)
        heard.append(listen(one, 9_000))
        one.set_gain(0.5)
        heard.append(listen(one, 1_000))
        one.set_mute(False)
        heard.append(listen(one, 9_000))
        assert one.position == 28_000
    assert np.abs(heard[1][:, -1_000:]).max() < 1e-4
    assert np.abs(heard[2]).max() < 1e-4
    assert np.allclose(heard[3][:, -1_000:], 0.5 * song[:, 27_000:28_000], atol=1e-4)
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


REGION = Loop(start=10_000, stop=22_345)


@BLOCKS
def test_a_region_goes_round_without_a_click_or_a_lost_sample(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(tape_of(song), jump=Jump(position=5_000)))
        one.set_loop(REGION)
        one.play()
        heard = listen(one, 5_000 + 3 * 12_345, block=block)
        assert (one.position, one.ended) == (10_000, 0)
    assert roughness(heard) < CLICK
    assert np.array_equal(heard[:, 1_000:5_000], song[:, 6_000:10_000])
    for turn in range(3):
        once = heard[:, 5_000 + turn * 12_345 :][:, : 12_345 - FADE_SAMPLES]
        assert np.array_equal(once, song[:, 10_000 : 22_345 - FADE_SAMPLES])


@BLOCKS
def test_past_a_region_it_plays_to_the_end_and_goes_into_it(block: int) -> None:
    song = tone(SAMPLES)
    with player() as (one, board):
        one.hand_over(handover(tape_of(song), jump=Jump(position=50_000)))
        one.set_loop(REGION)
        one.play()
        heard = listen(one, 15_000, block=block)
        assert (one.position, one.playing) == (15_000, True)
        one.fill(np.zeros((100, 2), np.float32), latency=5_200)
        assert status(board, "position") == SAMPLES - 200
    assert roughness(heard) < CLICK
    assert np.array_equal(heard[:, 10_000:], song[:, 10_000:15_000])


@settings(max_examples=40)
@given(
    regions=st.lists(
        st.tuples(st.booleans(), st.integers(0, SHORT), st.integers(0, SHORT + 99)),
        min_size=1,
        max_size=12,
    ),
    block=st.integers(100, 1_500),
)
def test_regions_that_come_and_go_do_not_click(
    regions: list[tuple[bool, int, int]], block: int
) -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SHORT))))
        one.set_loop(WHOLE)
        one.play()
        heard = [listen(one, 2_000, block=block)]
        for enabled, start, stop in regions:
            one.set_loop(Loop(start=start, stop=stop) if enabled else WHOLE)
            heard.append(listen(one, 3_000, block=block))
            assert 0 <= one.position <= SHORT
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_a_region_whose_sound_is_not_there_waits_for_it() -> None:
    song = tone(SAMPLES)
    part = Tape(samples=SAMPLES, frame_samples=FRAME_SAMPLES, slots=40)
    padded = np.pad(song, ((0, 0), (0, FRAME_SAMPLES)))
    frames = padded[:, : 30 * FRAME_SAMPLES].reshape(2, 30, FRAME_SAMPLES)
    for frame in range(10, 30):
        part.write(frame, frames[:, frame], playhead=10 * FRAME_SAMPLES)
    with player() as (one, _):
        one.hand_over(handover(part, jump=Jump(position=25_000)))
        one.play()
        before = listen(one, 2_000)
        one.set_loop(Loop(start=3_000, stop=27_500))
        waiting = listen(one, 5_000)
        assert one.position == 32_000
        one.hand_over(handover(part, jump=Jump(position=21_000)))
        for frame in range(10):
            part.write(frame, frames[:, frame], playhead=25_000)
        after = listen(one, 10_000)
        assert one.position < 8_000
    assert roughness(np.concatenate([before, waiting, after], axis=1)) < CLICK


def test_held_back_it_fades_waits_and_loses_nothing() -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.play()
        heard = [listen(one, 9_000)]
        one.hold_back(True)
        heard.append(listen(one, 3_000))
        assert one.silent
        assert one.playing
        assert one.position == 9_000 + RAMP_SAMPLES
        one.hold_back(False)
        heard.append(listen(one, 3_000))
        assert one.position == 12_000 + RAMP_SAMPLES
    assert roughness(np.concatenate(heard, axis=1)) < CLICK


def test_the_board_says_where_the_sound_heard_now_lies() -> None:
    buffer = np.zeros((1_000, 2), np.float32)
    with player() as (one, board):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.set_loop(WHOLE)
        one.play()
        places: list[float] = []
        for _ in range(5):
            one.fill(buffer, latency=1_500)
            places.append(status(board, "position"))
        jump = Jump(position=30_000)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        for _ in range(3):
            one.fill(buffer, latency=1_500)
            places.append(status(board, "position"))
        jump = Jump(position=SAMPLES - 500)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump))
        one.fill(buffer)
        one.fill(buffer, latency=700)
        places.append(status(board, "position"))
        assert status(board, "playing") == 1
    assert places[:5] == [0, 0, 500, 1_500, 2_500]
    assert places[5:8] == [30_000, 30_000, 30_500]
    assert places[8] == SAMPLES - 200


def test_when_paused_the_board_comes_to_the_playhead() -> None:
    buffer = np.zeros((1_000, 2), np.float32)
    with player() as (one, board):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.play()
        for _ in range(5):
            one.fill(buffer, latency=1_500)
        one.pause()
        for _ in range(8):
            one.fill(buffer, latency=1_500)
        assert status(board, "position") == one.position == 5_000 + RAMP_SAMPLES


def test_a_buffer_that_comes_late_is_counted_where_it_could_be_heard() -> None:
    buffer = np.zeros((1_000, 2), np.float32)
    with player() as (one, board):
        one.hand_over(handover(tape_of(tone(SAMPLES))))
        one.fill(buffer)
        one.fill(buffer, late=True)
        assert status(board, "underruns") == 0, "nothing but silence came late"
        one.play()
        one.fill(buffer)
        one.fill(buffer, late=True)
        assert status(board, "underruns") == 1


def test_a_point_is_said_to_sound_once_and_only_when_it_does() -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(SAMPLES)), stamp=1))
        listen(one, 500)
        assert not one.sounded
        one.play()
        listen(one, 500)
        one.hand_over(handover(tape_of(tone(SAMPLES)), stamp=2))
        listen(one, 500)
        jump = Jump(position=9_000)
        one.hand_over(handover(tape_of(tone(SAMPLES)), jump=jump, stamp=2))
        listen(one, 500)
        assert [point.stamp for point in one.sounded] == [2]
        assert 0 < one.sounded[0].delay_ns < 20e9


def test_a_jump_while_the_sound_fades_out_comes_to_rest_where_it_leads() -> None:
    with player() as (one, _):
        tape = tape_of(tone(50_000))
        one.hand_over(handover(tape))
        one.play()
        heard = [listen(one, 9_000)]
        one.pause()
        heard.append(listen(one, 220))  # the fade has begun
        one.hand_over(handover(tape_of(tone(50_000)), jump=Jump(position=30_000)))
        heard.append(listen(one, 4_000))
        assert one.silent
        assert one.position == 30_000
    assert roughness(np.concatenate(heard, axis=1)) < CLICK
