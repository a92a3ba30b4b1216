from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from explorer.engine import device as device_module
from explorer.engine import patchbay as patchbay_module
from explorer.engine.patchbay import Patchbay
from explorer.engine.protocol import (
    UNASKED,
    DevicesListed,
    Failed,
    RefreshDevices,
    SetDevice,
    SoundLost,
)
from explorer.engine.stream import Sound
from tests.explorer.engine.doubles import Events, Shop, player, wait_until

NAMES = ("Speakers", "Phones")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_module, "rescan", lambda: None)
    monkeypatch.setattr(patchbay_module, "RETRY_S", 0.1)
    monkeypatch.setattr(patchbay_module, "device_names", lambda: NAMES)


@contextmanager
def patchbay(shop: Shop) -> Iterator[tuple[Patchbay, Events]]:
    events = Events()
    with player() as (one, _):
        sound = Sound(one, shop.open)
        bay = Patchbay(sound, events.append)
        bay.start()
        try:
            yield bay, events
        finally:
            bay.close(20.0)
            sound.close()


def lists(events: Events) -> list[str | None]:
    return [event.device for event in events.of(DevicesListed)]


def test_the_devices_are_listed_at_first_and_after_each_command() -> None:
    with patchbay(Shop("Speakers", "Phones")) as (bay, events):
        bay.ask(SetDevice(name="Phones", latency_ms=60.0))
        bay.ask(RefreshDevices())
        wait_until(lambda: len(lists(events)) == 3)
        assert lists(events) == ["Speakers", "Phones", "Phones"]
        assert events.of(DevicesListed)[0].devices == NAMES
        assert events.of(DevicesListed)[-1].latency_ms == 60.0
    assert not events.of(Failed)


def test_a_device_that_cannot_be_opened_is_told_and_the_old_one_goes_on() -> None:
    with patchbay(Shop("Speakers")) as (bay, events):
        bay.ask(SetDevice(name="Phones", latency_ms=60.0))
        wait_until(lambda: len(lists(events)) == 2)
        assert lists(events) == ["Speakers", "Speakers"]
        failed = events.of(Failed)
        assert [one.request for one in failed] == [UNASKED]
        assert "Phones" in failed[0].message


def test_a_device_that_is_lost_is_taken_up_when_it_is_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shop = Shop("Speakers")
    with patchbay(shop) as (_, events):
        shop.names.clear()
        shop.opened[0].said = "The sound device “Speakers” went away."
        wait_until(lambda: lists(events) == ["Speakers", None])
        assert [lost.reason for lost in events.of(SoundLost)] == [shop.opened[0].said]
        shop.names.add("Speakers")
        wait_until(lambda: lists(events) == ["Speakers", None, "Speakers"])
    assert len(events.of(SoundLost)) == 1
    assert "went away" in caplog.text


def test_what_goes_wrong_inside_is_told_and_survived(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shop = Shop("Speakers")
    with patchbay(shop) as (bay, events):
        bay.ask(SetDevice(name="Speakers", latency_ms="soon"))  # type: ignore[arg-type]  # on purpose
        wait_until(lambda: bool(events.of(Failed)))
        bay.ask(SetDevice(name="Speakers", latency_ms=50.0))
        wait_until(lambda: len(shop.opened) == 2)
    assert "a device command failed" in caplog.text
