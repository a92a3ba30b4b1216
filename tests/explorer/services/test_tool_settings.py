from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from explorer.services.tool_settings import LOCKED_KEYS, restore_tools, tools_kept
from explorer.session.session import Session
from tests.explorer.fake_engine import FakeEngine, fake_basis

L = 5


def store(folder: Path) -> QSettings:
    return QSettings(str(folder / "explorer.ini"), QSettings.Format.IniFormat)


def opened(folder: Path) -> Session:
    """A session as it begins: what was remembered comes before any model."""
    session = Session(read_basis=lambda _: fake_basis(L))
    restore_tools(store(folder), session)
    FakeEngine(session, latent_size=L, kept=8).start()
    return session


def test_how_the_tools_stand_is_there_the_next_time(tmp_path: Path) -> None:
    session = opened(tmp_path)
    session.tools.set_amount("mutate", 0.35)
    session.locks.set_first(3)
    session.locks.lock(2)
    session.coordinates.locks_of("ear").set_first(4)
    session.coordinates.locks_of("ear").lock(1)
    session.coordinates.choose("latents")
    settings = store(tmp_path)
    for key, value in tools_kept(session).items():
        settings.setValue(key, value)
    settings.sync()
    later = opened(tmp_path)
    assert later.tools.amounts == session.tools.amounts
    assert later.locks.first == 3
    assert later.locks.locked == {2}
    assert later.coordinates.locks_of("ear").first == 4
    assert later.coordinates.locks_of("ear").locked == {1}
    assert later.coordinates.kind == "latents"


def test_nothing_remembered_is_nothing_changed(tmp_path: Path) -> None:
    session = opened(tmp_path)
    fresh = Session()
    assert session.tools.amounts == fresh.tools.amounts
    assert session.locks.first is None
    assert not session.locks.locked
    assert session.coordinates.kind == "axes"


@pytest.mark.parametrize("value", ["loud", "nan", "1e99", "[1]", '{"a": 3}'])
def test_nonsense_in_the_file_does_no_harm(tmp_path: Path, value: str) -> None:
    settings = store(tmp_path)
    for key in ("tools/random", "tools/first", *LOCKED_KEYS.values(), "axes/sliders"):
        settings.setValue(key, value)
    settings.sync()
    session = opened(tmp_path)
    assert 0.0 <= session.tools.amounts.random <= 1.0
    assert not session.locks.locked
