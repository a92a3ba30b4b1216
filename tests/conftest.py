"""What every test stands on: no screen, no sound card, no one's own folders."""

import os
import tempfile
from collections.abc import Iterator

import hypothesis
import pytest

from tests.screen import screen
from tests.sound_server import SoundServer, sound_server

# Before anything imports Qt; a test that wants a real screen asks for `x_screen`.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Before anything imports torch: networks as small as those of tests are not worth
# sharing, and threads that wait for one another on a busy machine take ages.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A property is tried on the same examples every time; a busy machine is no failure.
hypothesis.settings.register_profile("seeded", deadline=None, derandomize=True)
hypothesis.settings.load_profile("seeded")

# Before anything asks for a folder of the person who runs the tests.
_home = tempfile.TemporaryDirectory(prefix="home-")
for _kind in ("CACHE", "CONFIG", "DATA", "STATE"):
    os.environ[f"XDG_{_kind}_HOME"] = f"{_home.name}/{_kind.lower()}"
os.environ["XDG_MUSIC_DIR"] = f"{_home.name}/music"


def pytest_unconfigure() -> None:
    _home.cleanup()


@pytest.fixture(scope="session", name="sound_server")
def _sound_server() -> Iterator[SoundServer]:
    """A sound card for this process and its children; `record()` hears it."""
    with sound_server() as server:
        yield server


@pytest.fixture(scope="session")
def x_screen() -> Iterator[dict[str, str]]:
    """The environment of a child process that shall draw on a real screen."""
    with screen() as environment:
        yield environment
