import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.engine import stage as stage_module
from explorer.engine.protocol import (
    AxesMeasured,
    ModelOpened,
    OpenModel,
    OpenSong,
    PictureSlice,
    Progress,
    SongOpened,
)
from tests.explorer.engine.doubles import Floats, wait_until
from tests.explorer.engine.room import Room
from tests.models import TINY


def test_the_axes_are_measured_after_the_picture_and_anew(room: Room) -> None:
    room.open_both()
    wait_until(lambda: bool(room.events.of(AxesMeasured)))
    kinds = [type(event) for event in room.events]
    drawn = max(n for n, kind in enumerate(kinds) if kind is PictureSlice)
    assert kinds.index(AxesMeasured) > drawn
    measured = room.events.of(AxesMeasured)[0]
    assert measured.request == 2
    assert measured.change_db.shape == (TINY.latent_size,)
    assert measured.change_db.min() > 0.0
    assert room.answer(OpenModel(request=3, path=room.model)) is None
    wait_until(lambda: len(room.events.of(AxesMeasured)) == 2)
    assert room.events.of(AxesMeasured)[1].request == 3


def endless(begun: threading.Event) -> Callable[..., Floats]:
    """A way to read a sound that only ends when it is given up."""

    def read(_path: Path, progress: Callable[[float], None]) -> Floats:
        while True:
            progress(0.5)
            begun.set()
            time.sleep(0.001)

    return read


def test_progress_only_grows_and_names_what_is_done(room: Room) -> None:
    room.open_both()
    said = [event for event in room.events.of(Progress) if event.request == 2]
    fractions = [event.fraction for event in said]
    assert fractions == sorted(fractions)
    assert 0.0 <= fractions[0] <= fractions[-1] <= 1.0
    assert {event.label for event in said} <= {
        "Reading notes.wav",
        "Encoding notes.wav",
    }


def test_a_request_under_way_and_one_behind_it_can_be_given_up(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.open_both()
    begun = threading.Event()
    monkeypatch.setattr(stage_module, "open_song", endless(begun))
    room.desk.ask(OpenSong(request=3, path=room.song))
    room.desk.ask(OpenModel(request=4, path=room.model))
    room.desk.ask(OpenModel(request=5, path=room.model))
    assert begun.wait(20.0)
    room.desk.cancel(4)
    room.desk.cancel(3)
    room.desk.cancel(99)
    for number in (3, 4):
        failure = room.wait_for_answer(number)
        assert failure is not None
        assert failure.cancelled
    assert room.wait_for_answer(5) is None
    assert len(room.events.of(SongOpened)) == 2
    assert len(room.events.of(ModelOpened)) == 2


def test_progress_is_told_at_most_twenty_times_a_second(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.open_both()
    monkeypatch.setattr(stage_module, "open_song", endless(threading.Event()))
    began_s = time.monotonic()
    room.desk.ask(OpenSong(request=3, path=room.song))

    def told() -> int:
        return sum(event.request == 3 for event in room.events.of(Progress))

    wait_until(lambda: told() >= 5)
    room.desk.cancel(3)
    room.wait_for_answer(3)
    assert told() <= 3 + 20 * (time.monotonic() - began_s)


def test_a_fault_of_the_program_is_an_answer_and_a_log(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_args: object) -> Floats:
        raise MemoryError("too long")

    monkeypatch.setattr(stage_module, "open_song", fail)
    assert room.answer(OpenModel(request=1, path=room.model)) is None
    failure = room.answer(OpenSong(request=2, path=room.song))
    assert failure is not None
    assert "too long" in failure.message
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
