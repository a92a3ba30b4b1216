from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from explorer.services.settings import Settings
from explorer.session.output import USUAL_LATENCY_MS
from explorer.session.session import Session


def settings(folder: Path) -> Settings:
    store = QSettings(str(folder / "explorer.ini"), QSettings.Format.IniFormat)
    return Settings(store)


def test_what_was_set_is_there_the_next_time(tmp_path: Path) -> None:
    session = Session()
    session.transport.set_gain_db(-7.5)
    session.transport.set_loop(True)
    session.places.songs = tmp_path
    session.names.show_model("abc")
    session.names.rename(3, "Warmth")
    session.output.set_limiter(False)
    session.guide.restore(["play", "sing"])
    session.output.choose_device("Interface", 20.0)
    settings(tmp_path).keep(session)
    settings(tmp_path).keep_theme("light")
    settings(tmp_path).keep_layout(QByteArray(b"docks"), QByteArray(b"split"))
    settings(tmp_path).keep_geometry(QByteArray(b"here"))
    later = Session()
    settings(tmp_path).restore(later)
    assert later.playback.gain_db == pytest.approx(-7.5)
    assert later.playback.loop
    assert not later.output.limiter
    assert later.guide.done == {"play"}
    assert later.output.wanted_device == "Interface"
    assert later.output.wanted_latency_ms == pytest.approx(20.0)
    assert settings(tmp_path).theme == "light"
    assert settings(tmp_path).layout_state == (
        QByteArray(b"docks"),
        QByteArray(b"split"),
    )
    assert later.places.songs == tmp_path
    assert later.places.models is None
    later.names.show_model("abc")
    assert later.names.of(3) == "Warmth"
    assert settings(tmp_path).geometry == QByteArray(b"here")


@pytest.mark.parametrize("ends", [(-15.0, 0.0), (-120.0, -105.0), (-60.0, -30.0)])
def test_how_the_picture_is_seen_is_there_the_next_time(
    tmp_path: Path, ends: tuple[float, float]
) -> None:
    session = Session()
    for _ in ends:
        session.view.set_floor_db(ends[0])
        session.view.set_top_db(ends[1])
    session.view.set_difference_db(6.0)
    session.view.set_frequency_axis("log")
    session.view.set_following(False)
    settings(tmp_path).keep(session)
    restored = Session()
    settings(tmp_path).restore(restored)
    later = restored.view
    assert (later.floor_db, later.top_db) == ends
    assert later.difference_db == 6.0
    assert later.frequency_axis == "log"
    assert not later.following


def test_nothing_remembered_is_nothing_changed(tmp_path: Path) -> None:
    session = Session()
    settings(tmp_path).restore(session)
    assert session.playback.gain_db == 0.0
    assert not session.playback.loop
    assert session.output.limiter
    assert session.output.wanted_device is None
    assert settings(tmp_path).geometry is None
    assert settings(tmp_path).layout_state is None
    assert settings(tmp_path).theme == "dark"


@pytest.mark.parametrize("gain", ["loud", "nan", "1e99", "-inf"])
def test_nonsense_in_the_file_does_no_harm(tmp_path: Path, gain: str) -> None:
    (tmp_path / "explorer.ini").write_text(
        f"[sound]\ngain_db={gain}\nloop=perhaps\nlatency_ms=soon\nlimiter=9\n[folders]\nsongs=/no/such/folder\n"
        "[window]\ngeometry=3\n"
    )
    session = Session()
    settings(tmp_path).restore(session)
    assert -60.0 <= session.playback.gain_db <= 12.0
    assert session.places.songs is None
    assert session.output.wanted_latency_ms == USUAL_LATENCY_MS
    assert settings(tmp_path).geometry is None


def test_neither_of_two_windows_takes_back_what_the_other_has_changed(
    tmp_path: Path,
) -> None:
    """Whichever is closed last."""
    first = Session()
    first.names.show_model("abc")
    first.names.rename(0, "Hall")
    first.recents.add_song(Path("/music/a.ogg"))
    settings(tmp_path).keep(first)
    windows = [(settings(tmp_path), Session()) for _ in range(2)]
    for one, session in windows:
        one.restore(session)
        assert one.theme == "dark"
        session.names.show_model("abc")
    (one, here), (other, there) = windows
    here.recents.add_song(Path("/music/b.ogg"))
    here.transport.set_gain_db(-12.0)
    here.names.rename(1, "Church")
    there.recents.add_song(Path("/music/c.ogg"))
    there.view.set_frequency_axis("log")
    there.names.rename(2, "Cave")
    one.keep(here)
    one.keep_theme("light")
    other.keep(there)
    other.keep_theme("dark")
    later = Session()
    settings(tmp_path).restore(later)
    later.names.show_model("abc")
    songs = [path.stem for path in later.recents.songs]
    assert songs == ["c", "b", "a"]
    assert later.playback.gain_db == pytest.approx(-12.0)
    assert later.view.frequency_axis == "log"
    assert [later.names.of(axis) for axis in range(3)] == ["Hall", "Church", "Cave"]
    assert settings(tmp_path).theme == "light"
