import sys
import time
from typing import Any

import numpy as np
import pytest

from explorer.engine.player import Player
from explorer.engine.stream import Clock, Device, Sound, SoundError
from tests.explorer.engine.doubles import (
    CLICK,
    SAMPLE_RATE,
    Floats,
    handover,
    player,
    roughness,
    status,
    tape_of,
    tone,
    undisturbed,
    wait_until,
)
from tests.sound_server import SoundServer


class Dying:
    """A device that can be made to go away."""

    name = "Speakers"

    def __init__(self, _player: Player) -> None:
        self.said = ""
        self.closed = False

    def fault(self) -> str:
        return self.said

    def close(self) -> None:
        self.closed = True


def refuse(_player: Player) -> Dying:
    raise SoundError("There is no sound output device.")


def test_without_a_device_time_goes_on_in_silence() -> None:
    with player() as (one, _):
        sound = Sound(one, refuse)
        assert sound.device is None
        assert sound.reason == "There is no sound output device."
        one.hand_over(handover(tape_of(tone(10 * SAMPLE_RATE))))
        one.play()
        began_s = time.monotonic()
        wait_until(lambda: one.position > SAMPLE_RATE // 4)
        took_s = time.monotonic() - began_s
        sound.close()
        assert sound.check() == ""
        blocks = one.blocks
        assert took_s == pytest.approx(0.25, abs=0.2)
        assert one.blocks == blocks


def test_a_clock_that_was_held_up_lets_the_lost_time_go() -> None:
    with player() as (one, _):
        one.hand_over(handover(tape_of(tone(10 * SAMPLE_RATE))))
        one.play()
        fill = one.fill
        held: list[int] = []

        def hold_once(out: np.ndarray) -> None:
            if not held:
                held.append(1)
                time.sleep(0.5)
            fill(out)

        one.fill = hold_once  # type: ignore[method-assign, assignment]  # on purpose
        clock = Clock(one)
        wait_until(lambda: one.blocks >= 1)
        began_s, began = time.monotonic(), one.position
        wait_until(lambda: one.position > began + 0.3 * SAMPLE_RATE)
        clock.close()
        assert time.monotonic() - began_s > 0.15


def test_a_device_that_goes_away_is_told_once_and_the_clock_takes_over() -> None:
    with player() as (one, _):
        device = Dying(one)
        sound = Sound(one, lambda _: device)
        assert (sound.device, sound.reason) == ("Speakers", "")
        assert sound.check() == ""
        assert one.blocks == 0
        device.said = "The sound device “Speakers” went away."
        assert sound.check() == device.said
        assert device.closed
        assert (sound.device, sound.reason) == (None, device.said)
        assert sound.check() == ""
        wait_until(lambda: one.blocks > 3)
        sound.close()


def test_without_portaudio_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with player() as (one, _), pytest.raises(SoundError, match="PortAudio"):
        Device(one)


def test_a_device_plays_what_the_player_gives(sound_server: SoundServer) -> None:
    def play_a_second() -> tuple[Floats, int, float]:
        with sound_server.record() as recording, player() as (one, board):
            sound = Sound(one)
            assert sound.reason == ""
            one.hand_over(handover(tape_of(tone(10 * SAMPLE_RATE, level=0.5))))
            one.play()
            recording.wait_for(lambda: one.position > SAMPLE_RATE)
            one.pause()
            recording.wait_for(lambda: one.silent)
            recording.wait_for_seconds(0.5)
            assert sound.check() == ""
            sound.close()
            return recording.stop(), one.position, status(board, "underruns")

    heard, samples, _ = undisturbed(play_a_second, lambda result: result[2] == 0)
    loud = np.flatnonzero(np.abs(heard).max(axis=0) > 0.01)
    assert loud[-1] - loud[0] == pytest.approx(samples, abs=400)
    assert roughness(heard) < CLICK


def test_a_fault_in_the_callback_ends_in_words(sound_server: SoundServer) -> None:
    with player() as (one, _):
        fill = one.fill
        failed: list[int] = []

        def fail_once(*args: Any, **named: Any) -> None:
            if not failed:
                failed.append(1)
                raise RuntimeError("broken")
            fill(*args, **named)

        one.fill = fail_once  # type: ignore[method-assign]  # on purpose
        sound = Sound(one)
        faults: list[str] = []

        def told() -> bool:
            faults.append(sound.check())
            return faults[-1] != ""

        wait_until(told)
        wait_until(lambda: one.blocks > 3)
        sound.close()
    assert "broken" in faults[-1]


def test_a_fault_under_the_clock_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("broken")

    with player() as (one, _):
        one.fill = fail  # type: ignore[method-assign, assignment]  # on purpose
        clock = Clock(one)
        wait_until(lambda: bool(caplog.records))
        clock.close()
    assert "broken" in caplog.text
