from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from explorer.services.settings import Settings
from explorer.session.session import Session


def settings(folder: Path) -> Settings:
    store = QSettings(str(folder / "explorer.ini"), QSettings.Format.IniFormat)
    return Settings(store)


def test_what_was_set_is_there_the_next_time(tmp_path: Path) -> None:
    session = Session()
    session.set_gain_db(-7.5)
    session.set_loop(True)
    session.places.songs = tmp_path
    settings(tmp_path).keep(session)
    settings(tmp_path).keep_geometry(QByteArray(b"here"))
    later = Session()
    settings(tmp_path).restore(later)
    assert later.playback.gain_db == pytest.approx(-7.5)
    assert later.playback.loop
    assert later.places.songs == tmp_path
    assert later.places.models is None
    assert settings(tmp_path).geometry == QByteArray(b"here")


def test_nothing_remembered_is_nothing_changed(tmp_path: Path) -> None:
    session = Session()
    settings(tmp_path).restore(session)
    assert session.playback.gain_db == 0.0
    assert not session.playback.loop
    assert settings(tmp_path).geometry is None


@pytest.mark.parametrize("gain", ["loud", "nan", "1e99", "-inf"])
def test_nonsense_in_the_file_does_no_harm(tmp_path: Path, gain: str) -> None:
    (tmp_path / "explorer.ini").write_text(
        f"[sound]\ngain_db={gain}\nloop=perhaps\n[folders]\nsongs=/no/such/folder\n"
        "[window]\ngeometry=3\n"
    )
    session = Session()
    settings(tmp_path).restore(session)
    assert -60.0 <= session.playback.gain_db <= 12.0
    assert session.places.songs is None
    assert settings(tmp_path).geometry is None
