"""Whether there is a screen: asked before Qt, which ends a program without one."""

import ctypes
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE_S = 2.0  # for a screen server to answer
X_SOCKETS = Path("/tmp/.X11-unix")
X_PORT = 6000
X_NAME = re.compile(r"^(?:(?P<host>[^/]*)/)?(?P<name>[^:]*):(?P<number>\d+)(?:\.\d+)?$")


def display_fault(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened here, in one sentence; None where one can be."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return None
    wayland, x_name = (
        environment.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY")
    )
    if not wayland and not x_name:
        return (
            "there is no display here: neither DISPLAY nor WAYLAND_DISPLAY is set "
            "(with QT_QPA_PLATFORM=offscreen it runs without one)"
        )
    if wayland and _answers(_wayland_address(wayland, environment)):
        return None
    if not x_name:
        return f"the display {wayland} (WAYLAND_DISPLAY) does not answer"
    if not any(_answers(address) for address in _x_addresses(x_name)):
        return f"the display {x_name} (DISPLAY) does not answer"
    return _x_library_fault()


def _wayland_address(name: str, environment: Mapping[str, str]) -> str:
    return str(Path(environment.get("XDG_RUNTIME_DIR", "/run")) / name)


def _x_addresses(name: str) -> list[str | tuple[str, int]]:
    """Where the X server of a name may listen; none where the name makes no sense."""
    if name.startswith("/"):  # a socket's own path, as on macOS
        return [name]
    match = X_NAME.match(name)
    if match is None:
        return []
    number, host = int(match["number"]), match["name"]
    if host and host != "unix":
        return [(host, X_PORT + number)]
    path = str(X_SOCKETS / f"X{number}")
    return [f"\0{path}", path]


def _answers(address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, PATIENCE_S).close()
        else:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(PATIENCE_S)
                client.connect(address)
    except (OSError, ValueError):
        return False
    return True


def _x_library_fault() -> str | None:
    """Which system library Qt's own X plugin lacks, or None."""
    found = importlib.util.find_spec("PySide6")
    if found is None or not found.submodule_search_locations:
        return None
    folder = Path(found.submodule_search_locations[0])
    plugin = folder / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return library_fault(error)
    return None


def library_fault(error: Exception) -> str:
    """What is missing when a library cannot be loaded, and how to get it."""
    library = re.search(r"(lib[\w+.-]+\.so[\w.]*)", str(error))
    if library is None:
        return f"the window's library cannot be loaded: {error}"
    return (
        f"the system library {library[1]} is missing; on Debian and Ubuntu: sudo apt "
        "install libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
        "libxcb-keysyms1 libxcb-shape0 libdbus-1-3 libfontconfig1"
    )
