from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from explorer.engine import protocol
from explorer.session.session import Session
from explorer.widgets.device_dialog import DeviceDialog
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine

DEVICES = ("Built-in", "Interface")


def list_devices(session: Session, *names: str, device: str | None) -> None:
    session.reception.take(
        protocol.DevicesListed(devices=names, device=device, latency_ms=50.0)
    )


@pytest.fixture
def dialog(
    window: MainWindow, session: Session, qtbot: QtBot
) -> Iterator[DeviceDialog]:
    list_devices(session, *DEVICES, device="Built-in")
    shown = DeviceDialog(session, window)
    qtbot.addWidget(shown)
    shown.show()
    yield shown
    shown.close()


def choices(dialog: DeviceDialog) -> list[str]:
    return [dialog.devices.itemText(i) for i in range(dialog.devices.count())]


def choose(dialog: DeviceDialog, text: str) -> None:
    index = dialog.devices.findText(text)
    dialog.devices.setCurrentIndex(index)
    dialog.devices.activated.emit(index)


def test_a_device_is_chosen_by_name(dialog: DeviceDialog, engine: FakeEngine) -> None:
    assert choices(dialog) == ["The system's default", *DEVICES]
    choose(dialog, "Interface")
    assert engine.heard[-1] == protocol.SetDevice(name="Interface", latency_ms=50.0)
    choose(dialog, "The system's default")
    assert engine.heard[-1] == protocol.SetDevice(name=None, latency_ms=50.0)


def test_the_buffer_goes_with_the_device(
    dialog: DeviceDialog, engine: FakeEngine
) -> None:
    choose(dialog, "Interface")
    dialog.latency.setValue(20)
    assert engine.heard[-1] == protocol.SetDevice(name="Interface", latency_ms=20.0)


def test_devices_come_and_go_and_the_chosen_one_is_kept(
    dialog: DeviceDialog, session: Session, engine: FakeEngine
) -> None:
    choose(dialog, "Interface")
    dialog.refresh.click()
    assert engine.heard[-1] == protocol.RefreshDevices()
    heard = len(engine.heard)
    list_devices(session, "Built-in", "Headset", device="Built-in")
    assert choices(dialog)[1:] == ["Built-in", "Headset", "Interface  (not there)"]
    assert dialog.devices.currentData() == "Interface"
    assert len(engine.heard) == heard, "showing is not choosing"


def test_it_looks_for_devices_when_opened_but_not_into_the_music(
    window: MainWindow, session: Session, engine: FakeEngine
) -> None:
    engine.heard.clear()
    DeviceDialog(session, window).reject()
    assert protocol.RefreshDevices() in engine.heard
    session.transport.play()
    engine.heard.clear()
    DeviceDialog(session, window).reject()
    assert protocol.RefreshDevices() not in engine.heard


def test_a_closed_dialog_listens_no_more(
    dialog: DeviceDialog, session: Session
) -> None:
    dialog.reject()
    list_devices(session, "Headset", device="Headset")
    assert "Headset" not in choices(dialog)
