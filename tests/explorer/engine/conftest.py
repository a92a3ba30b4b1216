"""A desk at work, for the tests that ask it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.explorer.engine.room import Room, at_work


@pytest.fixture(name="room")
def _room(tmp_path: Path) -> Iterator[Room]:
    with at_work(tmp_path) as room:
        yield room
