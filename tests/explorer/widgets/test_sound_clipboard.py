from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from explorer.session import places
from explorer.session.session import Session
from explorer.widgets.main_window import MainWindow
from tests.explorer.fake_engine import FakeEngine
from tests.explorer.widgets.test_main_window import press


def test_the_song_as_edited_is_copied_as_a_file(
    window: MainWindow,
    session: Session,
    engine: FakeEngine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(places, "user_music_path", lambda: tmp_path)
    engine.writes = True
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    press(window, "Ctrl+Shift+C")
    assert clipboard.text() == "before", "it is not written yet"
    engine.run()
    (url,) = clipboard.mimeData().urls()
    path = Path(url.toLocalFile())
    assert window.message_bar.text == (
        f"Copied walk (edit).wav as a file; it stays in {path.parent}."
    )
    session.exports.handout.close()
    assert path.is_file(), "it can be pasted after the program has ended"
