import sys
import time
from typing import Any

import numpy as np
import pytest

from explorer.engine import device as device_module
from explorer.engine.device import Device, SoundError, device_names
from explorer.engine.player import Player
from explorer.engine.stream import Clock, Output, Sound
from tests.explorer.engine.doubles import (
    CLICK,
    SAMPLE_RATE,
    Dying,
    Floats,
    Shop,
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

LONG_MS = 180.0  # of sound in a device's buffer: a busy machine may be late by that


def refuse(_player: Player, _name: str | None, _latency_ms: float) -> Dying:
    raise SoundError("There is no sound output device.")


@pytest.fixture(autouse=True)
def _no_rescan(monkeypatch: pytest.MonkeyPatch) -> None:
    if "sounddevice" not in sys.modules:
        monkeypatch.setattr(device_module, "rescan", lambda: None)


def test_another_device_is_opened_before_the_old_one_is_let_go() -> None:
    shop = Shop("Speakers", "Phones")
    with player() as (one, _):
        sound = Sound(one, shop.open)
        assert shop.begun == ["Speakers"]
        sound.use("Phones", 50.0)
        assert (sound.device, sound.output) == ("Phones", Output("Phones", 50.0))
        assert shop.begun == ["Phones"]
        assert [device.closed for device in shop.opened] == [True, False]
        sound.use("Phones", 9_999.0)
        assert shop.opened[-1].latency_ms == 200.0
        sound.use("Phones", 200.0)
        assert len(shop.opened) == 3
        sound.close()


def test_a_device_that_cannot_be_opened_leaves_the_one_before() -> None:
    shop = Shop("Speakers")
    with player() as (one, _):
        sound = Sound(one, shop.open)
        with pytest.raises(SoundError, match="Phones"):
            sound.use("Phones", 30.0)
        assert (sound.device, sound.reason) == ("Speakers", "")
        assert (shop.begun, len(shop.opened)) == (["Speakers"], 1)
        sound.close()


def test_a_device_that_opens_only_once_is_let_go_first() -> None:
    shop = Shop("Speakers")
    shop.only_once = True
    with player() as (one, _):
        sound = Sound(one, shop.open)
        sound.use("Speakers", 100.0)
        assert (shop.begun, shop.opened[-1].latency_ms) == (["Speakers"], 100.0)
        assert sound.output == Output("Speakers", 100.0)
        sound.close()


def test_a_lost_device_is_taken_up_again_when_it_is_back() -> None:
    shop = Shop("Speakers", "Phones")
    with player() as (one, _):
        sound = Sound(one, shop.open)
        sound.use("Phones", 40.0)
        shop.names.remove("Phones")
        shop.opened[-1].said = "The sound device “Phones” went away."
        assert sound.check() == "The sound device “Phones” went away."
        assert sound.device is None
        assert "no sound device" in sound.refresh()
        assert sound.refresh() == ""
        wait_until(lambda: one.blocks > 3)
        shop.names.add("Phones")
        assert sound.refresh() == ""
        assert sound.output == Output("Phones", 40.0)
        assert (shop.begun, sound.reason) == (["Phones"], "")
        blocks = one.blocks
        time.sleep(0.03)
        assert one.blocks == blocks
        sound.close()


def test_without_a_device_time_goes_on_in_silence() -> None:
    with player() as (one, _):
        sound = Sound(one, refuse)
        assert sound.device is None
        assert sound.reason == "There is no sound output device."
        one.hand_over(handover(tape_of(tone(100 * SAMPLE_RATE))))
        one.play()

        def seconds_for_a_quarter() -> float:
            began_s, began = time.monotonic(), one.position
            wait_until(lambda: one.position > began + SAMPLE_RATE // 4)
            return time.monotonic() - began_s

        # A busy machine may hold the clock up, but not every time.
        undisturbed(seconds_for_a_quarter, lambda took_s: abs(took_s - 0.25) < 0.1)
        sound.close()
        assert sound.check() == ""
        blocks = one.blocks
        time.sleep(0.03)
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
        clock.begin()
        wait_until(lambda: one.blocks >= 1)
        began_s, began = time.monotonic(), one.position
        wait_until(lambda: one.position > began + 0.3 * SAMPLE_RATE)
        clock.close()
        assert time.monotonic() - began_s > 0.15


def test_a_device_that_goes_away_is_told_once_and_the_clock_takes_over() -> None:
    with player() as (one, _):
        shop = Shop("Speakers")
        sound = Sound(one, shop.open)
        device = shop.opened[0]
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


def test_a_device_plays_what_the_player_gives(
    sound_server: SoundServer, capfd: pytest.CaptureFixture[str]
) -> None:
    def play_a_second() -> tuple[Floats, int, float]:
        with sound_server.record() as recording, player() as (one, board):
            sound = Sound(one)
            assert sound.reason == ""
            sound.use(None, LONG_MS)
            one.hand_over(handover(tape_of(tone(10 * SAMPLE_RATE, level=0.5))))
            one.play()
            recording.wait_for(lambda: one.position > SAMPLE_RATE)
            one.pause()
            recording.wait_for(lambda: one.silent)
            recording.wait_for_seconds(0.5)
            assert sound.check() == ""
            sound.close()
            return recording.stop(), one.position, status(board, "underruns")

    def whole(result: tuple[Floats, int, float]) -> bool:
        heard, samples, underruns = result
        loud = np.flatnonzero(np.abs(heard).max(axis=0, initial=0) > 0.01)
        length = int(loud[-1] - loud[0]) if len(loud) else 0
        smooth = roughness(heard) < CLICK
        return underruns == 0 and abs(length - samples) < 400 and smooth

    # A click or a gap that the program makes comes every time.
    undisturbed(play_a_second, whole, capfd)


def test_five_changes_of_device_do_not_click(
    sound_server: SoundServer, capfd: pytest.CaptureFixture[str]
) -> None:
    def play_on() -> tuple[Floats, int, float]:
        with sound_server.record() as recording, player() as (one, board):
            sound = Sound(one)
            sound.use(None, LONG_MS)
            names = device_names()
            one.hand_over(handover(tape_of(tone(10 * SAMPLE_RATE, level=0.5))))
            one.play()
            recording.wait_for(lambda: one.position > SAMPLE_RATE // 4)
            for turn, latency_ms in enumerate((150.0, 200.0, 170.0)):
                sound.use(names[turn % len(names)], latency_ms)
                recording.wait_for_seconds(0.2)
            with pytest.raises(SoundError, match="Nowhere"):
                sound.use("Nowhere", LONG_MS)
            for _ in range(2):
                assert sound.refresh() == ""
                recording.wait_for_seconds(0.2)
            one.pause()
            recording.wait_for(lambda: one.silent)
            recording.wait_for_seconds(0.3)
            sound.close()
            assert sound.device is not None
            return recording.stop(), one.position, status(board, "underruns")

    def smooth(result: tuple[Floats, int, float]) -> bool:
        return result[2] == 0 and roughness(result[0]) < CLICK

    # A click that the program makes comes every time; a busy machine's does not.
    _, samples, _ = undisturbed(play_on, smooth, capfd)
    assert samples > SAMPLE_RATE


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
        clock.begin()
        wait_until(lambda: bool(caplog.records))
        clock.close()
    assert "broken" in caplog.text
