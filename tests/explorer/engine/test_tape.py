import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.engine.tape import ABSENT, ATTACK_SAMPLES, FADE_SAMPLES, WHOLE, Loop, Tape
from tests.explorer.engine.doubles import Floats, staircase, tape_of

FRAME = 1_000
SAMPLES = 9_500


def read(tape: Tape, position: int, count: int, *, loop: Loop | None = None) -> Floats:
    out = np.full((count, 2), np.nan, np.float32)
    tape.read(position, out, loop=loop)
    return out.T


def blank(slots: int = 10) -> Tape:
    return Tape(samples=SAMPLES, frame_samples=FRAME, slots=slots)


def write(tape: Tape, frame: int, *, playhead: int = 0) -> None:
    tape.write(frame, np.full((2, FRAME), frame, np.float32), playhead=playhead)


@given(
    position=st.integers(ATTACK_SAMPLES, SAMPLES - FADE_SAMPLES - 1),
    count=st.integers(1, 3_000),
)
def test_what_was_written_is_read_to_the_sample(position: int, count: int) -> None:
    sound = staircase(SAMPLES)
    count = min(count, SAMPLES - FADE_SAMPLES - position)
    heard = read(tape_of(sound, frame_samples=FRAME), position, count)
    assert np.array_equal(heard, sound[:, position : position + count])


@given(cut=st.integers(0, SAMPLES), loop=st.booleans())
def test_the_ends_are_soft_however_the_song_is_cut(cut: int, loop: bool) -> None:
    tape = tape_of(np.ones((2, SAMPLES), np.float32), frame_samples=FRAME)
    heard = np.concatenate([read(tape, 0, cut), read(tape, cut, SAMPLES - cut)], axis=1)
    assert np.abs(np.diff(heard, prepend=0.0, append=0.0)).max() < 1 / 200
    assert heard[0, ATTACK_SAMPLES:-FADE_SAMPLES].min() == 1.0
    around = read(tape, SAMPLES - 2_000, 4_000, loop=WHOLE if loop else None)
    assert np.array_equal(around[:, :2_000], heard[:, -2_000:])
    after = heard[:, :2_000] if loop else np.zeros((2, 2_000))
    assert np.array_equal(around[:, 2_000:], after)


def test_one_channel_goes_to_both_sides() -> None:
    tape = blank()
    tape.write(3, np.full((1, FRAME), 0.5, np.float32), playhead=0)
    assert read(tape, 3_000, FRAME).tolist() == [[0.5] * FRAME] * 2


def test_a_missing_frame_is_silent_and_named() -> None:
    tape = blank()
    for frame in (2, 3, 5):
        write(tape, frame)
    assert read(tape, 3_900, 200).tolist() == [[3.0] * 100 + [0.0] * 100] * 2
    assert tape.missing(2_500, 1_500) == ABSENT
    assert tape.missing(2_500, 1_501) == 4
    assert tape.covers(5_999, 1, loop=WHOLE)
    assert not tape.covers(5_999, 2, loop=WHOLE)


def test_past_the_end_the_start_is_needed_only_in_a_loop() -> None:
    tape = blank()
    write(tape, 9)
    assert tape.covers(9_400, 1_000, loop=None)
    assert tape.missing(9_400, 1_000, loop=WHOLE) == 0
    assert tape.covers(SAMPLES, 10, loop=None)


@pytest.mark.parametrize(
    ("written", "position", "count", "limit", "expected"),
    [
        ([], 0, 2_000, 9, (0, 2)),
        ([], 0, 2_001, 9, (0, 3)),
        ([], 500, 9_000, 2, (0, 2)),
        ([0], 500, 2_600, 9, (1, 4)),
        ([0, 2], 500, 2_600, 9, (1, 2)),
        ([8, 9], 8_500, 3_000, 9, (0, 2)),
        ([], 8_500, 3_000, 9, (8, 10)),
        ([], SAMPLES, 1_500, 9, (0, 2)),
        ([0, 1], 0, 2_000, 9, (0, 0)),
        (list(range(10)), 4_000, 99_000, 9, (0, 0)),
    ],
)
def test_a_gap_is_the_first_run_of_missing_frames(
    written: list[int],
    position: int,
    count: int,
    limit: int,
    expected: tuple[int, int],
) -> None:
    tape = blank()
    for frame in written:
        write(tape, frame)
    assert tape.gap(position, count, limit=limit) == expected


def test_a_full_tape_gives_up_the_frame_just_played() -> None:
    tape = blank(slots=3)
    for frame in (4, 5, 6):
        write(tape, frame, playhead=4_000)
    write(tape, 7, playhead=5_100)
    assert tape.missing(4_000, 1) == 4
    assert tape.covers(5_000, 3_000, loop=None)
    assert read(tape, 7_000, 1).tolist() == [[7.0], [7.0]]


def test_around_the_end_of_the_song_the_start_is_kept() -> None:
    tape = blank(slots=3)
    for frame in (8, 9, 0):
        write(tape, frame, playhead=8_900)
    write(tape, 1, playhead=9_100)
    assert tape.covers(9_100, 2_000, loop=WHOLE)
    assert tape.missing(8_000, 1) == 8


def test_a_cleared_tape_holds_nothing() -> None:
    tape = tape_of(staircase(SAMPLES), frame_samples=FRAME)
    tape.clear()
    assert [tape.missing(frame * FRAME, 1) for frame in range(10)] == list(range(10))
