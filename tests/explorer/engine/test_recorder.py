from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from explorer.engine.player import Player
from explorer.engine.protocol import Failed, Recorded, StartRecording, StopRecording
from explorer.engine.recorder import Recorder
from explorer.engine.tap import CAPACITY, Tap
from tests.disk import room_for
from tests.explorer.engine.doubles import (
    Events,
    handover,
    listen,
    player,
    tape_of,
    tone,
    wait_until,
)


@contextmanager
def recorder() -> Iterator[tuple[Recorder, Player, Events]]:
    events = Events()
    with player() as (one, _):
        recording = Recorder(one, events.append)
        yield recording, one, events
        recording.close(20.0)


def test_what_is_heard_is_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with recorder() as (recording, one, events):
        one.hand_over(handover(tape_of(tone(100_000))))
        one.play()
        recording.ask(StartRecording(request=1, path=path, format="wav_float"))
        heard = listen(one, 30_000)
        recording.ask(StopRecording(request=1))
        wait_until(lambda: bool(events.of(Recorded)))
        listen(one, 10_000)
    written, rate = soundfile.read(path, dtype="float32")
    assert rate == 44_100
    assert np.array_equal(written.T, heard)
    assert np.abs(heard).max() > 0.1
    assert events.of(Recorded)[0].duration_s == pytest.approx(30_000 / 44_100)


def test_a_recording_given_up_leaves_nothing_and_another_can_begin(
    tmp_path: Path,
) -> None:
    path = tmp_path / "take.flac"
    with recorder() as (recording, one, events):
        recording.ask(StartRecording(request=1, path=path))
        listen(one, 1_000)
        recording.ask(StartRecording(request=2, path=path))
        assert "stopped first" in events.of(Failed)[0].message
        recording.cancel(1)
        wait_until(lambda: len(events.of(Failed)) == 2)
        assert events.of(Failed)[1].cancelled
        assert not list(tmp_path.iterdir())
        recording.ask(StartRecording(request=3, path=path))
        listen(one, 1_000)
    assert soundfile.info(path).frames == 1_000  # completed when the engine ends


def test_a_recording_begun_while_another_is_completed_loses_nothing(
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first.wav", tmp_path / "second.wav"
    with recorder() as (recording, one, events):
        recording.ask(StartRecording(request=1, path=first))
        listen(one, 1_000)
        recording.ask(StopRecording(request=1))
        recording.ask(StartRecording(request=2, path=second))
        wait_until(lambda: len(events.of(Recorded)) == 1)
        listen(one, 2_000)
        recording.ask(StopRecording(request=2))
        wait_until(lambda: len(events.of(Recorded)) == 2)
    assert soundfile.info(second).frames == 2_000


def test_a_recording_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with recorder() as (recording, one, events):
        recording.ask(StartRecording(request=1, path=tmp_path / "no" / "take.wav"))
        wait_until(lambda: bool(events.of(Failed)))
        assert "cannot be written" in events.of(Failed)[0].message
        wait_until(lambda: one.tap is None)


def test_what_was_recorded_before_the_disk_was_full_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with recorder() as (recording, one, events):
        one.hand_over(handover(tape_of(tone(400_000))))
        one.play()
        recording.ask(StartRecording(request=1, path=path, format="wav_float"))
        heard = listen(one, 20_000)
        wait_until(lambda: any(f.stat().st_size > 160_000 for f in tmp_path.iterdir()))
        with room_for(400_000):
            listen(one, 50_000)
            wait_until(lambda: bool(events.of(Recorded)))
    (done,) = events.of(Recorded)
    assert "cannot be written: File too large" in done.remark
    written = soundfile.read(path, dtype="float32")[0]
    assert np.array_equal(written[:20_000].T, heard)
    assert done.duration_s == pytest.approx(20_000 / 44_100)
    assert list(tmp_path.iterdir()) == [path]


def test_a_tap_that_nobody_empties_says_what_it_lost() -> None:
    tap = Tap()
    block = np.ones((CAPACITY // 2 - 100, 2), np.float32)
    for _ in range(3):
        tap.fill(block)
    assert tap.lost == len(block)
    assert tap.empty().shape == (2, 2 * len(block))
    tap.fill(2 * block)  # round the end of the ring
    assert np.array_equal(tap.empty(), 2 * block.T)
