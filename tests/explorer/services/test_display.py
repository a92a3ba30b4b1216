import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from explorer.services import display
from explorer.services.display import display_fault, library_fault

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux may be without a display"
)


@contextmanager
def server(address: str) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        yield


def test_without_a_display_it_says_so() -> None:
    fault = display_fault({})
    assert fault is not None
    assert "no display" in fault


def test_a_display_that_does_not_answer_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display, "X_SOCKETS", tmp_path)
    fault = display_fault({"DISPLAY": ":7"})
    assert fault == "the display :7 (DISPLAY) does not answer"
    fault = display_fault({"DISPLAY": "nonsense"})
    assert fault == "the display nonsense (DISPLAY) does not answer"
    runtime = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    fault = display_fault(runtime)
    assert fault == "the display wayland-0 (WAYLAND_DISPLAY) does not answer"


@pytest.mark.parametrize("name", [":7", ":7.0", "unix:7"])
@pytest.mark.parametrize("kind", ["", "\0"])
def test_a_display_that_answers_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    monkeypatch.setattr(display, "X_SOCKETS", tmp_path)
    with server(f"{kind}{tmp_path}/X7"):
        assert display_fault({"DISPLAY": name}) is None


def test_a_wayland_display_is_one(tmp_path: Path) -> None:
    with server(str(tmp_path / "wayland-0")):
        environment = {
            "WAYLAND_DISPLAY": "wayland-0",
            "XDG_RUNTIME_DIR": str(tmp_path),
        }
        assert display_fault(environment) is None


def test_whoever_names_a_platform_gets_it() -> None:
    assert display_fault({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_a_missing_library_is_named() -> None:
    error = ImportError("libEGL.so.1: cannot open shared object file: No such file")
    assert library_fault(error).startswith("the system library libEGL.so.1 is missing")
    assert "odd" in library_fault(OSError("odd"))
