import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.app import Explorer, Wishes, take_apart
from explorer.services.settings import Settings
from tests.explorer.fake_engine import FakeEngine
from tests.models import tiny_checkpoint
from tests.sounds import write_song

WITHOUT_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
PATIENCE_S = 100

Start = Callable[..., Explorer]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Start]:
    """The program with an engine that lives in the test."""
    programs: list[Explorer] = []

    def started(**wishes: object) -> Explorer:
        store = QSettings(str(tmp_path / "explorer.ini"), QSettings.Format.IniFormat)
        explorer = Explorer(
            qapp,
            Wishes(**wishes),  # type: ignore[arg-type]  # each what it is
            settings=Settings(store),
            make_client=lambda session: FakeEngine(session, kept=64),
            backup_folder=tmp_path / "backups",
        )
        qtbot.addWidget(explorer.window)
        explorer.open()
        programs.append(explorer)
        return explorer

    yield started
    for program in programs:
        program.close()


def run(
    *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "explorer", *map(str, arguments)],
        env={**(os.environ if environment is None else environment)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def without_screen() -> dict[str, str]:
    return {
        name: value for name, value in os.environ.items() if name not in WITHOUT_SCREEN
    }


def test_it_opens_with_the_song_it_was_given(start: Start) -> None:
    explorer = start(songs=(Path("/music/hop.ogg"),))
    assert explorer.window.isVisible()
    assert explorer.window.windowTitle().startswith("hop")
    explorer.window.close()


def test_it_remembers_window_gain_and_folders(start: Start) -> None:
    first = start()
    first.window.resize(900, 640)
    first.session.transport.set_gain_db(-9.0)
    first.window.close()
    second = start()
    assert second.window.size().height() == 640
    assert second.session.playback.gain_db == pytest.approx(-9.0)
    second.window.close()


def test_work_that_nobody_could_be_asked_about_is_offered_the_next_time(
    start: Start,
) -> None:
    first = start()
    first.session.move_axis(0, 2.0)
    first.end()  # the system shuts down
    second = start()
    assert "sudden end" in second.window.recovery_bar.text
    second.window.close()


def test_the_system_ends_it_while_a_person_is_asked_something(
    start: Start, qapp: QApplication, qtbot: QtBot
) -> None:
    explorer = start()
    explorer.session.move_axis(0, 2.0)
    asked: list[str] = []

    def system() -> None:
        question = qapp.activeModalWidget()
        if question is not None and not asked:
            asked.append(question.windowTitle())
            explorer.end()

    looks = QTimer(explorer.window, interval=0)
    looks.timeout.connect(system)
    looks.start()
    assert not explorer.window.close(), "nobody has answered"
    qtbot.waitUntil(lambda: not explorer.window.isVisible())
    assert asked == ["Save first?"]


def test_the_system_ends_it_while_it_exports(start: Start, tmp_path: Path) -> None:
    explorer = start()
    explorer.session.tasks.start("export", tmp_path / "out.wav", "Writing out.wav…")
    explorer.end()
    assert not explorer.window.isVisible()


def test_the_system_ends_it_before_it_is_open() -> None:
    """Asked to end while nothing could be lost yet, it ends at once."""
    code = """
import os, signal
from explorer import app
opened = app.Explorer.open
def asked(explorer):
    os.kill(os.getpid(), signal.SIGTERM)
    opened(explorer)
app.Explorer.open = asked
app.run(app.Wishes())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == -signal.SIGTERM


def test_nothing_of_the_window_is_left_to_the_end_of_the_interpreter(
    qapp: QApplication, tmp_path: Path
) -> None:
    explorer = Explorer(
        qapp,
        Wishes(),
        settings=Settings(QSettings(str(tmp_path / "x"), QSettings.Format.IniFormat)),
        make_client=lambda session: FakeEngine(session, kept=64),
        backup_folder=tmp_path,
    )
    explorer.open()
    explorer.window.close()
    explorer.close()
    take_apart(qapp, explorer.window)
    assert not shiboken6.isValid(explorer.window)


def test_a_screenshot_is_saved_after_the_first_picture(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "new" / "window.png"
    explorer = start(screenshot=path)
    qtbot.waitUntil(lambda: not explorer.window.isVisible())
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert explorer.fault == ""


def test_a_screenshot_of_a_song_that_cannot_be_opened_is_none(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    song = Path("/music/broken.ogg")

    def broken(session: object) -> FakeEngine:
        engine = FakeEngine(session, kept=64)  # type: ignore[arg-type]  # a session
        engine.refused[song] = "broken.ogg has no sound."
        return engine

    explorer = Explorer(
        qapp,
        Wishes(songs=(song,), screenshot=tmp_path / "window.png"),
        settings=Settings(QSettings(str(tmp_path / "x"), QSettings.Format.IniFormat)),
        make_client=broken,
    )
    qtbot.addWidget(explorer.window)
    explorer.open()
    assert explorer.fault == "broken.ogg has no sound."
    explorer.close()
    assert not (tmp_path / "window.png").exists()


def test_what_no_one_caught_is_a_message(start: Start) -> None:
    explorer = start()
    try:
        raise ValueError("seven is not a prime")
    except ValueError as error:
        explorer.mishaps.catch(ValueError, error, error.__traceback__)
    assert "seven is not a prime" in explorer.window.message_bar.text
    explorer.window.close()


def test_without_a_display_it_says_so_in_one_line() -> None:
    done = run(environment=without_screen())
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("dctvae-explorer: there is no display here")


def test_a_file_that_is_not_there_is_one_line() -> None:
    done = run("/no/such/song.mp3")
    assert done.returncode == 1
    assert done.stderr == "dctvae-explorer: there is no file /no/such/song.mp3\n"


def test_help_and_version_need_no_screen() -> None:
    for option, words in (("--help", "SONG"), ("--version", "dctvae-explorer")):
        done = run(option, environment=without_screen())
        assert done.returncode == 0
        assert words in done.stdout


def test_the_whole_program_draws_a_song_without_a_screen(tmp_path: Path) -> None:
    model = tiny_checkpoint(tmp_path)
    song = write_song(tmp_path / "song.wav", seconds=2.0)
    picture = tmp_path / "window.png"
    done = run(
        *(song, "--model", model, "--screenshot", picture),
        environment=without_screen(),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert QImage(str(picture)).width() == 1366


def test_the_window_never_loads_torch() -> None:
    code = "import sys, explorer.app; print([m for m in sys.modules if m == 'torch'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
